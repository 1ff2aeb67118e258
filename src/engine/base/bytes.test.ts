import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concat, fromHex, hex, hexNumber, sameBytes } from './bytes';

describe('bytes', () => {
  test('joins parts in order, empty ones included', () => {
    expect(hex(concat(fromHex('01 02'), fromHex(''), fromHex('03')))).toBe('010203');
  });
  test('joins nothing to no bytes', () => expect(concat()).toHaveLength(0));
  test('reads hex over several lines and in either case', () => {
    expect([...fromHex(' 0A\n0b\tfF ')]).toEqual([10, 11, 255]);
  });
  test.each(['0', '0g', '0x00'])('calls %j no hex', (text) => expect(() => fromHex(text)).toThrow('invariant'));
  test('writes ids as people do', () => expect(hexNumber(0x722, 4)).toBe('0x0722'));
  test('hex and back is the same', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => sameBytes(fromHex(hex(bytes)), bytes)));
  });
  test('bytes differ by length or by content', () => {
    expect(sameBytes(fromHex('01'), fromHex('0100'))).toBe(false);
    expect(sameBytes(fromHex('01'), fromHex('02'))).toBe(false);
    expect(sameBytes(fromHex('01 02'), fromHex('0102'))).toBe(true);
  });
});
