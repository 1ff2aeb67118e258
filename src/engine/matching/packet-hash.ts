/** Hashes for packets: 32 bits, step by step and without allocation. Equal hashes are always checked against the fields. */

/** MurmurHash3_x86_32's mixing step (public domain). */
export function stir(state: number, word: number): number {
  const k = Math.imul(word, 0xcc9e2d51);
  const scrambled = Math.imul((k << 15) | (k >>> 17), 0x1b873593);
  const mixed = state ^ scrambled;
  return (Math.imul((mixed << 13) | (mixed >>> 19), 5) + 0xe6546b64) | 0;
}

export function finish(state: number): number {
  let out = state ^ (state >>> 16);
  out = Math.imul(out, 0x85ebca6b);
  out = Math.imul(out ^ (out >>> 13), 0xc2b2ae35);
  return (out ^ (out >>> 16)) | 0;
}

/** As many bytes of a payload as `tcpdump -s 64` still holds behind IP and UDP: a shortened capture has the same hash. */
const HASHED_LENGTH = 16;

export function hashBytes(b: DataView, at: number, end: number): number {
  const until = Math.min(end, at + HASHED_LENGTH);
  let state = 0;
  let i = at;
  for (; i + 4 <= until; i += 4) state = stir(state, b.getInt32(i));
  for (; i < until; i += 1) state = stir(state, b.getUint8(i));
  return finish(state);
}
