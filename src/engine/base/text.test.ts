import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromHex } from './bytes';
import { utf8 } from './text';

describe('utf8', () => {
  test.each([
    ['6574 6830', 'eth0'],
    ['c3a9', 'é'],
    ['e6 8a 93 e5 8c 85', '抓包'],
    ['f0 9f 90 8b', '🐋'],
    ['', ''],
  ])('%s reads as %s', (hex, text) => expect(utf8(fromHex(hex))).toBe(text));

  test.each([
    ['a lone continuation byte', '80'],
    ['a character written longer than it need be', 'c0'],
    ['half of a surrogate pair', 'ed a0 80'],
    ['a cut character', 'e6 8a'],
    ['a number above the last character', 'f5 80 80 80'],
  ])('%s gives replacement characters only', (_, hex) => expect(utf8(fromHex(hex))).toMatch(/^\ufffd+$/));

  test('any text comes back', () => {
    const text = fc.string({ unit: 'grapheme' });
    fc.assert(fc.property(text, (said) => utf8(new TextEncoder().encode(said)) === said));
  });
  test('any bytes give text', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => typeof utf8(bytes) === 'string'));
  });
});
