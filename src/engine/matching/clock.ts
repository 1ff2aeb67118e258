/**
 * How far the clocks of two files are apart. A packet needs a time that is not negative from one point to the next, in
 * either direction; so the least difference seen one way bounds the offset from above, the least one the other way from
 * below. The middle is the estimate, half the width its uncertainty (RFC 5905 section 8 takes the same middle).
 */
import type { GroupTable } from './group-table';
import { rowAt } from './group-table';
import type { PacketColumns } from './packet-columns';

export interface ClockOffset {
  readonly from: number; // file
  readonly to: number;
  /** What the second clock shows more than the first; null: packets of one direction only, so nothing bounds it. */
  readonly offsetNs: number | null;
  readonly uncertaintyNs: number | null;
  /** From one to the other and back at the least; true whatever the clocks show. */
  readonly roundTripNs: number | null;
  readonly there: number; // packets compared, from the first file's side to the second's
  readonly back: number;
  /** What the two clocks as they are say a packet takes; null: none went that way. See `delaysWith`. */
  readonly thereNs: Taken | null;
  readonly backNs: Taken | null;
}

/** Nanoseconds from one point to the other. */
export interface Taken {
  readonly least: number;
  readonly median: number;
}

/** Packets that a median is made of, each way: the first ones. */
const MEDIAN_MAX = 10_000;

/**
 * What packets really take each way if the second clock is `offsetNs` ahead. A time below zero refutes the offset; the
 * spread of one way (median less least) holds whatever the offset is.
 */
export const delaysWith = (
  { thereNs, backNs }: ClockOffset,
  offsetNs: number,
): { readonly there: Taken | null; readonly back: Taken | null } => ({
  there: thereNs === null ? null : { least: thereNs.least - offsetNs, median: thereNs.median - offsetNs },
  back: backNs === null ? null : { least: backNs.least + offsetNs, median: backNs.median + offsetNs },
});

function takenOf(least: number, sample: readonly number[]): Taken | null {
  const median = Float64Array.from(sample).sort()[(sample.length - 1) >> 1];
  return median === undefined ? null : { least, median };
}

/**
 * The TTL tells which file a packet passes first. `onLink`, of a group whose TTL is the same in both files: 1 where it passes
 * the first file before the second, -1 where it passes them the other way, 0 unknown.
 */
export function clockOffset(
  files: readonly PacketColumns[],
  groups: GroupTable,
  from: number,
  to: number,
  onLink: (group: number) => -1 | 0 | 1,
): ClockOffset {
  const [a, b] = [files[from], files[to]];
  let least = Number.POSITIVE_INFINITY; // of (later - earlier) there
  let leastBack = Number.POSITIVE_INFINITY;
  let there = 0;
  let back = 0;
  const sample: number[] = [];
  const sampleBack: number[] = [];
  if (a !== undefined && b !== undefined) {
    const startsNs = (b.startSeconds - a.startSeconds) * 1e9 + (b.startNanoseconds - a.startNanoseconds);
    const [times, timesTo] = [a.table.atNs, b.table.atNs];
    const [ttls, ttlsTo] = [a.table.ttl, b.table.ttl];
    for (let group = 0; group < groups.count; group += 1) {
      const i = rowAt(groups, group, from);
      const j = rowAt(groups, group, to);
      if (i < 0 || j < 0) continue;
      const down = (ttls[i] ?? 0) - (ttlsTo[j] ?? 0);
      const way = down === 0 ? onLink(group) : down;
      const later = startsNs + (timesTo[j] ?? 0) - (times[i] ?? 0);
      if (way > 0) {
        there += 1;
        least = Math.min(least, later);
        if (there <= MEDIAN_MAX) sample.push(later);
      } else if (way < 0) {
        back += 1;
        leastBack = Math.min(leastBack, -later);
        if (back <= MEDIAN_MAX) sampleBack.push(-later);
      }
    }
  }
  const roundTripNs = least + leastBack;
  const isBounded = Number.isFinite(roundTripNs) && roundTripNs >= 0; // less than nothing: a clock was set meanwhile
  return {
    from,
    to,
    offsetNs: isBounded ? (least - leastBack) / 2 : null,
    uncertaintyNs: isBounded ? roundTripNs / 2 : null,
    roundTripNs: isBounded ? roundTripNs : null,
    there,
    back,
    thereNs: takenOf(least, sample),
    backNs: takenOf(leastBack, sampleBack),
  };
}
