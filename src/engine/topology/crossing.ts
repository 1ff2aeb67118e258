/** The way between two hosts on different nodes, with all that a fault on it needs to name. */
import type { Ipv4 } from '../addr/ipv4';
import { contains, type Prefix } from '../addr/prefix';
import type { Device } from '../net/device';
import { lookup } from '../net/fib';
import type { Route } from '../net/route';
import { toldHosts } from './host-index';
import { addressOf, cardOf, nodeOf, podNetOf, segmentOf } from './places';
import { type Host, hostNamed, ownerOf, type Topology } from './topology';

/** From whom to whom the command at hand goes: host names. */
export interface Way {
  readonly from: string;
  readonly to: string;
}

/** One end: the host itself, its node, and the card and pod network of that node. */
export interface Bank {
  readonly host: Host;
  readonly ip: Ipv4;
  readonly node: Host;
  readonly card: Device;
  readonly net: Prefix;
}

export interface Crossing {
  readonly near: Bank; // the sender's
  readonly far: Bank;
}

/** Null where both are on one node, or where one has no node with a card, an address and a pod network. */
export function crossingOf(topology: Topology, { from, to }: Way): Crossing | null {
  const [near, far] = [bankOf(topology, from), bankOf(topology, to)];
  return near === null || far === null || near.node === far.node ? null : { near, far };
}

function bankOf(topology: Topology, name: string): Bank | null {
  const host = hostNamed(topology, name);
  if (host === null) return null;
  const node = nodeOf(topology, host);
  const [card, net, address] = [cardOf(node), podNetOf(topology, node), addressOf(host)];
  return card === null || net === null || address === null ? null : { host, ip: address.ip, node, card, net };
}

/** The node's own route to the other end's pod network: neither the default nor a connected one. */
export function peerRouteOf(node: Host, ip: Ipv4): Route | null {
  const route = lookup(node.routes, ip);
  return route !== null && route.dst.len > 0 && route.via !== null ? route : null;
}

export const areOnOneSegment = ({ near, far }: Crossing): boolean =>
  segmentOf(near.card) !== null && segmentOf(near.card) === segmentOf(far.card);

/** Another machine on the sender's LAN that routes: a node by preference, then a router. */
export function bystanderOf(
  topology: Topology,
  { near, far }: Crossing,
): { host: Host; card: Device; ip: Ipv4 } | null {
  const segment = segmentOf(near.card);
  for (const role of ['node', 'router']) {
    for (const host of toldHosts(topology.hosts)) {
      const card = host.role === role && host !== near.node && host !== far.node ? cardOf(host) : null;
      const [address] = card?.addresses ?? [];
      if (card !== null && address !== undefined && card.up && segment !== null && segmentOf(card) === segment)
        return { host, card, ip: address.ip };
    }
  }
  return null;
}

/** An address of that network that nobody has, as high as a pod's would rarely be. */
export function absentIn(topology: Topology, net: Prefix): Ipv4 | null {
  const size = 2 ** (32 - net.len);
  for (let i = 0; i < size - 2; i += 1) {
    const ip = (net.base + 1 + ((ABSENT_NUMBER - 1 + i) % (size - 2))) as Ipv4;
    if (contains(net, ip) && ownerOf(topology, ip) === null) return ip;
  }
  return null;
}

const ABSENT_NUMBER = 99;
