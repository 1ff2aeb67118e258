import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ipv4 } from '../addr/ipv4';
import { concat, fromHex } from '../base/bytes';
import { checksum, pseudoHeader, update16 } from './checksum';

/** Linux `ip_decrease_ttl`, include/net/ip.h: the sum of the field and 0x0100, plus one if that reaches 0xffff. */
const decreaseTtl = (before: number): number => {
  const sum = before + 0x0100;
  return (sum + (sum >= 0xffff ? 1 : 0)) & 0xffff;
};

describe('checksum', () => {
  test('gives the sum of the example in RFC 1071 section 3', () => {
    // The RFC shows the sum 0xddf2; the checksum is its complement.
    expect(checksum(fromHex('0001 f203 f4f5 f6f7'))).toBe(~0xddf2 & 0xffff);
  });
  test('of bytes that hold their checksum is zero', () => {
    const header = fromHex('45000054 4c484000 4001d573 0af40104 0af40202');
    expect(checksum(header)).toBe(0);
  });
  test('pads an odd last byte on its right', () => {
    expect(checksum(fromHex('0102 03'))).toBe(checksum(fromHex('0102 0300')));
  });
  test('does not depend on how even regions are cut', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), fc.nat(32), (bytes, words) => {
        const cut = Math.min(2 * words, bytes.length);
        expect(checksum(bytes.subarray(0, cut), bytes.subarray(cut))).toBe(checksum(bytes));
      }),
    );
  });
  test('folds a carry that arises from folding', () => {
    expect(checksum(new Uint8Array(65_536).fill(0xff))).toBe(0);
  });
});

describe('update16', () => {
  test('turns 0xd573 into 0xd673 and 0xd773 as the TTL goes 64, 63, 62', () => {
    expect(update16(0xd573, 0x4001, 0x3f01)).toBe(0xd673);
    expect(update16(0xd673, 0x3f01, 0x3e01)).toBe(0xd773);
  });
  test('gives for a TTL less one what Linux gives, for every checksum', () => {
    for (const ttl of [1, 2, 64, 128, 255]) {
      for (let before = 0; before <= 0xffff; before += 1) {
        const after = update16(before, ttl * 256 + 1, (ttl - 1) * 256 + 1);
        if (after !== decreaseTtl(before)) expect({ ttl, before, after }).toBe(decreaseTtl(before));
      }
    }
  });
  test('agrees with summing again', () => {
    const anyWord = fc.nat(0xffff);
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 18, maxLength: 18 }), anyWord, (rest, word) => {
        // A first byte of 0x45, as every IPv4 header without options has, excludes the sum of nothing but zeros.
        const fixed = concat(fromHex('4500'), rest);
        const changed = fixed.slice();
        new DataView(changed.buffer).setUint16(8, word);
        const before = new DataView(fixed.buffer).getUint16(8);
        expect(update16(checksum(fixed), before, word)).toBe(checksum(changed));
      }),
    );
  });
});

describe('pseudoHeader', () => {
  test('holds addresses, protocol and length', () => {
    expect(pseudoHeader(ipv4('10.244.1.4'), ipv4('10.244.2.2'), 6, 40)).toEqual(
      fromHex('0af40104 0af40202 00 06 0028'),
    );
  });
  test('of a 40-byte segment between the pods sums to the 0x191c that offloading leaves', () => {
    const pseudo = pseudoHeader(ipv4('10.244.1.4'), ipv4('10.244.2.2'), 6, 40);
    expect(~checksum(pseudo) & 0xffff).toBe(0x191c);
  });
});
