/** Opens a file in a worker of its own, and reads single packets of it again when they are shown. */
import { type PacketIndex, packetAt } from '../engine/capture/packet-index';
import type { CapturedPacket } from '../engine/capture/types';
import type { FromWorker, IndexedCapture, ReadingProgress, ToWorker } from '../engine/capture/worker-messages';
import CaptureWorker from '../workers/capture-worker?worker&inline';
import { handOver } from './matching-client';

/** Longer files are read so far; the page says so. */
const FILE_BYTES_MAX = 1024 ** 3;

export interface OpenedFile extends IndexedCapture<Blob> {
  /** True while the matching worker that got its columns runs; without them it reads the source itself. */
  isHandedOver(): boolean;
  /** Where its packets are: the file, or what was unpacked of it. */
  readonly source: Blob;
  /** Packet `i`, from 0, with its bytes. Rejects where the file has changed or gone since. */
  frame(i: number): Promise<CapturedPacket>;
  /** These packets, which are in the file's order, with one reading of all between them; each is made when it is asked for. */
  frames(rows: Int32Array): Promise<Iterable<CapturedPacket>>;
}

/** Why nothing came of it. */
export type NotOpened = 'no-worker' | 'unreadable' | 'cancelled';

/** A worker that has not said a word by then will say none: some browsers start none for a page from a disk. */
const START_MS = 15_000;

/** Workers that are done with a file: they read the next one with code that is compiled already. */
const resting: Worker[] = [];
const REST_MS = 1000; // whoever is not needed by then is ended

function newWorker(): Worker | null {
  try {
    return resting.pop() ?? new CaptureWorker();
  } catch {
    return null;
  }
}

function rest(worker: Worker): void {
  resting.push(worker);
  setTimeout(() => {
    const at = resting.indexOf(worker);
    if (at >= 0) resting.splice(at, 1)[0]?.terminate();
  }, REST_MS);
}

/** Every capture in the file: itself, or what it wraps. `signal` ends the reading. */
export function openInWorker(
  file: File,
  id: string,
  onProgress: (progress: ReadingProgress) => void,
  signal: AbortSignal,
): Promise<readonly OpenedFile[] | NotOpened> {
  return new Promise((resolve) => {
    if (signal.aborted) {
      resolve('cancelled');
      return;
    }
    const worker = newWorker();
    if (worker === null) {
      resolve('no-worker');
      return;
    }
    const { port, isHandedOver } = handOver();
    const captures: OpenedFile[] = [];
    let hasStarted = false;
    const end = (outcome: readonly OpenedFile[] | NotOpened) => {
      clearTimeout(watch);
      if (typeof outcome === 'string') worker.terminate();
      else rest(worker);
      signal.removeEventListener('abort', cancel);
      resolve(outcome);
    };
    const cancel = () => end('cancelled');
    const watch = setTimeout(() => end('no-worker'), START_MS);
    signal.addEventListener('abort', cancel);
    worker.onmessage = ({ data }: MessageEvent<FromWorker<Blob>>) => {
      hasStarted = true;
      clearTimeout(watch);
      if (data.kind === 'progress') onProgress(data);
      else if (data.kind === 'capture')
        captures.push(openedFile(data.capture, data.capture.unpacked ?? file.slice(0, FILE_BYTES_MAX), isHandedOver));
      else end(data.kind === 'done' ? captures : 'unreadable');
    };
    worker.onerror = () => end(hasStarted ? 'unreadable' : 'no-worker'); // the browser's console has the rest
    const wanted: ToWorker<Blob, MessagePort> = { id, port, name: file.name, file, bytesMax: FILE_BYTES_MAX };
    worker.postMessage(wanted, port === null ? [] : [port]);
  });
}

const openedFile = (capture: IndexedCapture<Blob>, source: Blob, isHandedOver: () => boolean): OpenedFile => ({
  ...capture,
  source,
  isHandedOver,
  async frame(i) {
    const packet = packetAt(capture.index, i);
    const { fileOffset, capturedLength } = packet;
    const bytes = await source.slice(fileOffset, fileOffset + capturedLength).arrayBuffer();
    return { ...packet, bytes: new Uint8Array(bytes) };
  },
  async frames(rows) {
    const start = capture.index.fileOffset[rows[0] ?? 0] ?? 0;
    const last = packetAt(capture.index, rows.at(-1) ?? 0);
    const held = await source.slice(start, last.fileOffset + last.capturedLength).arrayBuffer();
    return packetsIn(capture.index, rows, start, new Uint8Array(held));
  },
});

function* packetsIn(index: PacketIndex, rows: Int32Array, start: number, held: Uint8Array): Generator<CapturedPacket> {
  for (const row of rows) {
    const packet = packetAt(index, row);
    const at = packet.fileOffset - start;
    yield { ...packet, bytes: held.subarray(at, at + packet.capturedLength) };
  }
}
