/**
 * In which order the packets stand. By time: what a file holds is nearly in order, so packets that are a little late are put
 * in their places, and the few runs that this leaves are merged; then all files are. It gives way after every slice of work.
 */
import type { InParts } from '../../engine/base/in-parts';
import type { Marks } from './marks';

export const SLICE = 1 << 15; // packets between two places to give way

/** Packets that stand a few places late, as a busy machine writes them, are moved up by so many places at most. */
const LATE_MAX = 16;

/** Numbers of the packets of one file, earliest first; of equal times the lower number first. */
export function* byTime(times: Float64Array): InParts<Uint32Array> {
  let from = new Uint32Array(times.length);
  let bounds = yield* runsOf(times, from);
  let to = new Uint32Array(bounds.length > 2 ? times.length : 0);
  while (bounds.length > 2) {
    const next = [0];
    for (let run = 0; run + 1 < bounds.length; run += 2) {
      const [start = 0, middle = 0] = [bounds[run], bounds[run + 1]];
      const end = bounds[run + 2] ?? middle;
      yield* merge(times, from, to, start, middle, end);
      next.push(end);
    }
    [from, to] = [to, from];
    bounds = next;
  }
  return from;
}

/**
 * Numbers all packets in runs that are in order: where they begin, and where the last one ends. One that would have to move
 * further than LATE_MAX begins a run.
 */
function* runsOf(times: Float64Array, numbers: Uint32Array): InParts<readonly number[]> {
  const bounds = [0];
  let start = 0;
  for (let i = 0; i < times.length; i += 1) {
    if (i % SLICE === 0) yield;
    const time = times[i] ?? 0;
    const isLaterAt = (place: number): boolean => place > start && (times[numbers[place - 1] ?? 0] ?? 0) > time;
    let place = i;
    while (i - place < LATE_MAX && isLaterAt(place)) place -= 1;
    if (isLaterAt(place)) {
      bounds.push(i);
      start = i;
      place = i;
    }
    if (place < i) numbers.copyWithin(place + 1, place, i);
    numbers[place] = i;
  }
  bounds.push(times.length);
  return bounds;
}

function* merge(
  times: Float64Array,
  from: Uint32Array,
  to: Uint32Array,
  start: number,
  middle: number,
  end: number,
): InParts<void> {
  let [left, right] = [start, middle];
  for (let at = start; at < end; at += 1) {
    const takesLeft =
      right >= end || (left < middle && (times[from[left] ?? 0] ?? 0) <= (times[from[right] ?? 0] ?? 0));
    to[at] = from[takesLeft ? left : right] ?? 0;
    if (takesLeft) left += 1;
    else right += 1;
    if (at % SLICE === 0) yield;
  }
}

/** The packets of one file: their numbers among all files begin with `first`, their times with `offset`. */
export interface Ordered {
  readonly first: number;
  readonly offset: number;
  readonly times: Float64Array;
  readonly order: Uint32Array; // of `times`, the earliest first
}

/** Numbers among all files, earliest first; of equal times that of the earlier file first. */
export function* merged(files: readonly Ordered[], total: number): InParts<Uint32Array> {
  const out = new Uint32Array(total);
  const places = new Uint32Array(files.length); // of each file, the packet that is next
  const nextTimes = Float64Array.from(files, (file) => timeAt(file, 0));
  for (let at = 0; at < total; at += 1) {
    if (at % SLICE === 0) yield;
    let earliest = 0;
    for (let i = 1; i < nextTimes.length; i += 1) {
      if ((nextTimes[i] ?? 0) < (nextTimes[earliest] ?? 0)) earliest = i;
    }
    const file = files[earliest];
    if (file === undefined) break;
    const place = places[earliest] ?? 0;
    out[at] = file.first + (file.order[place] ?? 0);
    places[earliest] = place + 1;
    nextTimes[earliest] = timeAt(file, place + 1);
  }
  return out;
}

/** Infinite behind its last packet. */
const timeAt = ({ offset, times, order }: Ordered, place: number): number =>
  place < order.length ? offset + (times[order[place] ?? 0] ?? 0) : Number.POSITIVE_INFINITY;

/** A journey's packets together, in the order of the capture points on its way; what is in no journey comes last. */
export function byHop(inTime: Uint32Array, marks: Marks): Uint32Array {
  const inJourney = new Uint8Array(inTime.length);
  for (const [number, { journey }] of marks) if (journey !== null) inJourney[number] = 1;
  const rank = new Map<number, number>();
  for (const [i, number] of inTime.entries()) if (inJourney[number] === 1) rank.set(number, i);
  const placed = [...rank.keys()].sort((a, b) => {
    const [one, other] = [marks.get(a), marks.get(b)];
    return (
      (one?.journey ?? 0) - (other?.journey ?? 0) ||
      (one?.hop ?? 0) - (other?.hop ?? 0) ||
      (rank.get(a) ?? 0) - (rank.get(b) ?? 0)
    );
  });
  const out = new Uint32Array(inTime.length);
  out.set(placed);
  let at = placed.length;
  for (const number of inTime) {
    if (inJourney[number] === 1) continue;
    out[at] = number;
    at += 1;
  }
  return out;
}

/** Those of an order that pass, in that order. */
export function passing(order: Uint32Array, passes: Uint8Array, count: number): Uint32Array {
  const out = new Uint32Array(count);
  let at = 0;
  for (const number of order) {
    if (passes[number] !== 1) continue;
    out[at] = number;
    at += 1;
  }
  return out;
}
