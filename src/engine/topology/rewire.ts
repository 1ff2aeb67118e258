/**
 * Changes of cables and addresses that no command of one host can make: a node moved behind the router, a second link
 * between two machines. Names, networks and MACs are made up from those already there, so that equal input gives equal output.
 */
import { type Ipv4, ipv4FromNumber } from '../addr/ipv4';
import { contains, type Prefix, prefixOf, samePrefix } from '../addr/prefix';
import { err, ok, type Result } from '../base/result';
import type { Device, InterfaceAddress } from '../net/device';
import type { Route } from '../net/route';
import { connected, device, inTableOrder } from './build';
import { freeNetwork, freeSegment, nextMac, nextName } from './fresh';
import { replaced } from './host-index';
import { cardOf, routerOf, segmentOf } from './places';
import { deviceNamed, type Host, hostNamed, type Topology } from './topology';

export type RewireError =
  | { readonly kind: 'unknown-host'; readonly host: string }
  | { readonly kind: 'no-card'; readonly host: string } // no network card with an address and a cable
  | { readonly kind: 'no-router'; readonly host: string }; // nothing on its segment that routes

/** Card, address and segment of a host, all needed to move a cable. */
interface Plugged {
  readonly host: Host;
  readonly card: Device;
  readonly address: InterfaceAddress;
  readonly segment: string;
}

function plugged(topology: Topology, name: string): Result<Plugged, RewireError> {
  const host = hostNamed(topology, name);
  if (host === null) return err({ kind: 'unknown-host', host: name });
  const card = cardOf(host);
  const [address] = card?.addresses ?? [];
  const segment = segmentOf(card);
  if (card === null || address === undefined || segment === null) return err({ kind: 'no-card', host: name });
  return ok({ host, card, address, segment });
}

/**
 * Moves a node's card to a segment and subnet of its own behind the router, as in a cluster that spans two subnets. Routes
 * by next hops that are no longer on a link are gone on both sides: the kernel refuses them.
 */
export function splitLan(topology: Topology, name: string): Result<Topology, RewireError> {
  const found = plugged(topology, name);
  if (!found.ok) return found;
  const { host, card, address, segment } = found.value;
  const router = routerOf(topology, host);
  if (router === null) return err({ kind: 'no-router', host: name });
  const old = prefixOf(address.ip, address.prefixLen);
  const net = freeNetwork(topology, old, 1);
  const moved = (ip: Ipv4): Ipv4 => ipv4FromNumber(net.base + (ip - old.base));
  const own = { ip: moved(address.ip), prefixLen: address.prefixLen };
  const gateway = { ip: moved(router.ip), prefixLen: address.prefixLen };
  const port = newCard(topology, router.host, router.dev, freeSegment(topology), gateway);
  const name2 = segmentOf(port) ?? '';
  const from = address.ip;
  const hosts = topology.hosts.map((one) => {
    const renamed = withTunnelEnd(one, from, own.ip);
    if (one === host)
      return movedHost(renamed, card, {
        old,
        net,
        from,
        own,
        oldGateway: router.ip,
        gateway: gateway.ip,
        segment: name2,
      });
    const routes = renamed.routes.filter((route) => route.via !== from || route.onlink);
    return one === router.host
      ? {
          ...renamed,
          devices: [...renamed.devices, port],
          routes: inTableOrder([...routes, connected(port.name, gateway)]),
        }
      : { ...renamed, routes };
  });
  const isMoved = (at: { readonly host: string; readonly dev: string }) => at.host === name && at.dev === card.name;
  const segments = topology.segments.map((one) =>
    one.name === segment ? { ...one, ports: one.ports.filter((at) => !isMoved(at)) } : one,
  );
  const guard = topology.segments.find((one) => one.name === segment)?.sourceGuard ?? false;
  const ports = [
    { host: name, dev: card.name },
    { host: router.host.name, dev: port.name },
  ];
  return ok({ ...topology, hosts, segments: [...segments, { name: name2, ports, sourceGuard: guard }] });
}

interface Move {
  readonly old: Prefix;
  readonly net: Prefix;
  readonly from: Ipv4;
  readonly own: InterfaceAddress;
  readonly oldGateway: Ipv4;
  readonly gateway: Ipv4;
  readonly segment: string;
}

function movedHost(host: Host, card: Device, move: Move): Host {
  const { old, net, from, own, segment } = move;
  const routes = host.routes.flatMap((route): readonly Route[] => {
    const prefSrc = route.prefSrc === from ? own.ip : route.prefSrc;
    if (route.dev !== card.name) return [{ ...route, prefSrc }];
    if (route.via === null) return [{ ...route, prefSrc, dst: samePrefix(route.dst, old) ? net : route.dst }];
    if (route.via === move.oldGateway) return [{ ...route, prefSrc, via: move.gateway }];
    return route.onlink ? [{ ...route, prefSrc }] : [];
  });
  const addresses = card.addresses.map((one) => (one.ip === from ? own : one));
  const devices = host.devices.map((one) =>
    one.name === card.name ? { ...one, addresses, link: { kind: 'nic' as const, segment } } : one,
  );
  const neighbours = host.neighbours.filter(({ dev }) => dev !== card.name);
  return { ...host, devices, neighbours, routes: inTableOrder(routes) };
}

/** A tunnel end that has moved is known by its new address everywhere: flanneld publishes it. */
function withTunnelEnd(host: Host, from: Ipv4, to: Ipv4): Host {
  const now = (ip: Ipv4): Ipv4 => (ip === from ? to : ip);
  const isTunnel = (dev: string | null): boolean => {
    const kind = dev === null ? null : deviceNamed(host, dev)?.link.kind;
    return kind === 'vxlan' || kind === 'ipip';
  };
  if (!host.devices.some(({ name }) => isTunnel(name))) return host;
  const devices = host.devices.map((one) => {
    const { link } = one;
    if (link.kind === 'vxlan') return { ...one, link: { ...link, local: now(link.local) } };
    if (link.kind === 'ipip') return { ...one, link: { ...link, local: now(link.local), remote: now(link.remote) } };
    return one;
  });
  const routes = host.routes.map((one) =>
    isTunnel(one.dev) && one.via !== null ? { ...one, via: now(one.via) } : one,
  );
  const tunnelFdb = host.tunnelFdb.map((one) => ({ ...one, remote: now(one.remote) }));
  return { ...host, devices, routes, tunnelFdb };
}

/** One end of a second link. */
export interface LinkEnd {
  readonly host: Host;
  readonly device: Device;
  readonly ip: Ipv4;
}

/** The two new cards of a second link between two machines, before they are plugged in. */
export function linkEnds(topology: Topology, a: string, b: string): Result<readonly [LinkEnd, LinkEnd], RewireError> {
  const one = plugged(topology, a);
  if (!one.ok) return one;
  const other = plugged(topology, b);
  if (!other.ok) return other;
  const lan = prefixOf(one.value.address.ip, one.value.address.prefixLen);
  const net = freeNetwork(topology, lan, FAR_NETWORKS);
  const segment = freeSegment(topology);
  const made = [one.value, other.value].map(({ host, card, address }, i) => {
    const number = address.ip - prefixOf(address.ip, address.prefixLen).base;
    const ip = ipv4FromNumber(net.base + (contains(lan, address.ip) ? number : 1 + i));
    return { host, ip, device: newCard(topology, host, card.name, segment, { ip, prefixLen: net.len }) };
  });
  return ok(made as [LinkEnd, LinkEnd]);
}

/** The second link's network lies this many networks beyond the LAN's, so that nobody takes it for a neighbour of it. */
const FAR_NETWORKS = 9;

export function secondLink(topology: Topology, a: string, b: string): Result<Topology, RewireError> {
  const ends = linkEnds(topology, a, b);
  if (!ends.ok) return ends;
  const linked = ends.value.map(({ host, device }): [Host, Host] => {
    const routes = device.addresses.map((address) => connected(device.name, address));
    return [host, { ...host, devices: [...host.devices, device], routes: inTableOrder([...host.routes, ...routes]) }];
  });
  const hosts = replaced(topology.hosts, new Map(linked));
  const ports = ends.value.map((end) => ({ host: end.host.name, dev: end.device.name }));
  const name = segmentOf(ends.value[0].device) ?? '';
  return ok({ ...topology, hosts, segments: [...topology.segments, { name, ports, sourceGuard: false }] });
}

function newCard(topology: Topology, host: Host, like: string, segment: string, address: InterfaceAddress): Device {
  const model = deviceNamed(host, like);
  const ifindex = Math.max(...host.devices.map((one) => one.ifindex)) + 1;
  const own = nextMac(topology, model);
  const rest = { addresses: [address], mtuBytes: model?.mtuBytes ?? 1500 };
  return device(nextName(host.devices, like), ifindex, own, { kind: 'nic', segment }, rest);
}
