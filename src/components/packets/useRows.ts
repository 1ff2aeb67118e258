/** The packets to list: all in their order, or those a filter lets pass, as far as they have been found. */
import { useEffect, useMemo, useState } from 'react';
import type { Filter } from '../../engine/filter/types';
import { inSlices } from '../../store/breath';
import { beginBusy } from '../../store/environment';
import { inTimeOf } from './in-time';
import type { Marks } from './marks';
import { byHop, passing } from './order';
import { type Sifted, sift } from './sift';
import { type Source, totalOf } from './sources';

export type Sort = 'time' | 'hop';

export interface Rows {
  readonly numbers: Uint32Array; // of packets, in the order of the rows
  readonly state: 'sorting' | 'sifting' | 'done' | 'failed';
  readonly searched: number; // share of the packets that the filter was asked about
}

const NONE = new Uint32Array(0);
const TYPING_MS = 150; // a filter of many packets waits for the next key
const MANY = 20_000; // packets

export function useRows(
  sources: readonly Source[],
  marks: Marks,
  points: ReadonlyMap<string, string>,
  sort: Sort,
  filter: Filter,
  ahead: ReadonlyMap<string, number>, // clocks of files
): Rows {
  const inTime = useInTime(sources, ahead);
  const sifted = useSifted(sources, points, filter);
  const { order: earliestFirst, isDone } = inTime;
  const order = useMemo(
    () => (sort === 'hop' ? byHop(earliestFirst, marks) : earliestFirst),
    [earliestFirst, marks, sort],
  );
  const numbers = useMemo(() => {
    if (filter.kind === 'all') return order;
    if (!isDone) return NONE;
    return sifted === null || sifted === 'failed' ? NONE : passing(order, sifted.passes, sifted.found);
  }, [order, isDone, filter, sifted]);
  const total = totalOf(sources);
  if (!isDone) return { numbers, state: 'sorting', searched: 0 };
  if (filter.kind === 'all') return { numbers, state: 'done', searched: 1 };
  if (sifted === 'failed') return { numbers: NONE, state: 'failed', searched: 0 };
  const searched = sifted === null || total === 0 ? 0 : sifted.asked / total;
  return { numbers, state: sifted?.isWhole === true ? 'done' : 'sifting', searched };
}

interface Sorted {
  readonly of: readonly Source[];
  readonly by: ReadonlyMap<string, number>;
  readonly inTime: Uint32Array;
}

/** While packets are put in order, as they were before, if those of further files alone are added. */
function useInTime(
  sources: readonly Source[],
  ahead: ReadonlyMap<string, number>,
): { readonly order: Uint32Array; readonly isDone: boolean } {
  const [sorted, setSorted] = useState<Sorted | null>(null);
  useEffect(() => {
    const stop = new AbortController();
    const rest = beginBusy();
    inSlices(inTimeOf(sources, ahead), stop.signal, (inTime) => {
      setSorted({ of: sources, by: ahead, inTime });
      rest();
    });
    return () => {
      stop.abort();
      rest();
    };
  }, [sources, ahead]);
  const isDone = sorted?.of === sources && sorted.by === ahead;
  return { order: sorted !== null && isContinued(sorted.of, sources) ? sorted.inTime : NONE, isDone };
}

/** All packets from before have the numbers that they had. */
const isContinued = (before: readonly Source[], now: readonly Source[]): boolean =>
  before.every(({ id, count }, i) => now[i]?.id === id && now[i].count === count);

function useSifted(
  sources: readonly Source[],
  points: ReadonlyMap<string, string>,
  filter: Filter,
): Sifted | 'failed' | null {
  const [known, setKnown] = useState<{ readonly of: Filter; readonly sifted: Sifted | 'failed' } | null>(null);
  useEffect(() => {
    if (filter.kind === 'all') return;
    const stop = new AbortController();
    const rest = beginBusy();
    const start = () => {
      const report = (sifted: Sifted) => setKnown({ of: filter, sifted });
      sift(sources, filter, (source) => points.get(source.id), stop.signal, report)
        .catch(() => stop.signal.aborted || setKnown({ of: filter, sifted: 'failed' }))
        .finally(rest);
    };
    const timer = setTimeout(start, totalOf(sources) > MANY ? TYPING_MS : 0);
    return () => {
      stop.abort();
      clearTimeout(timer);
      rest();
    };
  }, [sources, points, filter]);
  return known?.of === filter && (known.sifted === 'failed' || known.sifted.passes.length === totalOf(sources))
    ? known.sifted
    : null;
}
