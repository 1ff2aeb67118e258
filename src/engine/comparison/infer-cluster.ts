/**
 * A cluster from captures alone, for files that do not belong to the given one: two pods (or a pod and a node's address)
 * and the nodes between them, as a host-gw cluster would have them. MACs come from the frames, in the order in which the
 * TTL falls; addresses from ARP; names, /24 prefixes and what no file shows are assumed and listed.
 */
import { formatIpv4, type Ipv4, ipv4, ipv4FromNumber } from '../addr/ipv4';
import { type Mac, mac } from '../addr/mac';
import { contains, formatPrefix, type Prefix, prefixOf } from '../addr/prefix';
import type { Lease } from '../flannel/lease';
import { connected, device, host, loopback, nodeRoutes, podRoutes } from '../topology/build';
import { type Assumption, type CapturePoint, type Host, PLAIN_SYSCTLS, type Topology } from '../topology/topology';
import { type Cast, castOf, type End, POD_PREFIX_LEN } from './cast';
import type { Chain } from './chain';
import type { Inference } from './session';

const NETWORK_PREFIX_LEN = 16; // flannel's usual Network
const LAN = 'lan';
/** TEST-NET-1, RFC 5737: nobody takes such an address for a real node's. */
const UNKNOWN_NODE_IPS = [ipv4('192.0.2.1'), ipv4('192.0.2.2')] as const;

export interface InferredCluster {
  readonly topology: Topology;
  readonly inferred: readonly Inference[];
}

export function inferCluster(chain: Chain, echoes: 'seen' | 'absent' | 'unknown'): InferredCluster {
  const cast = castOf(chain);
  const assumed: Assumption[] = [];
  const inferred: Inference[] = [];
  const known = knownEnds(cast, assumed, inferred);
  const nics = known.nodes.flatMap(({ nic }) => (nic === null ? [] : [nic]));
  const lanLen = commonLen(nics.map(({ ip }) => ip));
  const leases = known.nodes.flatMap(({ nic, bridge }, i): Lease[] => {
    if (nic === null || bridge === null) return [];
    const subnet = prefixOf(bridge.ip, POD_PREFIX_LEN);
    return [{ node: `node${i + 1}`, subnet, publicIp: nic.ip, backend: 'host-gw' }];
  });
  const network = networkOf(known.pods.map(({ ip }) => ip));
  const pods = known.pods.map((pod) => podHost(pod, known.nodes[pod.node]?.bridge?.ip ?? null, network));
  const nodes = known.nodes.map((node, i) => nodeHost(i, node, known, leases, lanLen, echoes !== 'absent'));
  const [first, ...rest] = pods;
  const isFirstPod = first?.name === 'pod1';
  const hosts = isFirstPod && first !== undefined ? [first, ...nodes, ...rest] : [...nodes, ...pods];
  const ports = nics.map(({ name, dev }) => ({ host: name, dev }));
  for (const pod of known.pods)
    inferred.push({ kind: 'prefix', host: pod.name, prefix: formatPrefix(prefixOf(pod.ip, POD_PREFIX_LEN)) });
  for (const { name } of hosts)
    assumed.push({ host: name, dev: null, field: 'name' }, { host: name, dev: null, field: 'routes' });
  const topology: Topology = {
    name: 'inferred',
    network,
    hosts,
    segments: ports.length === 0 ? [] : [{ name: LAN, ports, sourceGuard: false }],
    capturePoints: pointsOf(hosts),
    assumed,
  };
  return { topology, inferred };
}

const pointsOf = (hosts: readonly Host[]): readonly CapturePoint[] =>
  hosts.flatMap(({ name, role, devices }) => {
    const dev = role === 'pod' ? 'eth0' : 'ens33';
    return devices.some((one) => one.name === dev) ? [{ id: name, host: name, dev }] : [];
  });

// ---- what nobody saw

interface Known extends End {
  readonly ip: Ipv4;
  readonly mac: Mac;
}

/** Every value filled in; what was seen is noted as inferred, what was not as assumed. */
function knownEnds(cast: Cast, assumed: Assumption[], inferred: Inference[]) {
  let invented = 0;
  const nicIps = cast.nodes.map(({ nic }) => nic?.ip ?? null);
  const fill = (end: End, inventIp: () => Ipv4): Known => {
    const { name, dev } = end;
    if (end.mac === null) {
      assumed.push({ host: name, dev, field: 'mac' });
      inferred.push({ kind: 'unknown', host: name, field: 'mac' });
    }
    if (end.ip === null) {
      assumed.push({ host: name, dev, field: 'address' });
      inferred.push({ kind: 'unknown', host: name, field: 'ip' });
    }
    const ip = end.ip ?? inventIp();
    if (end.ip !== null)
      inferred.push({
        kind: 'host',
        host: name,
        ip: formatIpv4(ip),
        mac: end.mac,
        from: end.mac === null ? 'arp' : 'mac',
      });
    invented += 1;
    return { ...end, ip, mac: end.mac ?? inventedMac(invented) };
  };
  const inventNicIp = (i: number) => (): Ipv4 => {
    const other = nicIps[1 - i];
    return other == null ? (UNKNOWN_NODE_IPS[i] ?? UNKNOWN_NODE_IPS[0]) : beside(other);
  };
  const pods = cast.pods.map((pod) => ({ ...fill(pod, () => UNKNOWN_NODE_IPS[0]), node: pod.node }));
  const nodes = cast.nodes.map(({ nic, bridge }, i) => ({
    nic: nic === null ? null : fill(nic, inventNicIp(i)),
    bridge: bridge === null ? null : fill(bridge, () => UNKNOWN_NODE_IPS[0]),
  }));
  const [one, other] = nodes;
  if (one?.nic != null && other?.nic != null && cast.nodes[1]?.nic?.ip != null) {
    inferred.push({ kind: 'next-hop', host: 'node1', via: formatIpv4(other.nic.ip), from: 'arp' });
  }
  return { pods, nodes };
}

/** Locally administered (IEEE 802, bit 0x02), and plainly counted rather than drawn. */
const inventedMac = (n: number): Mac => mac(`02:00:00:00:00:${n.toString(16).padStart(2, '0')}`);

/** Another address of the same /24. */
const beside = (ip: Ipv4): Ipv4 => ipv4FromNumber((ip & 0xff) < 254 ? ip + 1 : ip - 1);

/** The longest prefix up to /24 in which all lie: host-gw needs the nodes on one link. */
function commonLen(ips: readonly Ipv4[]): number {
  const [first] = ips;
  let len = 24;
  while (first !== undefined && len > 0 && !ips.every((ip) => contains(prefixOf(first, len), ip))) len -= 1;
  return len;
}

/** flannel's Network: a /16 as a rule, shorter where the pods lie further apart. */
function networkOf(pods: readonly Ipv4[]): Prefix {
  const len = Math.min(NETWORK_PREFIX_LEN, commonLen(pods));
  return prefixOf(pods[0] ?? ipv4('10.244.0.0'), len);
}

// ---- hosts

const vethOf = (pod: string): string => `veth-${pod}`;

function podHost(pod: Known & { readonly node: number }, gateway: Ipv4 | null, network: Prefix): Host {
  const address = { ip: pod.ip, prefixLen: POD_PREFIX_LEN };
  const node = `node${pod.node + 1}`;
  const link = { kind: 'veth', peer: { host: node, dev: vethOf(pod.name) } } as const;
  return host(pod.name, 'pod', {
    node,
    devices: [loopback, device('eth0', 3, pod.mac, link, { addresses: [address] })],
    routes: podRoutes(address, network).map((route) => (route.via === null ? route : { ...route, via: gateway })),
  });
}

function nodeHost(
  index: number,
  { nic, bridge }: { readonly nic: Known | null; readonly bridge: Known | null },
  { pods }: { readonly pods: readonly (Known & { readonly node: number })[] },
  leases: readonly Lease[],
  lanLen: number,
  hairpin: boolean,
): Host {
  const name = `node${index + 1}`;
  const inside = bridge === null ? null : { ip: bridge.ip, prefixLen: POD_PREFIX_LEN };
  const bridges = inside === null ? [] : [{ dev: 'cni0', address: inside }];
  const own = leases.find((lease) => lease.node === name);
  const ext = nic === null ? null : { dev: 'ens33', address: { ip: nic.ip, prefixLen: lanLen }, metric: 0 };
  const devices = [
    loopback,
    ...(nic === null || ext === null
      ? []
      : [device('ens33', 2, nic.mac, { kind: 'nic', segment: LAN }, { addresses: [ext.address] })]),
    ...(bridge === null || inside === null
      ? []
      : [device('cni0', 4, bridge.mac, { kind: 'bridge' }, { addresses: [inside] })]),
    ...pods.flatMap((pod, i) => {
      if (pod.node !== index) return [];
      const link = { kind: 'veth', peer: { host: pod.name, dev: 'eth0' } } as const;
      return [device(vethOf(pod.name), 5 + i, inventedMac(0x10 + i), link, { master: 'cni0', hairpin })];
    }),
  ];
  // A node without pods still gets the routes to the others' subnets: its own lease then matches none of them.
  const nowhere = prefixOf(ipv4('0.0.0.0'), 32);
  const lease: Lease = own ?? { node: name, subnet: nowhere, publicIp: nic?.ip ?? nowhere.base, backend: 'host-gw' };
  const routes =
    ext === null
      ? bridges.map(({ dev, address }) => connected(dev, address))
      : nodeRoutes({ own: lease, leases, ext, gateway: null, bridges });
  return host(name, 'node', {
    podCidr: inside === null ? null : prefixOf(inside.ip, inside.prefixLen),
    devices,
    routes,
    sysctls: { ...PLAIN_SYSCTLS, ipForward: true },
  });
}
