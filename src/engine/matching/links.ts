/**
 * The pairs of MACs in a file, destination and source, each once: a million frames go between a handful of devices, and a
 * number for the pair takes 2 bytes where the MACs take 12.
 */
export interface Links {
  readonly dst: number[]; // by the number of the pair; 0 is the pair of no MACs
  readonly src: number[];
  readonly numbers: Map<string, number>;
  /** Numbers of pairs that came last, by a hash of them. */
  readonly latest: Uint32Array;
}

const LATEST = 256; // a power of two

export const newLinks = (): Links => ({
  dst: [0],
  src: [0],
  numbers: new Map([['0 0', 0]]),
  latest: new Uint32Array(LATEST),
});

/** MACs as numbers of 48 bits. */
export function numberOf(links: Links, dst: number, src: number): number {
  const place = (Math.imul(dst | 0, 0x9e3779b1) ^ Math.imul(src | 0, 0x85ebca6b)) >>> 24;
  const latest = links.latest[place] ?? 0;
  if (links.dst[latest] === dst && links.src[latest] === src) return latest;
  const key = `${dst} ${src}`;
  const number = links.numbers.get(key) ?? links.dst.length;
  if (number === links.dst.length) {
    links.numbers.set(key, number);
    links.dst.push(dst);
    links.src.push(src);
  }
  links.latest[place] = number;
  return number;
}
