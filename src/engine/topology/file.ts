/**
 * Cluster files: a `Topology` as JSON that people can read and change by hand. The version rises with every change that
 * an older program would misread; a file of another version is refused, never half understood.
 */
import * as v from 'valibot';
import { err, ok, type Result } from '../base/result';
import type { Lease } from '../flannel/lease';
import type { DeviceKind } from '../net/device';
import type { Chain, Ruleset, TableName } from '../net/netfilter';
import { allAssumed } from './assumed';
import { type ClusterInFile, type ClusterRead, clusterSchema, written } from './file-schema';
import { leaseTableOf, withLeaseRoutes } from './on-demand';
import type { Host, Topology } from './topology';

export const FORMAT = 'hopscope-cluster';
export const VERSION = 1;

export type ClusterFileError =
  | { readonly kind: 'not-json' }
  | { readonly kind: 'not-a-cluster' } // JSON, but without this format's mark
  | { readonly kind: 'other-version'; readonly version: string; readonly supported: number }
  | { readonly kind: 'invalid'; readonly path: string; readonly expected: string; readonly received: string }
  /** The file names a host or device that it does not describe, or describes twice. */
  | { readonly kind: 'missing-device'; readonly path: string; readonly host: string; readonly dev: string }
  | { readonly kind: 'twice'; readonly path: string; readonly name: string };

/** Up to this many leases every node's table is written out, for people to read. */
const WRITTEN_OUT_MAX = 64;

export function toFile(topology: Topology): string {
  const { name, network, hosts, segments, capturePoints, layout = [] } = topology;
  const leases = sharedLeases(hosts);
  const cluster: ClusterInFile = {
    name,
    network: network === null ? null : written.network(network),
    hosts: hosts.map((host) => hostInFile(host, leases)),
    segments: segments.map((segment) => ({
      name: segment.name,
      ports: segment.ports.map(({ host, dev }) => ({ host, dev })),
      sourceGuard: segment.sourceGuard,
    })),
    capturePoints: capturePoints.map(({ id, host, dev }) => ({ id, host, dev })),
    assumed: Array.from(allAssumed(topology), ({ host, dev, field }) => ({ host, dev, field })),
    ...(leases === null ? {} : { leases: leases.map(leaseInFile) }),
    ...(layout.length === 0 ? {} : { layout: layout.map(({ host, dx, dy }) => ({ host, dx, dy })) }),
  };
  return `${JSON.stringify({ format: FORMAT, version: VERSION, ...cluster }, null, 2)}\n`;
}

export function fromFile(text: string): Result<Topology, ClusterFileError> {
  let data: unknown;
  try {
    data = JSON.parse(text);
  } catch {
    return err({ kind: 'not-json' });
  }
  const head = v.safeParse(v.object({ format: v.literal(FORMAT), version: v.unknown() }), data);
  if (!head.success) return err({ kind: 'not-a-cluster' });
  const { version } = head.output;
  if (version !== VERSION)
    return err({ kind: 'other-version', version: String(JSON.stringify(version)), supported: VERSION });
  const read = v.safeParse(clusterSchema, data, { abortEarly: true });
  if (!read.success) {
    const [issue] = read.issues;
    const path = v.getDotPath(issue) ?? '';
    return err({ kind: 'invalid', path, expected: issue.expected ?? issue.message, received: issue.received });
  }
  const { leases, ...cluster } = read.output;
  const byNode = new Map(leases.map((one) => [one.node, one]));
  const unleased = cluster.hosts.findIndex((host) => host.fromLeases !== undefined && !byNode.has(host.name));
  if (unleased !== -1) {
    const expected = `a lease of ${cluster.hosts[unleased]?.name ?? ''}`;
    return err({ kind: 'invalid', path: `hosts.${unleased}.fromLeases`, expected, received: 'none' });
  }
  const topology: Topology = {
    ...cluster,
    hosts: cluster.hosts.map((host) => hostFromFile(host, byNode.get(host.name) ?? null, leases)),
  };
  const problem = danglingIn(topology);
  return problem === null ? ok(topology) : err(problem);
}

type HostInFile = ClusterInFile['hosts'][number];

/** The one list from which the nodes' tables follow, where it is long. */
function sharedLeases(hosts: readonly Host[]): readonly Lease[] | null {
  for (const host of hosts) {
    const table = leaseTableOf(host);
    if (table !== null) return table.leases.length > WRITTEN_OUT_MAX ? table.leases : null;
  }
  return null;
}

const leaseInFile = ({ node, subnet, publicIp, backend }: Lease): NonNullable<ClusterInFile['leases']>[number] => ({
  node,
  subnet: written.network(subnet),
  publicIp: written.address(publicIp),
  backend,
});

function hostInFile(host: Host, leases: readonly Lease[] | null): HostInFile {
  const table = leaseTableOf(host);
  const follows = table !== null && table.leases === leases && leases.includes(table.own) ? table : null;
  return {
    name: host.name,
    role: host.role,
    label: host.label,
    node: host.node,
    podCidr: host.podCidr === null ? null : written.network(host.podCidr),
    devices: host.devices.map((device) => ({
      ...device,
      addresses: device.addresses.map(written.interfaceAddress),
      link: linkInFile(device.link),
    })),
    routes: (follows?.others ?? host.routes).map(written.route),
    ...(follows === null
      ? {}
      : { fromLeases: { dev: follows.ext.dev, address: written.interfaceAddress(follows.ext.address) } }),
    neighbours: host.neighbours.map((one) => ({ ...one, ip: written.address(one.ip) })),
    tunnelFdb: host.tunnelFdb.map((one) => ({ ...one, remote: written.address(one.remote) })),
    sysctls: { ...host.sysctls, perDevice: Object.fromEntries(host.sysctls.perDevice) },
    netfilter: netfilterInFile(host.netfilter),
    listeners: [...host.listeners],
  };
}

function linkInFile(link: DeviceKind): HostInFile['devices'][number]['link'] {
  if (link.kind === 'vxlan') return { ...link, local: written.address(link.local) };
  if (link.kind === 'ipip')
    return { ...link, local: written.address(link.local), remote: written.address(link.remote) };
  return link;
}

const chainsInFile = (chains: ReadonlyMap<string, Chain>): HostInFile['netfilter']['filter'] =>
  Object.fromEntries(
    [...chains].map(([name, { policy, rules }]) => [name, { policy, rules: rules.map(({ text }) => text) }]),
  );

/** Tables that hold nothing are left out, but for those that every file has. */
function netfilterInFile({ raw, mangle, nat, filter }: Ruleset): HostInFile['netfilter'] {
  return {
    filter: chainsInFile(filter),
    nat: chainsInFile(nat),
    ...(mangle.size > 0 ? { mangle: chainsInFile(mangle) } : {}),
    ...(raw.size > 0 ? { raw: chainsInFile(raw) } : {}),
  };
}

function netfilterFromFile(tables: ClusterRead['hosts'][number]['netfilter']): Ruleset {
  const chains = (table: TableName) => new Map(Object.entries(tables[table] ?? {}));
  return { raw: chains('raw'), mangle: chains('mangle'), nat: chains('nat'), filter: chains('filter') };
}

function hostFromFile(
  { fromLeases: ext, ...host }: ClusterRead['hosts'][number],
  own: Lease | null,
  leases: readonly Lease[],
): Host {
  const { sysctls, netfilter } = host;
  const whole = {
    ...host,
    sysctls: { ...sysctls, perDevice: new Map(Object.entries(sysctls.perDevice)) },
    netfilter: netfilterFromFile(netfilter),
  };
  return ext === undefined || own === null ? whole : withLeaseRoutes(whole, { own, leases, ext, others: host.routes });
}

/** The first reference that leads nowhere, or name that stands twice. */
function danglingIn({ hosts, segments, capturePoints, layout = [] }: Topology): ClusterFileError | null {
  const devices = new Set<string>();
  const names = new Set<string>();
  for (const [at, { name, devices: own }] of hosts.entries()) {
    if (names.has(name)) return { kind: 'twice', path: `hosts.${at}.name`, name };
    names.add(name);
    for (const device of own) devices.add(`${name} ${device.name}`);
  }
  const missing = (
    path: string,
    { host, dev }: { readonly host: string; readonly dev: string },
  ): ClusterFileError | null => (devices.has(`${host} ${dev}`) ? null : { kind: 'missing-device', path, host, dev });
  for (const [at, host] of hosts.entries()) {
    for (const [n, { link }] of host.devices.entries()) {
      const problem = link.kind === 'veth' ? missing(`hosts.${at}.devices.${n}.link.peer`, link.peer) : null;
      if (problem !== null) return problem;
    }
  }
  for (const [at, segment] of segments.entries()) {
    for (const [n, port] of segment.ports.entries()) {
      const problem = missing(`segments.${at}.ports.${n}`, port);
      if (problem !== null) return problem;
    }
  }
  for (const [at, point] of capturePoints.entries()) {
    const problem = missing(`capturePoints.${at}`, point);
    if (problem !== null) return problem;
  }
  for (const [at, { host }] of layout.entries()) {
    if (!names.has(host))
      return { kind: 'invalid', path: `layout.${at}.host`, expected: 'a host of this file', received: host };
  }
  return null;
}
