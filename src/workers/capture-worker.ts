/**
 * Reads one file for the page, which stays live meanwhile: unpacks it, finds every packet, hands over the columns. To
 * stop it, the page ends the worker.
 */
import { buffersOf, newIndexing } from '../engine/capture/packet-index';
import { captureTaker, type FileTaker } from '../engine/capture/taker';
import type { PackedProblem } from '../engine/capture/types';
import { unpack } from '../engine/capture/unpack';
import type { FromWorker, ToWorker } from '../engine/capture/worker-messages';
import { newBlobWriter } from './blob-writer';
import { piecesOf } from './pieces';

const PROGRESS_MS = 100;

const say = (message: FromWorker<Blob>, transfer: readonly ArrayBuffer[] = []): void =>
  self.postMessage(message, { transfer: [...transfer] });

let packets = 0; // of all captures in the file, so far

async function read({ name, file, bytesMax }: ToWorker<Blob>): Promise<void> {
  const found = unpack(name, indexing);
  let bytes = 0;
  let saidAt = 0;
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

/** Takes one capture. What else is wanted of its packets, a second sink beside this one finds on the way: `bothSinks`. */
function indexing(name: string, isUnpacked: boolean): FileTaker {
  const index = newIndexing();
  const unpacked = isUnpacked ? newBlobWriter() : null;
  const taker = captureTaker(index.sink, (problem) => {
    const capture = {
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

self.onmessage = ({ data }: MessageEvent<ToWorker<Blob>>) => {
  read(data).catch((error: unknown) => {
    say({ kind: 'unreadable' }); // deleted since, or no permission
    if (!(error instanceof DOMException)) throw error;
  });
};
