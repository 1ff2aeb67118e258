/** Asks a filter about every packet, file after file. A large file is read again, some megabytes at a time. */
import type { CapturedPacket } from '../../engine/capture/types';
import { compileFilter } from '../../engine/filter/compile';
import type { Filter } from '../../engine/filter/types';
import { newBreath } from '../../store/breath';
import { type Source, totalOf } from './sources';

/** How far it has come. `passes[number]` is 1 for a packet that passes. */
export interface Sifted {
  readonly passes: Uint8Array;
  readonly found: number;
  readonly asked: number; // packets
  readonly isWhole: boolean; // all have been asked
}

const CHUNK_BYTES = 2 * 1024 * 1024;
const LOOK_EVERY = 256; // packets between two looks at the clock: some 0.1 ms for a usual filter, some ms for a very long one
const NEWS_MS = 250; // between two reports of what has been found so far

/** Rejects where a file has changed or gone since it was opened. */
export async function sift(
  sources: readonly Source[],
  filter: Filter,
  pointOf: (source: Source) => string | undefined,
  signal: AbortSignal,
  report: (sifted: Sifted) => void,
): Promise<void> {
  const passes = new Uint8Array(totalOf(sources));
  const matches = compileFilter(filter);
  const breath = newBreath();
  let found = 0;
  let asked = 0;
  let reportedAt = performance.now();
  for (const source of sources) {
    const point = pointOf(source);
    for await (const packets of chunksOf(source)) {
      for (const packet of packets) {
        if (matches(packet, point)) {
          passes[source.first + packet.index] = 1;
          found += 1;
        }
        asked += 1;
        if (asked % LOOK_EVERY !== 0 || !breath.isDue) continue;
        if (performance.now() - reportedAt > NEWS_MS) {
          reportedAt = performance.now();
          report({ passes, found, asked, isWhole: false });
        }
        await breath.take();
        if (signal.aborted) return;
      }
      if (signal.aborted) return;
    }
  }
  report({ passes, found, asked, isWhole: true });
}

async function* chunksOf({ packets, opened }: Source): AsyncGenerator<Iterable<CapturedPacket>> {
  if (opened === null) {
    yield packets ?? [];
    return;
  }
  const { count, fileOffset } = opened.index;
  for (let from = 0; from < count; ) {
    const start = fileOffset[from] ?? 0;
    let to = from + 1;
    while (to < count && (fileOffset[to] ?? 0) - start < CHUNK_BYTES) to += 1;
    const first = from;
    yield await opened.frames(Int32Array.from({ length: to - first }, (_, i) => first + i));
    from = to;
  }
}
