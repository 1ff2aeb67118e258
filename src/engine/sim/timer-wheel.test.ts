import { describe, expect, test } from 'vitest';
import { firesAtUs } from './timer-wheel';

/** The measured ranges of the lab's kernel (HZ=250): ARP retries about 1.02 s apart, the DELAY timer 5.05 to 5.3 s. */
describe('firesAtUs', () => {
  test.each([
    [0, 1_000_000, 1_024_000],
    [1_024_000, 1_000_000, 2_048_000],
    [2_048_000, 1_000_000, 3_072_000],
    [0, 5_000_000, 5_184_000],
    [0, 100_000, 104_000],
  ])('set at %i µs for %i µs it fires at %i µs', (now, delay, at) => {
    expect(firesAtUs(now, delay)).toBe(at);
  });
  test('never fires early, and at most one bucket late', () => {
    for (let now = 0; now < 3_000_000; now += 37_123) {
      const late = firesAtUs(now, 1_000_000) - (now + 1_000_000);
      expect(late).toBeGreaterThanOrEqual(0 - 4_000);
      expect(late).toBeLessThanOrEqual(32_000 + 4_000);
    }
  });
});
