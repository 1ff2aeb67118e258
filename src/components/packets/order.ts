/**
 * In which order the packets stand. By time: a natural merge sort, since what files hold is nearly in order: a file is one
 * run, and a few runs are merged. It gives way after every slice of work, for millions of packets.
 */
import type { InParts } from '../../engine/base/in-parts';
import type { Marks } from './marks';

const SLICE = 1 << 15; // packets between two places to give way

/** Numbers of packets, earliest first; of equal times the lower number first. */
export function* byTime(times: Float64Array): InParts<Uint32Array> {
  let from = new Uint32Array(times.length);
  for (let i = 0; i < from.length; i += 1) from[i] = i;
  yield;
  let bounds = runsOf(times);
  yield;
  let to = new Uint32Array(times.length);
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

/** Where the runs that are in order begin, and where the last one ends. */
function runsOf(times: Float64Array): readonly number[] {
  const bounds = [0];
  for (let i = 1; i < times.length; i += 1) if ((times[i] ?? 0) < (times[i - 1] ?? 0)) bounds.push(i);
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
