/** A draft as a host of the cluster: its role, its routes, and what is taken for granted where nobody said. */
import type { Ipv4 } from '../addr/ipv4';
import { contains, formatPrefix, type Prefix, prefixOf } from '../addr/prefix';
import type { Device, Port } from '../net/device';
import { type Route, route } from '../net/route';
import { connected, inTableOrder, host as plainHost } from '../topology/build';
import type { PodList } from '../topology/listed';
import { hostOnDemand, type RouteSource } from '../topology/on-demand';
import type { Assumption, Host, HostRole, Sysctls } from '../topology/topology';
import { devicesOf, type Peers } from './devices';
import { type HostDraft, knownNeighbours } from './host-draft';
import { type LeasePlan, leaseTable } from './leases';

export interface Context {
  readonly nodeOf: ReadonlyMap<string, Port>; // a pod's node and its veth there
  readonly peers: Peers;
  readonly segmentOf: ReadonlyMap<string, string>;
  readonly drafts: ReadonlyMap<string, HostDraft>;
  readonly defaultHops: ReadonlySet<Ipv4>; // next hops of default routes
  readonly podSubnets: ReadonlySet<string>; // prefixes of bridges that have pods
  readonly leases: LeasePlan;
  readonly network: Prefix | null;
  readonly labelOf: (name: string) => string | null;
  readonly podsOf: ReadonlyMap<string, PodList>; // listed pods, by their node
}

interface MadeHost {
  readonly host: Host;
  readonly assumed: readonly Assumption[];
  readonly assumedForwarding: boolean;
}

export function hostOf(draft: HostDraft, context: Context): MadeHost {
  const { devices, assumed } = devicesOf(draft, context.peers, context.segmentOf);
  const port = context.nodeOf.get(draft.name) ?? null;
  const role = roleOf(draft, devices, port, context);
  const assumedForwarding = (role === 'node' || draft.told.role === 'router') && !draft.saidForwarding;
  const sysctls: Sysctls = assumedForwarding ? { ...draft.sysctls, ipForward: true } : draft.sysctls;
  const { routes: _, ...bare } = plainHost(draft.name, role, {
    label: context.labelOf(draft.name),
    node: port?.host ?? draft.told.node,
    podCidr:
      role === 'node' ? (draft.told.podCidr ?? podCidrOf(devices, context.podsOf.get(draft.name) ?? null)) : null,
    devices,
    neighbours: knownNeighbours(draft),
    tunnelFdb: draft.tunnelFdb,
    sysctls,
    netfilter: draft.netfilter,
  });
  const pods = context.podsOf.get(draft.name) ?? null;
  if (draft.routes !== null) {
    const routes = routesOf(draft.routes, draft.exactRoutes, devices);
    return { host: hostOnDemand(bare, { kind: 'shown', routes }, pods), assumed, assumedForwarding };
  }
  const table = role === 'node' ? leaseTable(context.leases, draft.name, networksOf(devices)) : null;
  const from: RouteSource =
    table === null ? { kind: 'made', make: () => assumedRoutes(devices, port, context) } : { kind: 'leases', table };
  const lacksRoutes: Assumption = { host: draft.name, dev: null, field: 'routes' };
  return { host: hostOnDemand(bare, from, pods), assumed: [...assumed, lacksRoutes], assumedForwarding };
}

/** What a host has tells most; a node without pods has no bridge yet, but routes to the pods of others. */
function roleOf(draft: HostDraft, devices: readonly Device[], port: Port | null, context: Context): HostRole {
  if (port !== null) return 'pod';
  if (draft.told.role !== null) return draft.told.role;
  if (devices.some(({ link }) => link.kind === 'bridge' || link.kind === 'vxlan' || link.kind === 'ipip'))
    return 'node';
  if (devices.some(({ addresses }) => addresses.some(({ ip }) => context.defaultHops.has(ip)))) return 'router';
  if (draft.routes?.some(({ via, dst }) => via !== null && context.podSubnets.has(formatPrefix(dst)))) return 'node';
  return draft.sysctls.ipForward ? 'router' : 'machine';
}

/** The network of the bridge that pods are ports of, or else of cni0. */
function podCidrOf(devices: readonly Device[], pods: PodList | null): Prefix | null {
  const port = devices.find(({ link, master }) => link.kind === 'veth' && master !== null);
  const bridge = devices.find(({ name }) => name === (port?.master ?? pods?.bridge ?? 'cni0'));
  const address = bridge?.addresses[0];
  return address === undefined ? null : prefixOf(address.ip, address.prefixLen);
}

/** `route -n` shows neither who wrote a route nor its source address; both follow for connected networks. */
function routesOf(routes: readonly Route[], exact: boolean, devices: readonly Device[]): readonly Route[] {
  if (exact) return routes;
  return routes.map((one) => {
    if (one.via !== null || one.type !== 'unicast') return one;
    const addresses = devices.find(({ name }) => name === one.dev)?.addresses ?? [];
    const own = addresses.find(({ ip, prefixLen }) => prefixLen === one.dst.len && contains(one.dst, ip));
    return own === undefined ? one : { ...one, protocol: 'kernel', prefSrc: own.ip };
  });
}

/** What the kernel writes for the addresses of devices that are up. */
const networksOf = (devices: readonly Device[]): readonly Route[] =>
  devices.flatMap(({ name, up, addresses, link }) =>
    up && link.kind !== 'loopback'
      ? addresses.filter(({ prefixLen }) => prefixLen < 32).map((address) => connected(name, address))
      : [],
  );

/** Connected networks, and for a pod what flannel's CNI plugin adds: the default and the cluster network by its bridge. */
function assumedRoutes(devices: readonly Device[], port: Port | null, { drafts, network }: Context): readonly Route[] {
  const networks = networksOf(devices);
  const own = networks[0];
  if (port === null || own === undefined) return inTableOrder(networks);
  const node = drafts.get(port.host);
  const master = node?.devices.find(({ dev }) => dev === port.dev)?.master;
  const gateway = node?.devices.find(({ dev }) => dev === master)?.addresses[0];
  if (gateway === undefined) return inTableOrder(networks);
  const by = { via: gateway.ip, dev: own.dev };
  const wide = network === null ? [] : [route(network, by)];
  return inTableOrder([route(prefixOf(gateway.ip, 0), by), ...wide, ...networks]);
}

/** flannel's Network: the prefix that pods route by their gateway although it holds their own subnet. */
export function networkOf(drafts: readonly HostDraft[], peers: Peers): Prefix | null {
  for (const { name, routes, devices } of drafts) {
    if (routes === null) continue;
    const isPodSide = devices.some(({ dev, master }) => (master ?? null) === null && peers.has(`${name} ${dev}`));
    if (!isPodSide) continue;
    const own = devices.flatMap(({ addresses }) => addresses);
    const wider = routes.find(
      ({ dst, via }) =>
        via !== null && dst.len > 0 && own.some(({ ip, prefixLen }) => dst.len < prefixLen && contains(dst, ip)),
    );
    if (wider !== undefined) return wider.dst;
  }
  return networkInRules(drafts);
}

/** Or the one that flannel's masquerade rules name. */
function networkInRules(drafts: readonly HostDraft[]): Prefix | null {
  for (const { netfilter } of drafts) {
    for (const [name, { rules }] of [...netfilter.nat, ...netfilter.filter]) {
      if (!name.startsWith('FLANNEL')) continue;
      const rule = rules.find(
        ({ src, target }) => src !== null && !src.not && (target.kind === 'masquerade' || target.kind === 'accept'),
      );
      if (rule?.src !== undefined && rule.src !== null) return rule.src.prefix;
    }
  }
  return null;
}
