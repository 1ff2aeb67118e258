/** Clocks of the files of one look: which way packets pass two points, and what the second clock shows more. */
import { type ClockOffset, clockOffset } from '../matching/clock';
import { rowAt } from '../matching/group-table';
import { STATUS } from '../matching/packet-status';
import { has } from '../matching/packet-table';
import { originOf } from '../matching/sightings';
import { standingBetween } from './course';
import { columnOf, originIn, type Seen } from './seen';

const known = new WeakMap<Seen, Map<string, ClockOffset>>();

export function offsetBetween(seen: Seen, from: number, to: number): ClockOffset {
  const all = known.get(seen) ?? new Map<string, ClockOffset>();
  known.set(seen, all);
  const key = `${from} ${to}`;
  const found = all.get(key);
  if (found !== undefined) return found;
  const files = seen.points.map(({ columns }) => columns);
  const offset = clockOffset(files, seen.groups.table, from, to, onLink(seen, from, to));
  all.set(key, offset);
  return offset;
}

/** Neighbouring points, each pair by the packets that both hold. */
export const clocksOf = (seen: Seen): readonly ClockOffset[] =>
  seen.order.slice(0, -1).map((from, place) => offsetBetween(seen, from, seen.order[place + 1] ?? from));

/** Which way a packet goes on one link, by whose MAC it comes from; by the pair of MACs, of which there are few. */
function onLink(seen: Seen, from: number, to: number): (group: number) => -1 | 0 | 1 {
  const { table } = seen.groups;
  const t = columnOf(seen, from);
  const ways = t.links.src.map((src, link) => WAY[standingBetween(seen, from, src, t.links.dst[link] ?? 0)]);
  return (group) => {
    const row = rowAt(table, group, from);
    const isCooked = has(t, row, STATUS.cooked);
    const way = isCooked ? (has(t, row, STATUS.outgoing) ? 1 : -1) : (ways[t.link[row] ?? 0] ?? 0);
    if (way !== 0) return way;
    const origin = originOf(table, group);
    return origin.file === from ? 1 : origin.file === to ? -1 : 0;
  };
}

const WAY = { out: 1, in: -1, past: 0, unknown: 0 } as const;

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
