/** What the page and the worker that reads captures say to each other. `Source` is the browser's Blob, `Port` its MessagePort, unknown here. */
import type { PacketIndex } from './packet-index';
import type { CaptureHeader, CaptureProblem } from './types';

export interface ToWorker<Source, Port> {
  readonly id: string; // of the reading
  /** Where the packets go as columns, to be matched; null: nobody can. */
  readonly port: Port | null;
  readonly name: string;
  readonly file: Source;
  readonly bytesMax: number; // of the file; it is read so far and no further
}

/** A capture that was read: its packets are in the index, their bytes in the file, or in `unpacked`. */
export interface IndexedCapture<Source> {
  readonly id: string;
  readonly name: string;
  /** Null: the file itself is the capture. */
  readonly unpacked: Source | null;
  readonly header: CaptureHeader | null;
  readonly index: PacketIndex;
  readonly problem: CaptureProblem | null;
}

export interface ReadingProgress {
  readonly bytes: number; // of the file, packed as it may be
  readonly packets: number;
}

/** Progress and captures in any order, one `done` or `unreadable` at the end. */
export type FromWorker<Source> =
  | ({ readonly kind: 'progress' } & ReadingProgress)
  | { readonly kind: 'capture'; readonly capture: IndexedCapture<Source> }
  | { readonly kind: 'done' }
  | { readonly kind: 'unreadable' };
