/**
 * Reads files for the page, one after another, while it stays live: unpacks a file, finds every packet, hands over the index;
 * the packets as columns go to the worker that matches them. To stop it, the page ends the worker.
 */
import { buffersOf, newIndexing } from '../engine/capture/packet-index';
import { bothSinks } from '../engine/capture/sink';
import { captureTaker, type FileTaker } from '../engine/capture/taker';
import type { PackedProblem } from '../engine/capture/types';
import { unpack } from '../engine/capture/unpack';
import type { FromWorker, ToWorker } from '../engine/capture/worker-messages';
import { captureId, type HandedColumns } from '../engine/diagnosis/worker-messages';
import { packetColumns } from '../engine/matching/packet-columns';
import { buffersOfTable } from '../engine/matching/packet-table';
import { newBlobWriter } from './blob-writer';
import { piecesOf } from './pieces';

const PROGRESS_MS = 100;

const say = (message: FromWorker<Blob>, transfer: readonly ArrayBuffer[] = []): void =>
  self.postMessage(message, { transfer: [...transfer] });

let packets = 0; // of all captures in the file, so far
let captures = 0; // begun

async function read({ id, port, name, file, bytesMax }: ToWorker<Blob, MessagePort>): Promise<void> {
  [packets, captures] = [0, 0];
  const length = Math.min(file.size, bytesMax);
  const found = unpack(name, (inner, isUnpacked) => indexing(id, port, inner, isUnpacked ? null : length));
  let bytes = 0;
  let saidAt = performance.now();
  say({ kind: 'progress', bytes, packets });
  for await (const piece of piecesOf(file.size > bytesMax ? file.slice(0, bytesMax) : file)) {
    found.push(piece);
    bytes += piece.length;
    if (performance.now() - saidAt > PROGRESS_MS) {
      say({ kind: 'progress', bytes, packets });
      saidAt = performance.now();
    }
    if (found.stopped) break;
  }
  const limit: PackedProblem = { kind: 'read-in-part', severity: 'note', offset: bytesMax, packet: 1, limit: bytesMax };
  found.end(file.size > bytesMax ? limit : null);
  say({ kind: 'done' });
}

/** Takes one capture: its index for the page, its columns for whoever matches. `length` in bytes; null: it is unpacked. */
function indexing(reading: string, port: MessagePort | null, name: string, length: number | null): FileTaker {
  const id = captureId(reading, captures);
  captures += 1;
  const index = newIndexing(length);
  const { columns, sink } = packetColumns(length);
  const unpacked = length === null ? newBlobWriter() : null;
  const taker = captureTaker(port === null ? index.sink : bothSinks(index.sink, sink), (problem) => {
    port?.postMessage({ id, columns } satisfies HandedColumns, {
      transfer: buffersOfTable(columns.table) as ArrayBuffer[],
    });
    const capture = {
      id,
      name,
      unpacked: unpacked?.finish() ?? null,
      header: index.header,
      index: index.finish(),
      problem,
    };
    say({ kind: 'capture', capture }, buffersOf(capture.index));
  });
  let before = 0;
  return {
    push(bytes) {
      taker.push(bytes);
      unpacked?.push(bytes);
      packets += index.count - before;
      before = index.count;
    },
    end: (fault) => taker.end(fault),
    get stopped() {
      return taker.stopped;
    },
  };
}

self.onmessage = ({ data }: MessageEvent<ToWorker<Blob, MessagePort>>) => {
  read(data).catch((error: unknown) => {
    say({ kind: 'unreadable' }); // deleted since, or no permission
    if (!(error instanceof DOMException)) throw error;
  });
};
