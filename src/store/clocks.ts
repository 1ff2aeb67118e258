/** Clocks of the open files that were set against each other: by hand, or as measured. */
import { useApp } from './store';

/** `to` shows so much more than `from`; ids of files. */
export interface ClockPair {
  readonly from: string;
  readonly to: string;
  readonly aheadNs: number;
}

const isSame = (a: Pick<ClockPair, 'from' | 'to'>, b: Pick<ClockPair, 'from' | 'to'>): boolean =>
  a.from === b.from && a.to === b.to;

/** Null: that pair is as it is. */
export const setClock = (pair: Pick<ClockPair, 'from' | 'to'>, aheadNs: number | null): void =>
  useApp.setState(({ clocks }) => {
    const others = clocks.filter((one) => !isSame(one, pair));
    return { clocks: aheadNs === null ? others : [...others, { ...pair, aheadNs }] };
  });

export const clockOf = (clocks: readonly ClockPair[], pair: Pick<ClockPair, 'from' | 'to'>): number | null =>
  clocks.find((one) => isSame(one, pair))?.aheadNs ?? null;

/** How far each file's clock is ahead of the others it was set against; a file set against none is left out. */
export function aheadOf(clocks: readonly ClockPair[]): ReadonlyMap<string, number> {
  const ahead = new Map<string, number>();
  const follow = (file: string, ns: number): void => {
    if (ahead.has(file)) return;
    ahead.set(file, ns);
    for (const { from, to, aheadNs } of clocks) {
      if (from === file) follow(to, ns + aheadNs);
      if (to === file) follow(from, ns - aheadNs);
    }
  };
  for (const { from } of clocks) follow(from, 0);
  return ahead;
}
