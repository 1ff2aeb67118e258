/** Who takes the bytes of one file as they come, out of the file system or out of an archive. */
import { createReader } from './reader';
import type { CaptureSink } from './sink';
import type { CaptureProblem, PackedProblem } from './types';

export interface FileTaker {
  /** The bytes hold during the call only. */
  push(bytes: Uint8Array): void;
  /** Once, after the last of them. `fault`: why no more came, where the file goes on. */
  end(fault: PackedProblem | null): void;
  /** True once the file needs no more bytes: what follows need not be pushed. */
  readonly stopped: boolean;
}

/** Reads the file as a capture. What was wrong with it is told in the end. */
export function captureTaker(
  sink: CaptureSink,
  done: (problem: CaptureProblem | null, packets: number) => void,
): FileTaker {
  const reader = createReader(sink);
  return {
    push: (bytes) => reader.push(bytes),
    end: (fault) => done(graver(reader.end(), fault, reader.packets), reader.packets),
    get stopped() {
      return reader.stopped;
    },
  };
}

/** What may be no fault of the capture: where the file around it has one, that is the reason. */
const PERHAPS_NOT_ITS_OWN: ReadonlySet<CaptureProblem['kind']> = new Set([
  'empty-file',
  'too-short-for-header',
  'no-packets',
  'unknown-link-type',
  'cut-in-record-header',
  'cut-in-packet',
  'cut-in-block',
]);

/** The one to tell: the capture's own problem, or the fault of the file it was unpacked from. */
export function graver(
  own: CaptureProblem | null,
  fault: PackedProblem | null,
  packets: number,
): CaptureProblem | null {
  if (fault === null || (own !== null && !PERHAPS_NOT_ITS_OWN.has(own.kind))) return own;
  return 'packet' in fault ? { ...fault, packet: packets + 1 } : fault;
}
