/** The two arrays of a hash table, which go from one thread to another as they are. */
export interface PositionsTable {
  readonly slots: Int32Array;
  readonly hashes: Int32Array;
  readonly count: number;
}

/**
 * Where the members of a long list stand, by a key: a hash table in two flat arrays. A Map of 150,000 entries takes some
 * hundred milliseconds to fill, for which a page would stand still.
 */
export class Positions<K extends number | string> {
  readonly #keyAt: (position: number) => K;
  readonly #hashOf: (key: K) => number;
  #slots: Int32Array; // position + 1; 0: nobody
  #hashes: Int32Array; // of the member in that slot: members with another need not be looked at
  #count = 0;

  /** `from`: how many members to expect, or a table. `keyAt`: the key of the member at a position, which must not change. */
  constructor(from: number | PositionsTable, hashOf: (key: K) => number, keyAt: (position: number) => K) {
    this.#keyAt = keyAt;
    this.#hashOf = hashOf;
    if (typeof from === 'object') {
      this.#slots = from.slots;
      this.#hashes = from.hashes;
      this.#count = from.count;
      return;
    }
    this.#slots = new Int32Array(2 ** Math.ceil(Math.log2(Math.max(8, from * 2))));
    this.#hashes = new Int32Array(this.#slots.length);
  }

  get table(): PositionsTable {
    return { slots: this.#slots, hashes: this.#hashes, count: this.#count };
  }

  /** Of several members with one key the first is kept. */
  add(key: K, position: number): void {
    if ((this.#count + 1) * 2 > this.#slots.length) this.#grow();
    const hash = this.#hashOf(key) | 0;
    const slot = this.#slotOf(key, hash);
    if (this.#slots[slot] !== 0) return;
    this.#slots[slot] = position + 1;
    this.#hashes[slot] = hash;
    this.#count += 1;
  }

  /** The position of the member with that key, or -1. */
  find(key: K): number {
    return (this.#slots[this.#slotOf(key, this.#hashOf(key) | 0)] ?? 0) - 1;
  }

  /** Where the key stands, or the free slot where it would. */
  #slotOf(key: K, hash: number): number {
    const [slots, hashes] = [this.#slots, this.#hashes];
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (;;) {
      const entry = slots[slot] ?? 0;
      if (entry === 0 || (hashes[slot] === hash && this.#keyAt(entry - 1) === key)) return slot;
      slot = (slot + 1) & mask;
    }
  }

  #grow(): void {
    const before = this.#slots;
    this.#slots = new Int32Array(before.length * 2);
    this.#hashes = new Int32Array(before.length * 2);
    this.#count = 0;
    for (const entry of before) if (entry !== 0) this.add(this.#keyAt(entry - 1), entry - 1);
  }
}

/** FNV-1a, 32 bits (draft-eastlake-fnv section 2), of the text's UTF-16 units, mixed once more so that its low bits depend on all. */
export function hashOfText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return mixed(hash);
}

/** The finalizer of MurmurHash3_x86_32 (public domain). */
export function mixed(value: number): number {
  let out = value ^ (value >>> 16);
  out = Math.imul(out, 0x85ebca6b);
  out = Math.imul(out ^ (out >>> 13), 0xc2b2ae35);
  return out ^ (out >>> 16);
}
