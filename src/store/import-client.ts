/**
 * Imports texts in a worker, which then holds what it read: it also says what is wrong with the cluster. One cluster is
 * the user's own, so one worker holds it; it ends when another has taken its place.
 */
import type { Judged } from '../engine/findings/judge';
import type { AsksShown } from '../engine/import/report-shown';
import type { FromImporter, ImportedRest, ImportProgress, ToImporter } from '../engine/import/worker-messages';
import type { Edit } from '../engine/topology/edits';
import { Unpacking } from '../engine/topology/parcels';
import type { Topology } from '../engine/topology/topology';
import ImportWorker from '../workers/import-worker?worker&inline';

export interface ImportedThere extends ImportedRest {
  readonly topology: Topology;
}

/** Why nothing came of it. Without a worker the page has to do the work. */
export type NotImported = 'no-worker' | 'unreadable' | 'cancelled';

export interface JudgedThere {
  readonly judged: Judged;
  readonly asks: AsksShown;
}

/** A worker that has not said a word by then will say none: some browsers start none for a page from a disk. */
const START_MS = 15_000;

let holder: { readonly worker: Worker; readonly topology: Topology } | null = null;

function newWorker(): Worker | null {
  try {
    return new ImportWorker();
  } catch {
    return null;
  }
}

export function importThere(
  texts: readonly (string | Blob)[],
  onProgress: (progress: ImportProgress) => void,
  signal: AbortSignal,
): Promise<ImportedThere | NotImported> {
  const worker = newWorker();
  if (worker === null) return Promise.resolve('no-worker');
  return new Promise((resolve) => {
    const cluster = new Unpacking();
    let hasStarted = false;
    const end = (outcome: ImportedThere | NotImported) => {
      clearTimeout(watch);
      signal.removeEventListener('abort', cancel);
      worker.onmessage = null;
      worker.onerror = null;
      if (typeof outcome === 'string') worker.terminate();
      else hold(worker, outcome.topology);
      resolve(outcome);
    };
    const cancel = () => end('cancelled');
    const watch = setTimeout(() => end('no-worker'), START_MS);
    signal.addEventListener('abort', cancel);
    worker.onmessage = ({ data }: MessageEvent<FromImporter<Judged>>) => {
      hasStarted = true;
      clearTimeout(watch);
      if (data.kind === 'progress') onProgress(data.progress);
      else if (data.kind === 'parcel') cluster.take(data.parcel);
      else if (data.kind === 'unreadable') end('unreadable');
      else if (data.kind === 'imported') {
        const topology = cluster.finish();
        end(topology === null ? 'unreadable' : { ...data.rest, topology });
      }
    };
    worker.onerror = () => end(hasStarted ? 'unreadable' : 'no-worker'); // the browser's console has the rest
    worker.postMessage({ kind: 'import', texts } satisfies ToImporter<Blob>);
  });
}

function hold(worker: Worker, topology: Topology): void {
  holder?.worker.terminate();
  holder = { worker, topology };
}

/** The cluster is forgotten, and what the worker holds of it. */
export function letGo(): void {
  holder?.worker.terminate();
  holder = null;
}

let lastNumber = 0;

/** Null where no worker holds the cluster. A question that a later one took the place of is never answered. */
export function judgeThere(topology: Topology, edits: readonly Edit[]): Promise<JudgedThere> | null {
  if (holder === null || holder.topology !== topology) return null;
  const { worker } = holder;
  lastNumber += 1;
  const number = lastNumber;
  return new Promise((resolve) => {
    worker.onmessage = ({ data }: MessageEvent<FromImporter<Judged>>) => {
      if (data.kind === 'judged' && data.number === number) resolve({ judged: data.judged, asks: data.asks });
    };
    worker.postMessage({ kind: 'judge', number, edits } satisfies ToImporter<Blob>);
  });
}
