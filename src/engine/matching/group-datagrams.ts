/**
 * Fragments and the packet they are of (RFC 791 section 3.2: source, destination, protocol and ID). A packet cut up on the
 * way is one group where it was whole and one for each piece behind that; `whole` joins them.
 */
import type { GroupTable } from './group-table';
import { finish, stir } from './packet-hash';
import { FRAGMENT, isPart } from './packet-status';
import type { PacketTable } from './packet-table';

/** For each group that of its datagram; null where there are no fragments. */
export function joinDatagrams(groups: GroupTable, seen: Uint32Array): Int32Array | null {
  const parts = new Map<number, number[]>();
  for (let group = 0; group < groups.count; group += 1) {
    const t = groups.files[groups.file[group] ?? 0];
    const row = groups.row[group] ?? 0;
    if (t === undefined || seen[group] === 0 || !isPart(t.fragment[row] ?? 0)) continue;
    const key = datagramKey(t, row);
    const known = parts.get(key);
    if (known === undefined) parts.set(key, [group]);
    else known.push(group);
  }
  if (parts.size === 0) return null;
  const whole = new Int32Array(groups.count);
  for (let group = 0; group < groups.count; group += 1) whole[group] = group;
  for (let group = 0; group < groups.count; group += 1) {
    const t = groups.files[groups.file[group] ?? 0];
    const row = groups.row[group] ?? 0;
    if (t === undefined || seen[group] === 0 || isPart(t.fragment[row] ?? 0)) continue;
    const found = t.ipId[row] === 0 ? undefined : parts.get(datagramKey(t, row));
    if (found === undefined) continue;
    for (const part of found) {
      whole[part] = group;
      seen[group] = ((seen[group] ?? 0) | (seen[part] ?? 0)) >>> 0;
    }
    parts.delete(datagramKey(t, row));
  }
  for (const found of parts.values()) {
    const first = found.find((group) => offsetOf(groups, group) === 0) ?? found[0] ?? 0;
    for (const part of found) whole[part] = first;
  }
  return whole;
}

const offsetOf = (groups: GroupTable, group: number): number =>
  (groups.files[groups.file[group] ?? 0]?.fragment[groups.row[group] ?? 0] ?? 0) & FRAGMENT.offset;

const datagramKey = (t: PacketTable, row: number): number =>
  finish(stir(stir(stir(stir(0, t.srcIp[row] ?? 0), t.dstIp[row] ?? 0), t.protocol[row] ?? 0), t.ipId[row] ?? 0));
