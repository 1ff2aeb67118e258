import { deflateRawSync, inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concat, fromHex, hex } from '../base/bytes';
import { newInflater } from './inflate';

/** Everything that came out, in slices of so many bytes; `used`: how many belonged to the stream. */
function inflated(packed: Uint8Array, slice = packed.length) {
  const parts: Uint8Array[] = [];
  const inflater = newInflater((part) => parts.push(part.slice()));
  let used = 0;
  let isDamaged = false;
  for (let at = 0; at < packed.length && !inflater.ended && !isDamaged; at += slice) {
    const taken = inflater.push(packed.subarray(at, at + slice));
    if (taken === null) isDamaged = true;
    else used += taken;
  }
  return { bytes: concat(...parts), used, ended: inflater.ended, isDamaged };
}

/** Bytes with repetitions near and far, as packets have them. */
const likePackets = (length: number): Uint8Array => {
  let state = 1;
  return Uint8Array.from({ length }, (_, i) => {
    state = (state * 1_103_515_245 + 12_345) & 0x7fff_ffff;
    return i % 60 < 40 ? (i % 60) * 3 : state >>> 16;
  });
};

const STRATEGIES = [
  { level: 0 }, // stored blocks
  { level: 1 },
  { level: 9 },
  { strategy: 4 }, // Z_FIXED
  { strategy: 2 }, // Z_HUFFMAN_ONLY
  { strategy: 3 }, // Z_RLE
];

describe('newInflater', () => {
  test('RFC 1951 section 3.2.6: a block of fixed codes', () => {
    const said = inflated(fromHex('4b4c4a4e49 05 00')); // "abcdef", as zlib writes it
    expect(String.fromCharCode(...said.bytes)).toBe(inflateRawSync(fromHex('4b4c4a4e4905 00')).toString());
  });
  test.each(STRATEGIES)('gives back what zlib packed with %j, whatever the slices', (options) => {
    for (const length of [0, 1, 300, 200_000]) {
      const bytes = likePackets(length);
      const packed = new Uint8Array(deflateRawSync(bytes, options));
      for (const slice of length > 1000 ? [4096, 65_536, packed.length] : [1, 2, 7, packed.length]) {
        const said = inflated(packed, slice);
        expect(said).toMatchObject({ used: packed.length, ended: true, isDamaged: false });
        expect(Buffer.compare(said.bytes, bytes)).toBe(0);
      }
    }
  });
  test('reads no byte behind the end of the stream', () => {
    const packed = new Uint8Array(deflateRawSync(likePackets(5000)));
    const followed = concat(packed, fromHex('1122334455667788'));
    for (const slice of [1, 3, 100, followed.length]) expect(inflated(followed, slice).used).toBe(packed.length);
  });
  test('cut anywhere, it gives a beginning and waits for more', () => {
    const bytes = likePackets(3000);
    const packed = new Uint8Array(deflateRawSync(bytes));
    for (let length = 0; length < packed.length; length += 1) {
      const said = inflated(packed.subarray(0, length));
      expect(said).toMatchObject({ ended: false, isDamaged: false });
      expect(Buffer.compare(said.bytes, bytes.subarray(0, said.bytes.length))).toBe(0);
    }
  });
  test('takes nothing for whole that zlib finds damaged, and never throws', () => {
    const packed = [...STRATEGIES, ...STRATEGIES].map(
      (options) => new Uint8Array(deflateRawSync(likePackets(700), options)),
    );
    const edits = fc.array(fc.tuple(fc.nat(1000), fc.nat(255)), { minLength: 1, maxLength: 3 });
    fc.assert(
      fc.property(fc.constantFrom(...packed), edits, fc.integer({ min: 1, max: 300 }), (whole, changes, slice) => {
        const bytes = whole.slice();
        for (const [at, value] of changes) bytes[at % bytes.length] = value;
        const said = inflated(bytes, slice);
        let wanted: string | null;
        try {
          wanted = hex(inflateRawSync(bytes));
        } catch (error) {
          wanted = error instanceof Error && error.message === 'unexpected end of file' ? 'cut' : null;
        }
        if (wanted === null)
          expect(said.ended).toBe(false); // damaged, or so near the end that it waits for more
        else if (wanted === 'cut') expect(said).toMatchObject({ ended: false, isDamaged: false });
        else expect([said.ended, hex(said.bytes)]).toEqual([true, wanted]);
      }),
      { numRuns: 800 },
    );
  });
});
