import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newClock, setClock } from './pcapng-time';

function read(ticksPerSecond: number | bigint, stamp: bigint, offsetSeconds = 0) {
  const clock = newClock(ticksPerSecond, offsetSeconds);
  setClock(clock, Number(stamp >> 32n), Number(stamp & 0xffff_ffffn));
  return [clock.seconds, clock.nanoseconds];
}

describe('setClock', () => {
  test.each([
    ['microseconds', 1_000_000, 1_795_332_882_722_551n, [1_795_332_882, 722_551_000]],
    ['nanoseconds', 1_000_000_000, 1_795_332_882_722_551_123n, [1_795_332_882, 722_551_123]],
    ['seconds', 1, 1_795_332_882n, [1_795_332_882, 0]],
    ['a quarter of a second', 4, 7_181_331_531n, [1_795_332_882, 750_000_000]],
    ['picoseconds', 10n ** 12n, 1_795_332_882_000_000_999n, [1_795_332, 882_000_000]],
    ['the year 2107', 1_000_000, 4_323_456_000_000_001n, [4_323_456_000, 1000]],
  ] as const)('%s', (_, ticks, stamp, expected) => expect(read(ticks, stamp)).toEqual(expected));

  test('an offset moves the seconds', () => {
    expect(read(1_000_000, 5_000_001n, 1_700_000_000)).toEqual([1_700_000_005, 1000]);
    expect(read(1_000_000, 5_000_001n, -3600)).toEqual([-3595, 1000]);
  });

  test('every resolution and time stamp give what whole numbers give', () => {
    const resolution = fc.oneof(
      fc.integer({ min: 0, max: 19 }).map((exponent) => 10n ** BigInt(exponent)),
      fc.integer({ min: 0, max: 63 }).map((exponent) => 2n ** BigInt(exponent)),
    );
    fc.assert(
      fc.property(resolution, fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }), (ticks, stamp) => {
        const nanoseconds = Number(((stamp % ticks) * 1_000_000_000n) / ticks);
        const given = ticks <= 2n ** 53n ? Number(ticks) : ticks;
        expect(read(given, stamp)).toEqual([Number(stamp / ticks), nanoseconds]);
      }),
      { numRuns: 2000 },
    );
  });
});
