/**
 * The pairs of MACs in a file, destination and source, each once: a million frames go between a handful of devices, and a
 * number for the pair takes 2 bytes where the MACs take 12. Flat arrays, since a file may hold as many pairs as frames.
 */
export interface Links {
  readonly dst: number[]; // by the number of the pair; 0 is the pair of no MACs
  readonly src: number[];
  /**
   * A hash table by open addressing, at most half of it taken, its length a power of two: the number of a pair, 0: free, and
   * its twelve bytes in three words. Numbers of 48 bits would have to be made for every frame, only to find a known pair.
   */
  slots: Int32Array;
}

const WORDS = 4; // of a slot
const SLOTS_AT_FIRST = 64;

export const newLinks = (): Links => ({ dst: [0], src: [0], slots: new Int32Array(WORDS * SLOTS_AT_FIRST) });

/** The twelve bytes as they stand in a frame, big-endian: four of the destination, two of each, four of the source. */
export function numberOf(links: Links, first: number, middle: number, last: number): number {
  if ((first | middle | last) === 0) return 0;
  const at = slotOf(links.slots, first, middle, last);
  const known = links.slots[at] ?? 0;
  if (known !== 0) return known;
  const number = links.dst.push((first >>> 0) * 0x1_0000 + (middle >>> 16)) - 1;
  links.src.push((middle & 0xffff) * 0x1_0000_0000 + (last >>> 0));
  fill(links.slots, at, number, first, middle, last);
  if (number * 2 * WORDS > links.slots.length) grow(links);
  return number;
}

/** Where the pair stands, or is to stand. */
function slotOf(slots: Int32Array, first: number, middle: number, last: number): number {
  const mask = slots.length - WORDS;
  const hash = Math.imul(first, 0x9e3779b1) ^ Math.imul(middle, 0x27d4eb2f) ^ Math.imul(last, 0x85ebca6b);
  let at = (Math.imul(hash ^ (hash >>> 15), WORDS) & mask) >>> 0;
  while (slots[at] !== 0 && (slots[at + 1] !== first || slots[at + 2] !== middle || slots[at + 3] !== last))
    at = (at + WORDS) & mask;
  return at;
}

function fill(slots: Int32Array, at: number, number: number, first: number, middle: number, last: number): void {
  slots[at] = number;
  slots[at + 1] = first;
  slots[at + 2] = middle;
  slots[at + 3] = last;
}

function grow(links: Links): void {
  const old = links.slots;
  links.slots = new Int32Array(old.length * 2);
  for (let from = 0; from < old.length; from += WORDS) {
    const [number = 0, first = 0, middle = 0, last = 0] = old.subarray(from, from + WORDS);
    if (number !== 0) fill(links.slots, slotOf(links.slots, first, middle, last), number, first, middle, last);
  }
}
