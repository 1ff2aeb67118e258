/**
 * Third pass: TCP segments of which a file holds the bytes, only cut differently. A card that segments (GSO) or joins (GRO)
 * shows one large frame where another file shows many; a range of sequence numbers covered is a segment seen.
 */

import type { GroupTable } from './group-table';
import { rowAt } from './group-table';
import { stir } from './packet-hash';
import { STATUS } from './packet-status';

export function coverRanges(groups: GroupTable, seen: Uint32Array): void {
  const points = groups.files.length;
  const all = 2 ** points - 1;
  const streams = new Map<number, number[]>(); // incomplete data segments by connection and direction
  for (let group = 0; group < groups.count; group += 1) {
    if (seen[group] === 0 || seen[group] === all) continue;
    const t = groups.files[groups.file[group] ?? 0];
    const row = groups.row[group] ?? 0;
    if (t === undefined || ((t.status[row] ?? 0) & STATUS.tcp) === 0 || t.payloadLength[row] === 0) continue;
    const ports = ((t.srcPort[row] ?? 0) << 16) | (t.dstPort[row] ?? 0);
    const key = stir(stir(stir(0, t.srcIp[row] ?? 0), t.dstIp[row] ?? 0), ports);
    const stream = streams.get(key);
    if (stream === undefined) streams.set(key, [group]);
    else stream.push(group);
  }
  for (const stream of streams.values()) if (stream.length > 1) coverStream(groups, seen, stream);
}

function coverStream(groups: GroupTable, seen: Uint32Array, stream: readonly number[]): void {
  const base = seqOf(groups, stream[0] ?? 0);
  // Counted from the first one, signed, so that a wrap past 2^32 sorts rightly.
  const from = (group: number): number => (seqOf(groups, group) - base) | 0;
  const sorted = [...stream].sort((a, b) => from(a) - from(b));
  const marks = new Map<number, number>();
  for (let file = 0; file < groups.files.length; file += 1) {
    let i = 0;
    let start = 0;
    let end = Number.NEGATIVE_INFINITY; // of the range held without a gap
    const own = sorted.filter((group) => rowAt(groups, group, file) >= 0);
    for (const group of sorted) {
      const [first, last] = [from(group), from(group) + lengthOf(groups, group)];
      for (; i < own.length && (from(own[i] ?? 0) <= first || from(own[i] ?? 0) <= end); i += 1) {
        const one = own[i] ?? 0;
        if (from(one) > end) start = from(one);
        end = Math.max(end, from(one) + lengthOf(groups, one));
      }
      if (first >= start && last <= end) marks.set(group, (marks.get(group) ?? 0) | (1 << file));
    }
  }
  for (const [group, bits] of marks) seen[group] = ((seen[group] ?? 0) | bits) >>> 0;
}

const seqOf = (groups: GroupTable, group: number): number =>
  groups.files[groups.file[group] ?? 0]?.seq[groups.row[group] ?? 0] ?? 0;
const lengthOf = (groups: GroupTable, group: number): number =>
  groups.files[groups.file[group] ?? 0]?.payloadLength[groups.row[group] ?? 0] ?? 0;
