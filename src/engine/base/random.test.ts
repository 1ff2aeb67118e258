import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hash32 } from './random';

describe('hash32', () => {
  test('same seed and parts, same number', () => expect(hash32(7, 'ip-id', 3)).toBe(hash32(7, 'ip-id', 3)));
  test('is an unsigned 32-bit number for any parts', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), fc.array(fc.oneof(fc.maxSafeInteger(), fc.string())), (seed, parts) => {
        const value = hash32(seed, ...parts);
        return Number.isInteger(value) && value >= 0 && value <= 0xffff_ffff;
      }),
    );
  });
  test('tells apart parts that would join to the same text', () => {
    const values = [hash32(1, 'ab', 'c'), hash32(1, 'a', 'bc'), hash32(1, 'abc'), hash32(1, 'abc', '')];
    expect(new Set(values).size).toBe(values.length);
  });
  test('tells the number 1 from the text 1, and large numbers from their low bits', () => {
    const values = [hash32(1, 1), hash32(1, '1'), hash32(1, 1 + 2 ** 32), hash32(1 + 2 ** 32, 1), hash32(1, -1)];
    expect(new Set(values).size).toBe(values.length);
  });
  test('spreads a counter evenly over its 16 highest and 16 lowest values', () => {
    const [high, low] = [new Array<number>(16).fill(0), new Array<number>(16).fill(0)];
    for (let i = 0; i < 16_000; i += 1) {
      const value = hash32(1, 'n', i);
      high[value >>> 28] = (high[value >>> 28] ?? 0) + 1;
      low[value & 15] = (low[value & 15] ?? 0) + 1;
    }
    for (const count of [...high, ...low]) expect(Math.abs(count - 1000)).toBeLessThan(150);
  });
  test('a fraction is a bug', () => expect(() => hash32(0.5)).toThrow('whole numbers'));
});
