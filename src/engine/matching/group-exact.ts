/** First pass of matching: packets of one identity, the k-th of one file with the k-th of another; equal IP IDs go first. */
import { isOnceMore, isSame } from './group-same';
import { addGroup, againAt, type GroupTable, NOT_FIRST, nextOf, rowAt, Slots, setRow } from './group-table';
import { exactKeyOf } from './packet-keys';
import { STATUS } from './packet-status';
import type { PacketTable } from './packet-table';

/** So many groups of a chain are looked at for an equal IP ID: as many equal packets may be lost in a row. */
const LOOK_AHEAD = 64;

export function groupExact(groups: GroupTable): void {
  const slots = new Slots(groups.file.length);
  for (const [file, table] of groups.files.entries()) {
    const under: FileUnderWay = { file, table, slots, cursor: new Map(), last: new Map(), expected: 0 };
    if (file === 0) addFirst(groups, under);
    else addFurther(groups, under);
  }
}

interface FileUnderWay {
  readonly file: number;
  readonly table: PacketTable;
  readonly slots: Slots;
  /** Chains of more than one group, by their first one: where to go on, and which group was given a row last. */
  readonly cursor: Map<number, number>;
  readonly last: Map<number, number>;
  /** What follows a packet in one file mostly follows it in the next: then no key need be looked up. */
  expected: number;
}

/**
 * Every packet of the first file is looked up, at a place in memory that is far from the last one. A processor waits for many
 * of them at once where they are asked for by the block, ahead of their use.
 */
const BLOCK = 256;

function addFirst(groups: GroupTable, under: FileUnderWay): void {
  const { table: t, slots } = under;
  const keys = new Int32Array(BLOCK);
  for (let from = 0; from < t.rows; from += BLOCK) {
    const length = Math.min(BLOCK, t.rows - from);
    for (let i = 0; i < length; i += 1) keys[i] = exactKeyOf(t, from + i);
    slots.bringNear(keys, length);
    for (let i = 0; i < length; i += 1) if (isIpv4(t, from + i)) addByKey(groups, under, from + i, keys[i] ?? 0);
  }
}

function addFurther(groups: GroupTable, under: FileUnderWay): void {
  const { table: t } = under;
  for (let row = 0; row < t.rows; row += 1) {
    if (!isIpv4(t, row)) continue;
    if (isHeadOf(groups, under.expected, t, row)) addTo(groups, under, row, under.expected);
    else addByKey(groups, under, row, exactKeyOf(t, row));
  }
}

const isIpv4 = (t: PacketTable, row: number): boolean => ((t.status[row] ?? 0) & STATUS.ipv4) !== 0;

function addByKey(groups: GroupTable, under: FileUnderWay, row: number, key: number): void {
  const { file, table, slots } = under;
  const head = find(groups, slots, key, table, row);
  if (head < 0) slots.add(key, addGroup(groups, file, row));
  else addTo(groups, under, row, head);
}

/** To a group of this chain, or a new one at its end. */
function addTo(groups: GroupTable, under: FileUnderWay, row: number, head: number): void {
  const { file, table: t, cursor, last } = under;
  under.expected = head + 1;
  const isAlone = groups.next[head] === 0;
  const latest = isAlone ? undefined : last.get(head);
  const previous = latest ?? (rowAt(groups, head, file) >= 0 ? head : -1);
  if (previous >= 0 && attachAgain(groups, previous, file, t, row)) return;
  const from = isAlone ? head : (cursor.get(head) ?? head);
  const group = freeGroup(groups, from, file, t, row);
  const taken = group >= 0 ? group : append(groups, head, file, row);
  setRow(groups, taken, file, row);
  if (groups.next[head] !== 0) {
    last.set(head, taken);
    cursor.set(head, firstFree(groups, from, file));
  }
}

/** The first group of the chain that the row belongs to, or -1. */
function find(groups: GroupTable, slots: Slots, key: number, t: PacketTable, row: number): number {
  for (let place = slots.first(key); place >= 0; place = slots.after(key, place)) {
    const head = slots.at(place);
    if (isHeadOf(groups, head, t, row)) return head;
  }
  return -1;
}

function isHeadOf(groups: GroupTable, group: number, t: PacketTable, row: number): boolean {
  if (group >= groups.count || groups.tail[group] === NOT_FIRST) return false;
  const other = groups.files[groups.file[group] ?? 0];
  return other !== undefined && isSame(other, groups.row[group] ?? 0, t, row);
}

function attachAgain(groups: GroupTable, group: number, file: number, t: PacketTable, row: number): boolean {
  let at = rowAt(groups, group, file);
  if (at < 0) return false;
  for (let next = at; next >= 0; next = againAt(groups, file, next)) at = next;
  if (!isOnceMore(t, at, row)) return false;
  const again = groups.again[file] ?? new Int32Array(t.rows);
  groups.again[file] = again;
  again[at] = row;
  return true;
}

/** A group of the chain that this file has not got yet, with the row's IP ID. */
function freeGroup(groups: GroupTable, from: number, file: number, t: PacketTable, row: number): number {
  let steps = 0;
  for (let group = from; group >= 0 && steps < LOOK_AHEAD; group = nextOf(groups, group)) {
    steps += 1;
    const other = groups.files[groups.file[group] ?? 0];
    if (rowAt(groups, group, file) < 0 && other?.ipId[groups.row[group] ?? 0] === t.ipId[row]) return group;
  }
  return -1;
}

function firstFree(groups: GroupTable, from: number, file: number): number {
  let group = from;
  while (rowAt(groups, group, file) >= 0 && nextOf(groups, group) >= 0) group = nextOf(groups, group);
  return group;
}

function append(groups: GroupTable, head: number, file: number, row: number): number {
  const group = addGroup(groups, file, row);
  groups.next[(groups.tail[head] ?? 0) || head] = group;
  groups.tail[head] = group;
  groups.tail[group] = NOT_FIRST;
  return group;
}
