/**
 * The pairs of MACs in a file, destination and source, each once: a million frames go between a handful of devices, and a
 * number for the pair takes 2 bytes where the MACs take 12. Flat arrays, since a file may hold as many pairs as frames.
 */
export interface Links {
  readonly dst: number[]; // by the number of the pair; 0 is the pair of no MACs
  readonly src: number[];
  /** A hash table of numbers of pairs, by open addressing; 0: free. Its length is a power of two, at most half of it taken. */
  slots: Uint32Array;
}

const SLOTS_AT_FIRST = 64;

export const newLinks = (): Links => ({ dst: [0], src: [0], slots: new Uint32Array(SLOTS_AT_FIRST) });

/** MACs as numbers of 48 bits. */
export function numberOf(links: Links, dst: number, src: number): number {
  if (dst === 0 && src === 0) return 0;
  const at = slotOf(links, dst, src);
  const known = links.slots[at] ?? 0;
  if (known !== 0) return known;
  const number = links.dst.push(dst) - 1;
  links.src.push(src);
  links.slots[at] = number;
  if (number * 2 > links.slots.length) grow(links);
  return number;
}

/** Where the pair stands, or is to stand. */
function slotOf({ dst, src, slots }: Links, wantedDst: number, wantedSrc: number): number {
  const mask = slots.length - 1;
  const high =
    Math.imul((wantedDst / 0x1_0000_0000) | 0, 0x27d4eb2f) ^ Math.imul((wantedSrc / 0x1_0000_0000) | 0, 0x165667b1);
  const hash = Math.imul(wantedDst | 0, 0x9e3779b1) ^ Math.imul(wantedSrc | 0, 0x85ebca6b) ^ high;
  let at = (hash ^ (hash >>> 15)) & mask;
  for (;;) {
    const number = slots[at] ?? 0;
    if (number === 0 || (dst[number] === wantedDst && src[number] === wantedSrc)) return at;
    at = (at + 1) & mask;
  }
}

function grow(links: Links): void {
  links.slots = new Uint32Array(links.slots.length * 2);
  for (let number = 1; number < links.dst.length; number += 1)
    links.slots[slotOf(links, links.dst[number] ?? 0, links.src[number] ?? 0)] = number;
}
