import { describe, expect, test } from 'vitest';
import { anchorFor, placesOf, rowAtTop } from './window';
import { clockText, lengthText, readNumber, secondsText } from './words';

test('times have microseconds, and nanoseconds where there are any', () => {
  expect(secondsText(88_000)).toBe('0.000088');
  expect(secondsText(12_000_000_001)).toBe('12.000000001');
  expect(secondsText(-20_000)).toBe('-0.000020');
  expect(secondsText(null)).toBe('–');
  expect(clockText(1_700_000_000, 1_000)).toBe('2023-11-14 22:13:20.000001 UTC');
  expect(clockText(0, 0)).toBe('–');
});

test('a length says what the capture cut off', () => {
  expect(lengthText(98, 98)).toBe('98');
  expect(lengthText(64, 1514)).toBe('64/1514');
});

test('a number is read with or without its sign and commas', () => {
  expect(['#12', ' 12 ', '1,200', '0', '-1', 'x', ''].map(readNumber)).toEqual([12, 12, 1200, null, null, null, null]);
});

describe('a list of more rows than there are places to scroll to', () => {
  const extent = { rows: 4_000_000, inSight: 15 };
  const last = placesOf(extent) - extent.inSight;

  test('begins with the first row and ends with the last', () => {
    expect(rowAtTop(extent, 0)).toBe(0);
    expect(rowAtTop(extent, last)).toBe(4_000_000 - 15);
    expect(rowAtTop(extent, last + 1)).toBe(4_000_000 - 15);
  });

  test('never goes back where the place goes on', () => {
    for (let place = 1; place < 1000; place += 1) {
      expect(rowAtTop(extent, place)).toBeGreaterThanOrEqual(rowAtTop(extent, place - 1));
    }
  });

  test('brings every row into sight, though it may have no place of its own', () => {
    for (const row of [0, 1, 14, 15, 16, 1_234_567, 3_999_999]) {
      const to = anchorFor(extent, 2_000_000, row);
      expect(to).not.toBeNull();
      if (to === null) continue;
      expect(row).toBeGreaterThanOrEqual(to.row);
      expect(row).toBeLessThan(to.row + extent.inSight);
      expect(Math.abs(rowAtTop(extent, to.place) - to.row)).toBeLessThan(15);
    }
    expect(anchorFor(extent, 100, 105)).toBeNull();
    expect(anchorFor(extent, 100, 115)?.row).toBe(102); // the shortest way: down to the last whole row
    expect(anchorFor(extent, 100, 99)?.row).toBe(99);
  });

  test('a short list has a place for each row', () => {
    expect([0, 7].map((place) => rowAtTop({ rows: 10, inSight: 3 }, place))).toEqual([0, 7]);
  });
});
