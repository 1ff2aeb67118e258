/**
 * Groups under way: each stands for one packet and knows in which row of which file it is. Groups of equal identity form a
 * chain, in the order of their first file. All is in typed arrays; a slot table with open addressing finds a chain.
 */
import type { PacketTable } from './packet-table';

export interface GroupTable {
  readonly files: readonly PacketTable[];
  count: number;
  /** Row of the packet at group * files.length + file; -1 where that file does not hold it. */
  rows: Int32Array;
  file: Int32Array; // a file that holds it, and the row there: what others are compared with
  row: Int32Array;
  next: Int32Array; // in its chain, or -1
  tail: Int32Array; // of a chain's first group: the chain's last
  /** The next row of the same file that holds the same packet once more, or -1. */
  readonly again: readonly Int32Array[];
}

export const newGroups = (files: readonly PacketTable[]): GroupTable => {
  const capacity = 1024;
  return {
    files,
    count: 0,
    rows: new Int32Array(capacity * files.length),
    file: new Int32Array(capacity),
    row: new Int32Array(capacity),
    next: new Int32Array(capacity),
    tail: new Int32Array(capacity),
    again: files.map(({ rows }) => new Int32Array(rows).fill(-1)),
  };
};

const wider = (from: Int32Array, length: number): Int32Array => {
  const to = new Int32Array(length);
  to.set(from);
  return to;
};

export function addGroup(groups: GroupTable, file: number, row: number): number {
  const points = groups.files.length;
  if (groups.count === groups.file.length) {
    const capacity = groups.count * 2;
    groups.rows = wider(groups.rows, capacity * points);
    groups.file = wider(groups.file, capacity);
    groups.row = wider(groups.row, capacity);
    groups.next = wider(groups.next, capacity);
    groups.tail = wider(groups.tail, capacity);
  }
  const group = groups.count;
  groups.count += 1;
  groups.rows.fill(-1, group * points, (group + 1) * points);
  groups.rows[group * points + file] = row;
  groups.file[group] = file;
  groups.row[group] = row;
  groups.next[group] = -1;
  groups.tail[group] = group;
  return group;
}

export const rowAt = (groups: GroupTable, group: number, file: number): number =>
  groups.rows[group * groups.files.length + file] ?? -1;

/** Slots of a hash table: the first group of a chain by its key; linear probing, at most half full. */
export class Slots {
  private keys = new Int32Array(1 << 12);
  private heads = new Int32Array(1 << 12).fill(-1);
  private used = 0;

  /** The chain for which `same` holds, or -1. */
  find(key: number, same: (head: number) => boolean): number {
    const mask = this.heads.length - 1;
    for (let slot = key & mask; ; slot = (slot + 1) & mask) {
      const head = this.heads[slot] ?? -1;
      if (head < 0) return -1;
      if (this.keys[slot] === key && same(head)) return head;
    }
  }

  add(key: number, head: number): void {
    if (this.used * 2 >= this.heads.length) this.grow();
    this.put(key, head);
    this.used += 1;
  }

  private put(key: number, head: number): void {
    const mask = this.heads.length - 1;
    let slot = key & mask;
    while ((this.heads[slot] ?? -1) >= 0) slot = (slot + 1) & mask;
    this.keys[slot] = key;
    this.heads[slot] = head;
  }

  private grow(): void {
    const { keys, heads } = this;
    this.keys = new Int32Array(heads.length * 2);
    this.heads = new Int32Array(heads.length * 2).fill(-1);
    for (let slot = 0; slot < heads.length; slot += 1) {
      const head = heads[slot] ?? -1;
      if (head >= 0) this.put(keys[slot] ?? 0, head);
    }
  }
}
