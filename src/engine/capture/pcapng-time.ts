/**
 * A pcapng time stamp: 64 bits of ticks since 1970, draft-ietf-opsawg-pcapng section 4.3. They do not fit a number, so
 * they are divided digit by digit; no object is made, as this runs once a packet.
 */
export interface Clock {
  readonly ticksPerSecond: number | bigint;
  readonly offsetSeconds: number;
  seconds: number; // of the last time stamp read
  nanoseconds: number;
}

const DIGIT = 0x1_0000; // one of four 16-bit digits
const EXACT_MAX = 2 ** 37; // ticks a second up to which remainder × DIGIT stays below 2^53
const BILLION = 1_000_000_000;

export const newClock = (ticksPerSecond: number | bigint, offsetSeconds: number): Clock => ({
  ticksPerSecond,
  offsetSeconds,
  seconds: 0,
  nanoseconds: 0,
});

/** Sets the clock to `high` × 2^32 + `low` ticks. */
export function setClock(clock: Clock, high: number, low: number): void {
  const ticks = clock.ticksPerSecond;
  if (typeof ticks === 'bigint' || ticks > EXACT_MAX || (BILLION % ticks !== 0 && ticks % BILLION !== 0)) {
    setByBigInt(clock, BigInt(ticks), high, low);
    return;
  }
  let whole = 0;
  let rest = 0;
  for (let i = 0; i < 4; i += 1) {
    const word = i < 2 ? high : low;
    const value = rest * DIGIT + (i % 2 === 0 ? word >>> 16 : word & 0xffff);
    const quotient = Math.floor(value / ticks);
    whole = whole * DIGIT + quotient;
    rest = value - quotient * ticks;
  }
  clock.seconds = whole + clock.offsetSeconds;
  clock.nanoseconds = ticks <= BILLION ? rest * (BILLION / ticks) : Math.floor(rest / (ticks / BILLION));
}

function setByBigInt(clock: Clock, ticks: bigint, high: number, low: number): void {
  const stamp = (BigInt(high) << 32n) | BigInt(low);
  clock.seconds = Number(stamp / ticks) + clock.offsetSeconds;
  clock.nanoseconds = Number(((stamp % ticks) * 1_000_000_000n) / ticks);
}
