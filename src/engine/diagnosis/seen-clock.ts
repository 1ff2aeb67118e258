/** Clocks of the files of one look: which way packets pass two points, and what the second clock shows more. */
import { type ClockOffset, clockOffset } from '../matching/clock';
import { rowAt } from '../matching/group-table';
import { dstMacOf, srcMacOf } from '../matching/packet-table';
import { standing } from './course';
import { columnOf, originIn, type Seen } from './seen';

const known = new WeakMap<Seen, Map<string, ClockOffset>>();

export function offsetBetween(seen: Seen, from: number, to: number): ClockOffset {
  const all = known.get(seen) ?? new Map<string, ClockOffset>();
  known.set(seen, all);
  const key = `${from} ${to}`;
  const found = all.get(key);
  if (found !== undefined) return found;
  const files = seen.points.map(({ columns }) => columns);
  const offset = clockOffset(files, seen.groups.table, from, to, (group) => onLink(seen, group, from, to));
  all.set(key, offset);
  return offset;
}

/** Neighbouring points, each pair by the packets that both hold. */
export const clocksOf = (seen: Seen): readonly ClockOffset[] =>
  seen.order.slice(0, -1).map((from, place) => offsetBetween(seen, from, seen.order[place + 1] ?? from));

/** Which way a packet goes on one link, by whose MAC it comes from. */
function onLink(seen: Seen, group: number, from: number, to: number): -1 | 0 | 1 {
  const t = columnOf(seen, from);
  const row = rowAt(seen.groups.table, group, from);
  const ttl = t.ttl[row] ?? 0;
  const stands = standing(seen, { file: from, row, ttl, src: srcMacOf(t, row), dst: dstMacOf(t, row) });
  if (stands === 'out') return 1;
  if (stands === 'in') return -1;
  const origin = originIn(seen, group);
  return origin.file === from ? 1 : origin.file === to ? -1 : 0;
}

export type Window = 'within' | 'starts-later' | 'ends-earlier' | 'empty';

/** Whether a file was being written when a packet passed another one, by the clocks as far as they are known. */
export function windowOf(seen: Seen, group: number, file: number): Window {
  const origin = originIn(seen, group);
  const [a, b] = [seen.points[origin.file]?.columns, seen.points[file]?.columns];
  if (a === undefined || b === undefined || b.table.rows === 0) return 'empty';
  const startsNs = (a.startSeconds - b.startSeconds) * 1e9 + (a.startNanoseconds - b.startNanoseconds);
  const ahead = offsetBetween(seen, origin.file, file).offsetNs ?? 0;
  const atNs = startsNs + (a.table.atNs[origin.row] ?? 0) + ahead;
  if (atNs < -SLACK_NS) return 'starts-later';
  return atNs > (b.table.atNs[b.table.rows - 1] ?? 0) + SLACK_NS ? 'ends-earlier' : 'within';
}

/** A packet takes its time from point to point; so much is no reason to doubt a file. */
const SLACK_NS = 50_000_000;
