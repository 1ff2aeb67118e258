/** The route that is missing or wrong on a packet's way, and the lines that mend it. */
import { formatIpv4, type Ipv4 } from '../addr/ipv4';
import { formatPrefix, samePrefix } from '../addr/prefix';
import { lookup } from '../net/fib';
import { type Route, route } from '../net/route';
import type { Edit } from '../topology/edits';
import { bridgeFor, cardOf, defaultRoute, nodeOf, routerOf } from '../topology/places';
import { deviceNamed, type Host, hostNamed, type Topology } from '../topology/topology';
import { isUp, leadsAlike, leaseFor, wantedRoute } from '../topology/wanted-route';
import { lineAt, type Repair, repair } from './repair';

export interface Journeying {
  readonly hops: readonly { readonly host: string }[];
  readonly src: Ipv4 | null;
  readonly dst: Ipv4;
}

/** Walks the hosts a packet was on and mends the first one that does not send it where it should. */
export function routeRepair(topology: Topology, { hops, src, dst }: Journeying): Repair | null {
  const edits: Edit[] = [];
  for (const { host: name } of hops) {
    const host = hostNamed(topology, name);
    if (host === null) continue;
    const found = mend(topology, host, src, dst);
    if (found === null) continue;
    edits.push(...found.edits);
    if (found.kind !== 'routes-on-router') return { ...found, edits };
    const router = routerOf(topology, host);
    const taught = router === null ? [] : teach(topology, router.host, [dst, src]);
    if (taught.length > 0) return repair('routes-on-router', ...edits, ...taught);
  }
  return edits.length === 0 ? null : repair('add-route', ...edits);
}

function mend(topology: Topology, host: Host, src: Ipv4 | null, dst: Ipv4): Repair | null {
  const actual = lookup(host.routes, dst);
  if (host.role === 'pod')
    return actual === null ? podDefault(topology, host) : throughNode(topology, host, actual, dst);
  const lease = leaseFor(topology, dst);
  if (lease === null) return actual === null ? byDefault(topology, host) : null;
  if (lease.node === host.name) return bridgeUp(host, dst);
  const wanted = wantedRoute(topology, host, dst);
  if (wanted !== null && leadsAlike(actual, wanted)) return null;
  if (wanted !== null) {
    const back = host.role === 'node' || src === null ? [] : teach(topology, host, [src]);
    const up = cardUp(topology, host, wanted.dev);
    return repair(up.length === 0 ? 'add-route' : 'link-up', ...up, setRoute(host, wanted), ...back);
  }
  // Its next hop is on no link of this host: the router has to do it.
  const usable = actual !== null && actual.type === 'unicast' && (actual.dst.len === 0 || actual.via === null);
  if (usable) return repair('routes-on-router');
  const gone = actual === null || actual.dst.len === 0 ? [] : [lineAt(host, `ip route del ${typed(actual)}`)];
  const needed = host.routes.some((one) => one.dst.len === 0 && one.type === 'unicast');
  return repair('routes-on-router', ...gone, ...(needed ? [] : (byDefault(topology, host)?.edits ?? [])));
}

/** A pod that takes another node's pods for neighbours, since its address has too wide a mask: its own node has to carry it. */
function throughNode(topology: Topology, pod: Host, actual: Route, dst: Ipv4): Repair | null {
  const lease = leaseFor(topology, dst);
  const own = deviceNamed(pod, actual.dev ?? '')?.addresses[0];
  const gateway = own === undefined ? undefined : bridgeFor(nodeOf(topology, pod), own.ip)?.addresses[0];
  if (actual.via !== null || lease === null || gateway === undefined || lease.node === pod.node) return null;
  return repair('add-route', setRoute(pod, route(lease.subnet, { via: gateway.ip, dev: actual.dev })));
}

/** A card that is down took its routes with it: up again, and the default route again. */
export function cardUp(topology: Topology, host: Host, dev: string | null): readonly Edit[] {
  if (dev === null || isUp(host, dev)) return [];
  const router = cardOf(host)?.name === dev ? routerOf(topology, host) : null;
  const byDefault = router === null || defaultRoute(host) !== null ? [] : [setRoute(host, towards(router.ip, dev))];
  return [lineAt(host, `ip link set ${dev} up`), ...byDefault];
}

const towards = (via: Ipv4, dev: string): Route => route({ base: 0 as Ipv4, len: 0 }, { via, dev });

const typed = ({ type, dst }: Route): string => `${type === 'unicast' ? '' : `${type} `}${formatPrefix(dst)}`;

/** `replace` where a route of the same prefix and metric is in the way; flannel's metric 0 beats every other. */
export function setRoute(host: Host, wanted: Route): Edit {
  const words = [
    wanted.dst.len === 0 ? 'default' : formatPrefix(wanted.dst),
    ...(wanted.via === null ? [] : ['via', formatIpv4(wanted.via)]),
    ...(wanted.dev === null ? [] : ['dev', wanted.dev]),
    ...(wanted.onlink ? ['onlink'] : []),
  ].join(' ');
  const inTheWay = host.routes.filter((one) => samePrefix(one.dst, wanted.dst));
  const verb = inTheWay.some(({ metric }) => metric === wanted.metric) ? 'replace' : 'add';
  return lineAt(host, `ip route ${verb} ${words}`);
}

/** Routes to the pod networks of these addresses, as far as the router has them on a link and lacks them. */
function teach(topology: Topology, router: Host, ips: readonly (Ipv4 | null)[]): readonly Edit[] {
  return ips.flatMap((ip) => {
    const wanted = ip === null ? null : wantedRoute(topology, router, ip);
    return ip === null || wanted === null || leadsAlike(lookup(router.routes, ip), wanted)
      ? []
      : [setRoute(router, wanted)];
  });
}

function podDefault(topology: Topology, pod: Host): Repair | null {
  const node = nodeOf(topology, pod);
  const device = pod.devices.find(({ link, addresses }) => link.kind === 'veth' && addresses.length > 0);
  const [own] = device?.addresses ?? [];
  const bridge = own === undefined ? null : bridgeFor(node, own.ip);
  const [gateway] = bridge?.addresses ?? [];
  if (device === undefined || gateway === undefined) return null;
  return repair('add-route', lineAt(pod, `ip route add default via ${formatIpv4(gateway.ip)} dev ${device.name}`));
}

function byDefault(topology: Topology, host: Host): Repair | null {
  const router = routerOf(topology, host);
  const card = cardOf(host);
  if (router === null || card === null) return null;
  if (!card.up) return repair('link-up', ...cardUp(topology, host, card.name));
  return repair('add-route', setRoute(host, towards(router.ip, card.name)));
}

/** A bridge that is down took the route to its own pods with it. */
function bridgeUp(host: Host, dst: Ipv4): Repair | null {
  const bridge = bridgeFor(host, dst);
  return bridge === null || bridge.up ? null : repair('link-up', lineAt(host, `ip link set ${bridge.name} up`));
}
