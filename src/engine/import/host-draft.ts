/**
 * All that is known of one host, put together from its facts. Where two listings speak of the same thing, the later one
 * is taken, except that a listing which shows more is not overruled by one that shows less.
 */
import type { Ipv4 } from '../addr/ipv4';
import type { Mac } from '../addr/mac';
import type { Prefix } from '../addr/prefix';
import type { InterfaceAddress } from '../net/device';
import type { Chain, Ruleset, TableName } from '../net/netfilter';
import { EMPTY_RULESET } from '../net/netfilter';
import type { Route } from '../net/route';
import {
  type HostRole,
  type KnownNeighbour,
  PLAIN_SYSCTLS,
  type Sysctls,
  type TunnelFdbEntry,
} from '../topology/topology';
import { type DeviceFact, describesHost, type Fact, type FactOf, type Statement } from './facts';
import { sysctlsOf } from './sysctls';

export interface DeviceDraft extends Omit<DeviceFact, 'kind'> {
  readonly addresses: readonly InterfaceAddress[];
  readonly txChecksumOffload: boolean;
}

/** What others say of a host: lists of nodes and pods, and the routes of other hosts. */
export interface Told {
  readonly role: HostRole | null;
  readonly node: string | null; // a pod's node
  readonly podCidr: Prefix | null;
  readonly gateways: readonly Ipv4[]; // a node's default next hop, as its neighbours have it: none or one
}

const NOTHING_TOLD: Told = { role: null, node: null, podCidr: null, gateways: [] };

export interface HostDraft {
  readonly name: string;
  readonly told: Told;
  readonly devices: readonly DeviceDraft[]; // in the order of ifindex, those without one last
  readonly routes: readonly Route[] | null; // null: nobody showed them
  readonly exactRoutes: boolean;
  readonly neighbours: readonly FactOf<'neighbour'>[];
  readonly learned: readonly FactOf<'fdb'>[]; // bridge FDB
  readonly tunnelFdb: readonly TunnelFdbEntry[];
  readonly sysctls: Sysctls;
  readonly saidForwarding: boolean; // ip_forward was printed
  readonly netfilter: Ruleset;
}

/** A host of which nothing is known but that it exists. */
export const blankDraft = (name: string, told: Partial<Told> = {}): HostDraft => ({
  name,
  told: { ...NOTHING_TOLD, ...told },
  devices: [],
  routes: null,
  exactRoutes: true,
  neighbours: [],
  learned: [],
  tunnelFdb: [],
  sysctls: PLAIN_SYSCTLS,
  saidForwarding: false,
  netfilter: EMPTY_RULESET,
});

/** A device of which nothing is known but its name. */
export const blankDevice = (dev: string, rest: Partial<DeviceDraft> = {}): DeviceDraft => ({
  dev,
  addresses: [],
  txChecksumOffload: false,
  ...rest,
});

/** Hosts in the order in which the texts first name them. */
export function draftsOf(statements: readonly Statement[]): readonly HostDraft[] {
  const byHost = new Map<string, Fact[]>();
  for (const { host, fact } of statements) {
    if (host === null || !describesHost(fact)) continue;
    const facts = byHost.get(host);
    if (facts === undefined) byHost.set(host, [fact]);
    else facts.push(fact);
  }
  return [...byHost].map(([name, facts]) => draftOf(name, facts));
}

const ofKind = <K extends Fact['kind']>(facts: readonly Fact[], kind: K): readonly FactOf<K>[] =>
  facts.filter((fact): fact is FactOf<K> => fact.kind === kind);

function draftOf(name: string, facts: readonly Fact[]): HostDraft {
  const tables = ofKind(facts, 'routes');
  const best = tables.findLast((table) => table.complete && table.exact) ?? tables.findLast((table) => table.complete);
  const devices = devicesOf(facts);
  const fdb = [...ofKind(facts, 'fdb'), ...fdbOfPorts(ofKind(facts, 'port-mac'), devices)];
  const sysctls = ofKind(facts, 'sysctl');
  const rules = ofKind(facts, 'netfilter');
  // `iptables -S FORWARD` shows one chain: chains that it does not show stay as they were.
  const chains = (table: TableName): ReadonlyMap<string, Chain> =>
    new Map(rules.flatMap((one) => (one.table === table ? [...one.chains] : [])));
  return {
    name,
    told: NOTHING_TOLD,
    devices,
    routes: best?.routes ?? (tables.length === 0 ? null : distinct(tables.flatMap((table) => table.routes))),
    exactRoutes: best?.exact ?? tables.every((table) => table.exact),
    neighbours: ofKind(facts, 'neighbour'),
    learned: fdb.filter(({ remote, permanent }) => remote === null && !permanent),
    tunnelFdb: tunnelEntries(fdb),
    sysctls: sysctlsOf(sysctls),
    saidForwarding: sysctls.some(({ key }) => key === 'net.ipv4.ip_forward'),
    netfilter: { raw: chains('raw'), mangle: chains('mangle'), nat: chains('nat'), filter: chains('filter') },
  };
}

/** `ip neigh` states of entries that are still used; a PROBE is as good as a DELAY that is about to end. */
const STATES: Readonly<Record<string, KnownNeighbour['state'] | undefined>> = {
  PERMANENT: 'permanent',
  REACHABLE: 'reachable',
  STALE: 'stale',
  DELAY: 'delay',
  PROBE: 'delay',
  COMPLETE: 'stale', // of arp(8), which does not tell
};

/** Neighbours the host knows: what an administrator or flannel wrote, and what it still remembers. */
export const knownNeighbours = (draft: HostDraft): readonly KnownNeighbour[] =>
  lastBy(
    [...draft.neighbours.filter(isVague), ...draft.neighbours.filter((one) => !isVague(one))].flatMap(
      ({ dev, ip, mac, state }) => {
        const known = STATES[state];
        return known === undefined || mac === null ? [] : [{ dev, ip, mac, state: known }];
      },
    ),
    ({ dev, ip }) => `${dev} ${ip}`,
  );

const isVague = ({ state }: FactOf<'neighbour'>): boolean => state === 'COMPLETE';

/** A port's number means the device whose own MAC stands under it. */
function fdbOfPorts(macs: readonly FactOf<'port-mac'>[], devices: readonly DeviceDraft[]): readonly FactOf<'fdb'>[] {
  if (macs.length === 0) return [];
  const byMac = new Map(devices.map(({ mac, dev }) => [mac, dev]));
  const byPort = new Map(
    macs.flatMap(({ bridge, port, mac, local }) => {
      const dev = local ? byMac.get(mac) : undefined;
      return dev === undefined || dev === bridge ? [] : [[`${bridge} ${port}`, dev] as const];
    }),
  );
  return macs.flatMap(({ bridge, port, mac, local }) => {
    const dev = byPort.get(`${bridge} ${port}`);
    return dev === undefined ? [] : [{ kind: 'fdb', dev, mac, remote: null, permanent: local }];
  });
}

const tunnelEntries = (fdb: readonly FactOf<'fdb'>[]): readonly TunnelFdbEntry[] =>
  lastBy(
    fdb.flatMap(({ dev, mac, remote }) => (remote === null ? [] : [{ dev, mac, remote }])),
    ({ dev, mac }) => `${dev} ${mac}`,
  );

const lastBy = <T>(items: readonly T[], key: (item: T) => string): readonly T[] => [
  ...new Map(items.map((item) => [key(item), item])).values(),
];

const distinct = (routes: readonly Route[]): readonly Route[] =>
  lastBy(routes, ({ type, dst, via, dev, metric }) => [type, dst.base, dst.len, via, dev, metric].join(' '));

function devicesOf(facts: readonly Fact[]): readonly DeviceDraft[] {
  const merged = new Map<string, Omit<DeviceFact, 'kind'>>();
  const learn = ({ kind: _, ...fact }: DeviceFact) => merged.set(fact.dev, { ...merged.get(fact.dev), ...fact });
  for (const fact of ofKind(facts, 'device')) learn(fact);
  for (const name of mentioned(facts)) if (!merged.has(name)) learn({ kind: 'device', dev: name });
  for (const { dev, ifindex } of ofKind(facts, 'peer-ifindex')) {
    const only = [...merged.values()].filter(({ type }) => type !== 'loopback').map((one) => one.dev);
    const name = dev ?? (only.length === 1 ? only[0] : undefined) ?? 'eth0';
    learn({ kind: 'device', dev: name, peerIndex: ifindex, type: 'veth' });
  }
  const offload = new Map(ofKind(facts, 'tx-checksum').map(({ dev, on }) => [dev, on]));
  const addresses = addressesOf(facts);
  return [...merged.values()]
    .map((one) => ({
      ...one,
      addresses: addresses.get(one.dev) ?? [],
      txChecksumOffload: offload.get(one.dev) ?? false,
    }))
    .sort((a, b) => (a.ifindex ?? Number.MAX_SAFE_INTEGER) - (b.ifindex ?? Number.MAX_SAFE_INTEGER));
}

/** Devices that are named by others, whether or not a listing shows them. */
function mentioned(facts: readonly Fact[]): readonly string[] {
  return facts.flatMap((fact) => {
    switch (fact.kind) {
      case 'device':
        return fact.master ?? [];
      case 'routes':
        return fact.routes.flatMap(({ dev }) => dev ?? []);
      case 'addresses':
      case 'neighbour':
        return fact.dev;
      default:
        return [];
    }
  });
}

function addressesOf(facts: readonly Fact[]): ReadonlyMap<string, readonly InterfaceAddress[]> {
  const out = new Map<string, readonly InterfaceAddress[]>();
  const whole = new Set<string>();
  for (const { dev, addresses, complete } of ofKind(facts, 'addresses')) {
    if (complete) {
      out.set(dev, addresses);
      whole.add(dev);
    } else if (!whole.has(dev)) {
      const known = out.get(dev) ?? [];
      out.set(dev, [...known, ...addresses.filter((one) => known.every(({ ip }) => ip !== one.ip))]);
    }
  }
  return out;
}

/** The neighbours that answered, as address and MAC. */
export const answeredNeighbours = (draft: HostDraft): readonly { dev: string; ip: Ipv4; mac: Mac }[] =>
  draft.neighbours.flatMap(({ dev, ip, mac, state }) => (mac === null || state === 'FAILED' ? [] : [{ dev, ip, mac }]));
