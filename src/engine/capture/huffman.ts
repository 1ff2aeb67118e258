/** Huffman codes of deflate, RFC 1951 section 3.2.2, as tables: the next bits of the stream are the index. */
const CODE_LENGTH_MAX = 15; // bits

/** `entries[bits]` is symbol × 16 + the length of its code; 0 where these bits begin no code. */
export interface CodeTable {
  readonly entries: Uint16Array;
  readonly mask: number; // of the bits that make an index
  readonly longest: number; // bits: with so many at hand, an entry of 0 is damage
}

/**
 * Null where the lengths make no code: too many short ones, or bits left over. Only a code of one symbol, or of none, may
 * be incomplete, as in zlib's `inflate_table`.
 */
export function codeTable(lengths: Uint8Array): CodeTable | null {
  const counts = new Uint16Array(CODE_LENGTH_MAX + 1);
  for (const length of lengths) counts[length] = (counts[length] ?? 0) + 1;
  let longest = 0;
  let left = 1; // codes of this length that are not taken
  const next = new Uint16Array(CODE_LENGTH_MAX + 2);
  for (let length = 1, code = 0; length <= CODE_LENGTH_MAX; length += 1) {
    const count = counts[length] ?? 0;
    next[length] = code;
    code = (code + count) << 1;
    left = left * 2 - count;
    if (left < 0) return null;
    if (count > 0) longest = length;
  }
  if (left > 0 && longest > 1) return null;
  const entries = new Uint16Array(1 << longest);
  for (let symbol = 0; symbol < lengths.length; symbol += 1) {
    const length = lengths[symbol] ?? 0;
    if (length === 0) continue;
    const code = next[length] ?? 0;
    next[length] = code + 1;
    for (let index = reversed(code, length); index < entries.length; index += 1 << length)
      entries[index] = symbol * 16 + length;
  }
  return { entries, mask: entries.length - 1, longest };
}

/** A code stands in the stream with its first bit lowest. */
function reversed(code: number, length: number): number {
  let bits = 0;
  for (let i = 0; i < length; i += 1) bits |= ((code >>> i) & 1) << (length - 1 - i);
  return bits;
}

const lengthsOf = (...runs: readonly (readonly [count: number, length: number])[]): Uint8Array =>
  Uint8Array.from(runs.flatMap(([count, length]) => new Array<number>(count).fill(length)));

/** Section 3.2.6. */
export const FIXED = {
  literals: codeTable(lengthsOf([144, 8], [112, 9], [24, 7], [8, 8])),
  distances: codeTable(lengthsOf([32, 5])),
} as const;
