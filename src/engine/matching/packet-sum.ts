/** Sums of 16-bit words for checksums (RFC 1071), over a part of a buffer and without copying it. */

/** Not folded; below 2^53 for any packet. An odd last byte counts as if a zero followed. */
export function sumOf(b: DataView, at: number, end: number): number {
  let high = 0; // of each four bytes the first two, and the last two: two additions where there would be two reads
  let low = 0;
  let i = at;
  for (; i + 4 <= end; i += 4) {
    const word = b.getInt32(i);
    high += word >>> 16;
    low += word & 0xffff;
  }
  let sum = high + low;
  if (i + 2 <= end) {
    sum += b.getUint16(i);
    i += 2;
  }
  return i < end ? sum + (b.getUint8(i) << 8) : sum;
}

/** With the carries added in again: 0xffff where a correct checksum is among the words. */
export function foldedSum(sum: number): number {
  let folded = sum;
  while (folded > 0xffff) folded = (folded % 0x1_0000) + Math.floor(folded / 0x1_0000);
  return folded;
}
