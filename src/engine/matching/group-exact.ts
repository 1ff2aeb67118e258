/** First pass of matching: packets of one identity, the k-th of one file with the k-th of another; equal IP IDs go first. */
import { isOnceMore, isSame } from './group-same';
import { addGroup, type GroupTable, rowAt, Slots } from './group-table';
import { STATUS } from './packet-status';
import type { PacketTable } from './packet-table';

/** So many groups of a chain are looked at for an equal IP ID: as many equal packets may be lost in a row. */
const LOOK_AHEAD = 64;

export function groupExact(groups: GroupTable): void {
  const slots = new Slots();
  for (const [file, table] of groups.files.entries()) addFile(groups, slots, file, table);
}

function addFile(groups: GroupTable, slots: Slots, file: number, t: PacketTable): void {
  const cursor = new Map<number, number>(); // chains with more than one packet of this file: where to go on
  const last = new Map<number, number>();
  let row = 0;
  const same = (head: number): boolean => {
    const other = groups.files[groups.file[head] ?? 0];
    return other !== undefined && isSame(other, groups.row[head] ?? 0, t, row);
  };
  for (; row < t.rows; row += 1) {
    if (((t.status[row] ?? 0) & STATUS.ipv4) === 0) continue;
    const key = t.exactKey[row] ?? 0;
    const head = slots.find(key, same);
    if (head < 0) {
      slots.add(key, addGroup(groups, file, row));
      continue;
    }
    const previous = last.get(head) ?? (rowAt(groups, head, file) >= 0 ? head : -1);
    if (previous >= 0 && attachAgain(groups, previous, file, t, row)) continue;
    const group = freeGroup(groups, cursor.get(head) ?? head, file, t, row);
    const taken = group >= 0 ? group : append(groups, head, file, row);
    groups.rows[taken * groups.files.length + file] = row;
    if (taken !== head || groups.next[head] !== -1) {
      last.set(head, taken);
      cursor.set(head, firstFree(groups, cursor.get(head) ?? head, file));
    }
  }
}

function attachAgain(groups: GroupTable, group: number, file: number, t: PacketTable, row: number): boolean {
  let at = rowAt(groups, group, file);
  const again = groups.again[file];
  if (at < 0 || again === undefined) return false;
  while ((again[at] ?? -1) >= 0) at = again[at] ?? -1;
  if (!isOnceMore(t, at, row)) return false;
  again[at] = row;
  return true;
}

/** A group of the chain that this file has not got yet, with the row's IP ID. */
function freeGroup(groups: GroupTable, from: number, file: number, t: PacketTable, row: number): number {
  let steps = 0;
  for (let group = from; group >= 0 && steps < LOOK_AHEAD; group = groups.next[group] ?? -1) {
    steps += 1;
    const other = groups.files[groups.file[group] ?? 0];
    if (rowAt(groups, group, file) < 0 && other?.ipId[groups.row[group] ?? 0] === t.ipId[row]) return group;
  }
  return -1;
}

function firstFree(groups: GroupTable, from: number, file: number): number {
  let group = from;
  while (rowAt(groups, group, file) >= 0 && (groups.next[group] ?? -1) >= 0) group = groups.next[group] ?? -1;
  return group;
}

function append(groups: GroupTable, head: number, file: number, row: number): number {
  const group = addGroup(groups, file, row);
  groups.next[groups.tail[head] ?? head] = group;
  groups.tail[head] = group;
  return group;
}
