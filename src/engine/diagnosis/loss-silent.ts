/** What loses packets without a word between two points: in a host that does not hand them on, or on the link. */
import { srcMacOf } from '../matching/packet-table';
import type { Sighting } from '../matching/sightings';
import { hasPassed } from './apart';
import * as causes from './causes';
import { type Course, isEnd, standing } from './course';
import type { Finding } from './finding';
import { columnOf, hostAt, type Seen } from './seen';

/** Losses that leave no trace in a capture, by what the captures leave open. */
export function silentLoss(
  seen: Seen,
  course: Course,
  sighting: Sighting,
  next: number,
  bytes: number,
  values: Finding['values'],
): Pick<Finding, 'host' | 'values' | 'causes'> {
  const { file } = sighting;
  const stands = standing(seen, sighting);
  const isBetweenHosts = stands === 'out' && !isEnd(seen, file) && !isEnd(seen, next);
  if (!isBetweenHosts) {
    // Handed to a host that did not hand it on: the host of this point if it came in here, else that of the next.
    const host = stands === 'in' ? hostAt(seen, file) : hostAt(seen, next);
    const where = { host, src: course.src, dst: course.dst };
    const isOwnNode = stands !== 'in';
    const list = isOwnNode
      ? [causes.forwardDrop(where), causes.forwardingOff(where), causes.routeBlackhole(where), causes.rpFilter(where)]
      : [causes.forwardDrop(where), causes.forwardingOff(where), causes.rpFilter(where), causes.routeBlackhole(where)];
    const now = hasPassed(course, next) ? [causes.packetsDropped(hostAt(seen, file), hostAt(seen, next))] : [];
    return { host, values: { ...values, host, place: 'in-host' }, causes: [...now, ...list] };
  }
  const [from, to] = [hostAt(seen, file), hostAt(seen, next)];
  const where = { host: from, src: course.src, dst: course.dst };
  const isBig = bytes > LARGE_BYTES && bytes > largestThrough(seen, sighting, next);
  const lossy = hasPassed(course, next);
  const mtu = causes.receiverMtu(where, to, bytes);
  const guard = causes.sourceGuard(where, to);
  const stale = addressAt0(seen, sighting.dst);
  const down = stale === null ? [] : [causes.nextHopDown(where, stale)];
  const list = isBig
    ? [mtu, guard, ...down]
    : lossy
      ? [causes.packetsDropped(from, to), ...down, mtu]
      : [guard, ...down, mtu];
  return { host: null, values: { ...values, host: to, place: 'on-link', bytes }, causes: list };
}

/** What any link carries: RFC 791 section 3.1 asks for 576, IPv6 for 1280; a loss above that may be one of size. */
const LARGE_BYTES = 1280;

const addressAt0 = (seen: Seen, mac: number): number | null => [...(seen.arp.claims.get(mac) ?? [])][0] ?? null;

/** The largest IP packet that came over this link to the next point. */
function largestThrough(seen: Seen, { src }: Sighting, next: number): number {
  const t = columnOf(seen, next);
  let largest = 0;
  for (let row = 0; row < t.rows; row += 1) {
    if (srcMacOf(t, row) === src) largest = Math.max(largest, t.totalLength[row] ?? 0);
  }
  return largest;
}
