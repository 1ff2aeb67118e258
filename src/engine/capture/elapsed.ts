/**
 * Nanoseconds from one moment to another, each in seconds and nanoseconds; exact up to 104 days.
 *
 * The half second, which is taken off again, keeps the sum in floating point from the first packet on. Else it is a small whole
 * number at first, compilers take it for an integer, and throw away what they made of the whole reader when it grows.
 */
export const elapsedNs = (seconds: number, nanoseconds: number, fromSeconds: number, fromNanoseconds: number): number =>
  (seconds - fromSeconds + 0.5) * 1e9 + (nanoseconds - fromNanoseconds) - 5e8;
