/** Sums of 16-bit words for checksums (RFC 1071), over a part of an array and without copying it. */

/** Not folded; below 2^53 for any packet. An odd last byte counts as if a zero followed. */
export function sumOf(b: Uint8Array, at: number, end: number): number {
  let sum = 0;
  const even = end - ((end - at) & 1);
  for (let i = at; i < even; i += 2) sum += ((b[i] ?? 0) << 8) | (b[i + 1] ?? 0);
  return even < end ? sum + ((b[even] ?? 0) << 8) : sum;
}

/** With the carries added in again: 0xffff where a correct checksum is among the words. */
export function foldedSum(sum: number): number {
  let folded = sum;
  while (folded > 0xffff) folded = (folded % 0x1_0000) + Math.floor(folded / 0x1_0000);
  return folded;
}
