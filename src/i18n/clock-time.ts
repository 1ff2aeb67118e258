const NS_PER_US = 1000;
const NS_PER_MS = 1_000_000;

/** A time between clocks as people read it; the units are the same in every language. */
export const clockTime = (ns: number): string =>
  Math.abs(ns) < NS_PER_MS ? `${(ns / NS_PER_US).toFixed(1)} µs` : `${(ns / NS_PER_MS).toFixed(3)} ms`;
