/**
 * When a kernel timer really fires. Linux keeps timers in a wheel whose buckets get coarser with distance and always
 * rounds up, so a timer of 1 s fires after 1.004 to 1.032 s and one of 5 s after 5.0 to 5.25 s.
 * Source: Linux kernel/time/timer.c, calc_index() and the table of levels for HZ=250 at the top of the file.
 * This is why ARP requests are 1.02 s apart and the late probes come 5.1 s on, not 1.00 and 5.00.
 */
export const JIFFY_US = 4_000; // HZ=250

const LEVEL_SIZE = 64; // buckets a level
const LEVEL_SHIFT = 3; // each level is 8 times coarser
const LEVELS = 9;

/**
 * Where in the wheel's turn a run starts. A real host starts anywhere; here a 5 s timer fires after 5.18 s, the middle of
 * what was measured (5.05 to 5.3 s), and a 1 s timer after 1.024 s.
 */
const PHASE_JIFFIES = 48;

export const jiffiesOf = (atUs: number): number => Math.floor(atUs / JIFFY_US) + PHASE_JIFFIES;

/** Virtual time, in microseconds, at which a timer set now for `delayUs` fires. */
export function firesAtUs(nowUs: number, delayUs: number): number {
  const now = jiffiesOf(nowUs);
  const expires = now + Math.ceil(delayUs / JIFFY_US);
  const delta = expires - now;
  let level = 0;
  while (level < LEVELS - 1 && delta >= (LEVEL_SIZE - 1) * 2 ** (level * LEVEL_SHIFT)) level += 1;
  const granularity = 2 ** (level * LEVEL_SHIFT);
  return ((Math.floor(expires / granularity) + 1) * granularity - PHASE_JIFFIES) * JIFFY_US;
}
