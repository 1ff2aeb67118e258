/** Runs of fuzz.ts, numbered: the number alone makes a failure again. */
import type { CaptureFile } from '../capture/types';
import { faultOf, frameFault, mutated, randomOf, seedFiles } from './fuzz';

const MS_MAX = 100; // a run
const LINK_TYPES = [1, 1, 1, 101, 228, 113, 276, 0, 229];

export interface Failure {
  readonly run: number; // with `--seed` this number and one run, it happens again
  readonly fault: string;
  readonly bytes: Uint8Array;
}

export interface FuzzOptions {
  readonly runs: number;
  readonly seed: number; // of the first run
  readonly now: () => number; // milliseconds of this process
  readonly progress?: (done: number) => void;
  readonly found?: (failure: Failure) => void; // at once: a long run may be stopped
}

/** Every other run damages a file, the others a frame. */
export function fuzzRun(
  captures: readonly CaptureFile[],
  { runs, seed, now, progress, found }: FuzzOptions,
): readonly Failure[] {
  const files = seedFiles(captures);
  const frames = captures.flatMap(({ packets }) => packets.map(({ bytes }) => bytes));
  const failures: Failure[] = [];
  for (let run = seed; run < seed + runs; run += 1) {
    const random = randomOf(run);
    const isFile = run % 2 === 0;
    const from = isFile ? files : frames;
    const bytes = mutated(from[random(from.length)] ?? new Uint8Array(0), random);
    const start = now();
    let fault = tried(() =>
      isFile
        ? faultOf(bytes, random)
        : frameFault(bytes, LINK_TYPES[random(LINK_TYPES.length)] ?? 1, bytes.length + random(3) * 7),
    );
    const ms = now() - start;
    // The rest of the process may have been busy: what is slow by itself is slow again.
    if (fault === null && ms > MS_MAX && isFile) {
      const again = now();
      tried(() => faultOf(bytes, random));
      if (now() - again > MS_MAX) fault = `took ${Math.round(ms)} ms`;
    }
    if (fault !== null) {
      failures.push({ run, fault, bytes });
      found?.({ run, fault, bytes });
    }
    progress?.(run - seed + 1);
  }
  return failures;
}

function tried(work: () => string | null): string | null {
  try {
    return work();
  } catch (error) {
    return error instanceof Error ? (error.stack ?? error.message) : String(error);
  }
}
