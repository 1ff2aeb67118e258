/** Sums of 16-bit words for checksums (RFC 1071), over a part of a buffer and without copying it. */

/** Folded once, so below 2^18. An odd last byte counts as if a zero followed. Up to 256 KiB, more than any packet has. */
export function sumOf(b: DataView, at: number, end: number): number {
  let high = 0; // of each four bytes the first two, and the last two: one read where there would be two
  let low = 0;
  let i = at;
  for (; i + 16 <= end; i += 16) {
    const w = b.getInt32(i);
    const x = b.getInt32(i + 4);
    const y = b.getInt32(i + 8);
    const z = b.getInt32(i + 12);
    high += (w >>> 16) + (x >>> 16) + (y >>> 16) + (z >>> 16);
    low += (w & 0xffff) + (x & 0xffff) + (y & 0xffff) + (z & 0xffff);
  }
  for (; i + 4 <= end; i += 4) {
    const word = b.getInt32(i);
    high += word >>> 16;
    low += word & 0xffff;
  }
  if (i + 2 <= end) {
    high += b.getUint16(i);
    i += 2;
  }
  if (i < end) low += b.getUint8(i) << 8;
  return (high & 0xffff) + (high >>> 16) + (low & 0xffff) + (low >>> 16);
}

/** With the carries added in again: 0xffff where a correct checksum is among the words. `sum` is below 2^32. */
export function foldedSum(sum: number): number {
  const once = (sum & 0xffff) + (sum >>> 16);
  return (once & 0xffff) + (once >>> 16);
}
