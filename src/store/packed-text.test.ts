import { deflateSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PACKED_MAX, pack, TEXT_MAX, unpack } from './packed-text';

const base64Url = (bytes: Buffer): string => bytes.toString('base64url');
const LINES = Array.from({ length: 100 }, (_, i) => `change=node${i}%3A+ip+route+del+10.244.${i}.0%2F24`).join('&');

describe('a text', () => {
  test('packed and unpacked is the same, and needs nothing an address would escape', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme-ascii', maxLength: 5000 }), async (text) => {
        const packed = (await pack(text)) ?? '';
        expect(packed).toMatch(/^[\w-]+$/);
        expect(await unpack(packed)).toEqual({ ok: true, value: text });
      }),
      { numRuns: 50 },
    );
  });
  test('is read by zlib, and what zlib wrote is read', async () => {
    expect(await unpack(base64Url(deflateSync(LINES)))).toEqual({ ok: true, value: LINES });
  });
  test('of a hundred routes is a fifth as long', async () => {
    expect((await pack(LINES))?.length).toBeLessThan(LINES.length / 5);
  });
  test('that does not fit is refused where it is written', async () => {
    expect(await pack('a'.repeat(TEXT_MAX + 1))).toBeNull();
    expect(await pack('a'.repeat(TEXT_MAX))).not.toBeNull();
    const noise = Array.from({ length: PACKED_MAX }, (_, i) => ((i * 2_654_435_761) % 0xffff_fffb).toString(36)).join(
      '',
    );
    expect(await pack(noise)).toBeNull();
  });
});

describe('a packed text', () => {
  test('cut at any place, or with one character changed, is damaged', async () => {
    const packed = (await pack(LINES)) ?? '';
    for (let at = 0; at < packed.length; at += 7) {
      expect(await unpack(packed.slice(0, at))).toEqual({ ok: false, error: 'damaged' });
      const other = packed[at] === 'A' ? 'B' : 'A';
      const changed = await unpack(packed.slice(0, at) + other + packed.slice(at + 1));
      expect(changed).toEqual({ ok: false, error: 'damaged' });
    }
  });
  test.each(['', '!', 'a b', 'AAAA', '%41', 'é', base64Url(deflateSync(Buffer.from([0xff, 0xfe])))])(
    '%j is damaged',
    async (text) => expect(await unpack(text)).toEqual({ ok: false, error: 'damaged' }),
  );
  test('that would unpack to hundreds of times its length is not unpacked to its end', async () => {
    const bomb = base64Url(deflateSync('a'.repeat(40_000_000)));
    expect(bomb.length).toBeLessThan(PACKED_MAX);
    expect(await unpack(bomb)).toEqual({ ok: false, error: 'too-long' });
    expect(await unpack('A'.repeat(PACKED_MAX + 1))).toEqual({ ok: false, error: 'too-long' });
  });
});
