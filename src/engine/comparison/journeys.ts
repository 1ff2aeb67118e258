/** Groups the frames of all capture points into packets, and finds the way each packet travels. */
import type { Ipv4 } from '../addr/ipv4';
import type { CapturePoint, Topology } from '../topology/topology';
import { ownerOf } from '../topology/topology';
import { identify } from './match';
import type { Pairing } from './pairing';

export interface Trip {
  readonly pairings: readonly Pairing[]; // by point, within a point in order of time
  readonly reversed: boolean; // from the last point to the first
}

/** One trip per packet, in order of first appearance. A packet nobody predicted stands behind what it followed. */
export function tripsOf(
  perPoint: readonly (readonly Pairing[])[],
  points: readonly CapturePoint[],
  topology: Topology,
): readonly Trip[] {
  const groups = new Map<string, { order: number; pairings: Pairing[] }>();
  for (const pairings of perPoint) {
    const keys = keysOf(pairings);
    let reached = -1; // trace step
    for (const [i, pairing] of pairings.entries()) {
      reached = pairing.predicted?.step ?? reached;
      const order = pairing.predicted === null ? reached + 0.5 : pairing.predicted.step;
      const key = keys[i] ?? '';
      const group = groups.get(key);
      if (group === undefined) groups.set(key, { order, pairings: [pairing] });
      else {
        group.pairings.push(pairing);
        group.order = Math.min(group.order, order);
      }
    }
  }
  return [...groups.values()]
    .sort((a, b) => a.order - b.order)
    .map(({ pairings }) => ({ pairings, reversed: isReversed(pairings, points, topology) }));
}

/** A predicted packet has its number; others go by identity and by how often that identity came before. */
function keysOf(pairings: readonly Pairing[]): readonly string[] {
  const key = identify(pairings.map((pairing) => pairing.frame));
  const times = new Map<string, number>();
  return pairings.map(({ packet, captured }, i) => {
    if (packet !== null) return `${packet}`;
    const name = key(i, 0) || `${captured?.file} ${captured?.index}`;
    const nth = times.get(name) ?? 0;
    times.set(name, nth + 1);
    return `not predicted: ${name}, ${nth}`;
  });
}

function isReversed(pairings: readonly Pairing[], points: readonly CapturePoint[], topology: Topology): boolean {
  const seen = pairings.filter((pairing) => pairing.predicted !== null);
  const byStep = [...seen].sort((a, b) => (a.predicted?.step ?? 0) - (b.predicted?.step ?? 0));
  const [first, last] = [byStep.at(0)?.point, byStep.at(-1)?.point];
  if (first !== undefined && last !== undefined && first !== last) return first > last;
  return isReversedByAddress(pairings[0], points, topology);
}

/** Seen at one point only, or not predicted: from where its sender lives among the points to where its receiver does. */
function isReversedByAddress(
  pairing: Pairing | undefined,
  points: readonly CapturePoint[],
  topology: Topology,
): boolean {
  const frame = pairing?.frame ?? null;
  const [src, dst] =
    frame?.arp != null ? [frame.arp.senderIp, frame.arp.targetIp] : [frame?.inner?.ip.src, frame?.inner?.ip.dst];
  const from = placeOf(src, points, topology);
  const to = placeOf(dst, points, topology);
  const middle = (points.length - 1) / 2;
  return (from ?? middle) > (to ?? middle);
}

/** Index of the first point on the host that owns the address; null where none is. */
function placeOf(ip: Ipv4 | undefined, points: readonly CapturePoint[], topology: Topology): number | null {
  const owner = ip === undefined ? null : ownerOf(topology, ip);
  const at = points.findIndex((point) => point.host === owner?.host);
  return at < 0 ? null : at;
}
