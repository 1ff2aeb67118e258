/**
 * Groups under way: each stands for one packet and knows in which row of which file it is. Groups of equal identity form a
 * chain, in the order of their first file. All is in typed arrays; where most groups have nothing to say, 0 is written as
 * nothing, so that memory nobody writes to is never taken.
 */
import type { PacketTable } from './packet-table';

export interface GroupTable {
  readonly files: readonly PacketTable[];
  count: number;
  /** For each file, by group, the row of the packet, or -1: it does not hold it. */
  readonly rows: Int32Array[];
  file: Uint8Array; // a file that holds it, and the row there: what others are compared with
  row: Int32Array;
  next: Int32Array; // in its chain, or 0: it is the last, and no group that comes after another has the number 0
  /** Of a chain's first group: the chain's last, or 0 where it is alone. NOT_FIRST for those behind it. */
  tail: Int32Array;
  /** The next row of the same file that holds the same packet once more, or 0. Null where no row has one. */
  readonly again: (Int32Array | null)[];
}

export const NOT_FIRST = -1;
const SPARE = 1.05; // groups that the longest file lacks

/** With room for as many groups as the longest file has packets, and some more. */
export const newGroups = (files: readonly PacketTable[]): GroupTable => {
  const capacity = Math.ceil(Math.max(64, ...files.map(({ rows }) => rows)) * SPARE);
  return {
    files,
    count: 0,
    rows: files.map(() => new Int32Array(capacity).fill(-1)),
    file: new Uint8Array(capacity),
    row: new Int32Array(capacity),
    next: new Int32Array(capacity),
    tail: new Int32Array(capacity),
    again: files.map(() => null),
  };
};

function makeRoom(groups: GroupTable): void {
  const capacity = groups.count + (groups.count >>> 1);
  groups.rows.forEach((rows, file) => {
    groups.rows[file] = wider(rows, new Int32Array(capacity).fill(-1));
  });
  groups.file = wider(groups.file, new Uint8Array(capacity));
  groups.row = wider(groups.row, new Int32Array(capacity));
  groups.next = wider(groups.next, new Int32Array(capacity));
  groups.tail = wider(groups.tail, new Int32Array(capacity));
}

function wider<Column extends Int32Array | Uint8Array>(from: Column, to: Column): Column {
  to.set(from);
  return to;
}

export function addGroup(groups: GroupTable, file: number, row: number): number {
  if (groups.count === groups.file.length) makeRoom(groups);
  const group = groups.count;
  groups.count += 1;
  setRow(groups, group, file, row);
  groups.file[group] = file;
  groups.row[group] = row;
  return group;
}

export const rowAt = (groups: GroupTable, group: number, file: number): number => groups.rows[file]?.[group] ?? -1;

export function setRow({ rows }: GroupTable, group: number, file: number, row: number): void {
  const own = rows[file];
  if (own !== undefined) own[group] = row;
}

/** The row of this file that holds the packet of this one once more, or -1. */
export const againAt = (groups: GroupTable, file: number, row: number): number =>
  (groups.again[file]?.[row] ?? 0) || -1;

/** The next group of a chain, or -1. */
export const nextOf = (groups: GroupTable, group: number): number => (groups.next[group] ?? 0) || -1;

/** Slots of a hash table: keys, and for each a number from 0; linear probing, at most two thirds full. */
export class Slots {
  private pairs: Int32Array; // key, number + 1; 0: free. Side by side, since memory is read by the line
  private used = 0;
  private touched = 0; // so that no compiler leaves out the reading

  constructor(expected: number) {
    this.pairs = new Int32Array(2 ** Math.ceil(Math.log2(Math.max(64, 3 * expected))));
  }

  /** What holds these keys, for whoever asks for them next: into the processor's cache. */
  bringNear(keys: Int32Array, length: number): void {
    const { pairs } = this;
    const mask = pairs.length - 2;
    for (let i = 0; i < length; i += 1) this.touched ^= pairs[(2 * (keys[i] ?? 0)) & mask] ?? 0;
  }

  /** The place of the first number with this key, or -1. */
  first(key: number): number {
    return this.from(key, 2 * key);
  }

  /** The place of the next one with the key, or -1. */
  after(key: number, place: number): number {
    return this.from(key, place + 2);
  }

  private from(key: number, start: number): number {
    const { pairs } = this;
    const mask = pairs.length - 2; // even places alone
    for (let place = start & mask; ; place = (place + 2) & mask) {
      if (pairs[place + 1] === 0) return -1;
      if (pairs[place] === key) return place;
    }
  }

  at(place: number): number {
    return (this.pairs[place + 1] ?? 0) - 1;
  }

  add(key: number, number: number): void {
    if (this.used * 3 >= this.pairs.length) this.grow();
    this.put(key, number + 1);
    this.used += 1;
  }

  private put(key: number, value: number): void {
    const { pairs } = this;
    const mask = pairs.length - 2;
    let place = (2 * key) & mask;
    while (pairs[place + 1] !== 0) place = (place + 2) & mask;
    pairs[place] = key;
    pairs[place + 1] = value;
  }

  private grow(): void {
    const old = this.pairs;
    this.pairs = new Int32Array(old.length * 2);
    for (let place = 0; place < old.length; place += 2) {
      const value = old[place + 1] ?? 0;
      if (value !== 0) this.put(old[place] ?? 0, value);
    }
  }
}
