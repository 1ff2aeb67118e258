/**
 * Hosts by their MACs: a packet that comes to one MAC and leaves from another with a TTL one lower went through one host.
 * Hosts are called by the points at their devices; where none is, by an address or a MAC.
 */
import { formatIpv4, ipv4FromNumber } from '../addr/ipv4';
import type { ArpSeen } from './arp-seen';
import type { GroupTable } from './group-table';
import { sightingsOf } from './sightings';
import type { Vantage } from './vantage';

export interface NamedPoint {
  readonly name: string;
  readonly host: string; // what the point's host is called
}

export interface HostsSeen {
  /** The same number for all MACs of one host. */
  of(mac: number): number;
  nameOf(mac: number): string;
  /** A point of the host, or -1. */
  pointOf(mac: number): number;
  /** Whether anybody is known to have this address, by MAC. */
  macsWith(ip: number): readonly number[];
}

const SAMPLES_MAX = 20_000;

export function hostsSeen(
  groups: GroupTable,
  points: readonly NamedPoint[],
  vantages: readonly Vantage[],
  arp: ArpSeen,
  order: readonly number[],
  known: (mac: number) => string | null,
): HostsSeen {
  const parent = new Map<number, number>();
  const of = (mac: number): number => {
    let at = mac;
    while (parent.has(at)) at = parent.get(at) ?? at;
    return at;
  };
  const join = (a: number, b: number): void => {
    const [x, y] = [of(a), of(b)];
    if (x !== y) parent.set(y, x);
  };
  const firstHop = new Map<number, number>(); // end's MAC -> the router it hands packets to
  for (let group = 0; group < Math.min(groups.count, SAMPLES_MAX); group += 1) {
    const seen = sightingsOf(groups, group, (file) => file);
    for (let i = 0; i + 1 < seen.length; i += 1) {
      const [here, next] = [seen[i], seen[i + 1]];
      if (here === undefined || next === undefined || here.ttl - next.ttl !== 1) continue;
      if (here.dst !== 0 && next.src !== 0) join(here.dst, next.src);
    }
    const origin = seen[0];
    if (origin !== undefined && origin.dst !== 0) firstHop.set(origin.src, origin.dst);
  }
  const pointOfHost = new Map<number, number>();
  for (const file of order) {
    const own = vantages[file]?.own ?? null;
    if (own !== null && !pointOfHost.has(of(own))) pointOfHost.set(of(own), file);
  }
  nameGateways(order, vantages, firstHop, of, pointOfHost);
  const pointOf = (mac: number): number => pointOfHost.get(of(mac)) ?? -1;
  return {
    of,
    pointOf,
    nameOf(mac) {
      const point = pointOf(mac);
      const claimed = [...(arp.claims.get(mac) ?? [])][0];
      return (
        known(mac) ??
        points[point]?.host ??
        (claimed === undefined ? formatMacNumber(mac) : formatIpv4(ipv4FromNumber(claimed)))
      );
    },
    macsWith: (ip) => [...arp.claims].filter(([, ips]) => ips.has(ip)).map(([mac]) => mac),
  };
}

/** The router next to an end is the host of the point next to it, where no packet has told otherwise. */
function nameGateways(
  order: readonly number[],
  vantages: readonly Vantage[],
  firstHop: ReadonlyMap<number, number>,
  of: (mac: number) => number,
  pointOfHost: Map<number, number>,
): void {
  for (const [place, file] of order.entries()) {
    const vantage = vantages[file];
    const isAtEnd = place === 0 || place === order.length - 1;
    if (vantage?.own == null || vantage.kind !== 'end' || !isAtEnd || order.length < 3) continue;
    const next = order[place === 0 ? 1 : place - 1] ?? -1;
    const gateway = firstHop.get(vantage.own);
    const isFree = gateway !== undefined && !pointOfHost.has(of(gateway));
    const hasNoOther = vantages[next]?.own == null || ![...pointOfHost.values()].includes(next);
    if (isFree && (hasNoOther || vantages[next]?.kind !== 'end')) pointOfHost.set(of(gateway), next);
  }
}

export const formatMacNumber = (mac: number): string =>
  mac
    .toString(16)
    .padStart(12, '0')
    .replace(/..(?=.)/g, '$&:');
