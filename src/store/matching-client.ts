/** The one worker that holds the packets of all open files and says what they show; made when it is first needed. */
import type { Answer, Owners } from '../engine/diagnosis/diagnose-session';
import type { AskedFile, FromMatching, MatchingProgress, ToMatching } from '../engine/diagnosis/worker-messages';
import { FILES_MAX } from '../engine/matching/group';
import MatchingWorker from '../workers/matching-worker?worker&inline';
import { useApp } from './store';

/** Why there is no answer. A question that a later one took the place of has none either. */
export type NotAnswered = 'no-worker' | 'too-many-files' | 'failed' | 'cancelled' | 'out-of-date';

interface Asked {
  readonly number: number;
  readonly onProgress: (progress: MatchingProgress) => void;
  readonly end: (outcome: Answer | NotAnswered) => void;
}

let running: Worker | null = null;
let asked: Asked | null = null;
let lastNumber = 0;

/** Null where the browser makes none. */
function started(): Worker | null {
  if (running !== null) return running;
  try {
    const worker = new MatchingWorker();
    worker.onmessage = ({ data }: MessageEvent<FromMatching>) => hear(data);
    worker.onerror = () => stopMatching('failed'); // the browser's console has the rest
    running = worker;
  } catch {
    return null;
  }
  tellOpenFiles();
  return running;
}

function hear(message: FromMatching): void {
  if (asked === null || message.number !== asked.number) return;
  if (message.kind === 'progress') asked.onProgress(message.progress);
  else if (message.kind === 'answer') asked.end(message.answer);
  else asked.end('failed');
}

const tell = (message: ToMatching<Blob, MessagePort>, transfer: Transferable[] = []): void =>
  running?.postMessage(message, transfer);

function tellOpenFiles(): void {
  const { files, reading } = useApp.getState();
  tell({ kind: 'keep', files: files.map(({ id }) => id), reading: reading.map(({ id }) => id) });
}

useApp.subscribe((now, before) => {
  const opened = now.reading.map(({ id }) => id).join() !== before.reading.map(({ id }) => id).join();
  if (now.files !== before.files || opened) tellOpenFiles();
});

/** A port for a worker that reads: columns sent through it never touch the page. Null: nobody would take them. */
export function handOver(): { readonly port: MessagePort | null; isHandedOver(): boolean } {
  const worker = started();
  if (worker === null) return { port: null, isHandedOver: () => false };
  const { port1, port2 } = new MessageChannel();
  tell({ kind: 'reader', port: port2 }, [port2]);
  return { port: port1, isHandedOver: () => running === worker };
}

/** What the packets of these files show. A question asked before it is not answered any more. */
export function askMatching(
  files: readonly AskedFile<Blob>[],
  owners: Owners | null,
  onProgress: (progress: MatchingProgress) => void,
): Promise<Answer | NotAnswered> {
  asked?.end('out-of-date');
  if (files.length > FILES_MAX) return Promise.resolve('too-many-files');
  if (started() === null) return Promise.resolve('no-worker');
  lastNumber += 1;
  const number = lastNumber;
  return new Promise((resolve) => {
    const end = (outcome: Answer | NotAnswered) => {
      asked = null;
      resolve(outcome);
    };
    asked = { number, onProgress, end };
    tell({ kind: 'question', number, files, owners });
  });
}

/** Ends the worker, whatever it is at, and with it all that it holds: who asks again has the files read again. */
export function stopMatching(why: 'cancelled' | 'failed' = 'cancelled'): void {
  running?.terminate();
  running = null;
  asked?.end(why);
}
