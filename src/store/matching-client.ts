/** The one worker that holds the packets of all open files and says what they show; made when it is first needed. */
import type { Answer, Owners } from '../engine/diagnosis/diagnose-session';
import type {
  AskedFile,
  FromMatching,
  HeldFile,
  MatchingProgress,
  ToMatching,
} from '../engine/diagnosis/worker-messages';
import { FILES_MAX } from '../engine/matching/group';
import type { Near, Part } from '../engine/matching/part';
import MatchingWorker from '../workers/matching-worker?worker&inline';
import { type AppState, useApp } from './store';

/** Why there is no answer. A question that a later one took the place of has none either. */
export type NotAnswered = 'no-worker' | 'too-many-files' | 'failed' | 'cancelled' | 'out-of-date';

/** A question on its way: of each kind one, the latest. */
interface Asked {
  readonly number: number;
  readonly hear: (message: FromMatching) => void;
  readonly end: (why: NotAnswered) => void;
}

let running: Worker | null = null;
const asked = new Map<'question' | 'part', Asked>();
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
  for (const one of asked.values()) if (one.number === message.number) one.hear(message);
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
export const askMatching = (
  files: readonly AskedFile<Blob>[],
  owners: Owners | null,
  onProgress: (progress: MatchingProgress) => void,
): Promise<Answer | NotAnswered> =>
  ask('question', { files, owners }, (message, answer) => {
    if (message.kind === 'progress') onProgress(message.progress);
    if (message.kind === 'answer') answer(message.answer);
  });

/** Which of their packets to compare with the model; null: none of them can be. */
export const askPart = (files: readonly HeldFile<Blob>[], near: Near | null): Promise<Part | null | NotAnswered> =>
  ask('part', { files, near }, (message, answer) => {
    if (message.kind === 'part') answer(message.part);
  });

type Sent<K> = Omit<Extract<ToMatching<Blob, MessagePort>, { kind: K }>, 'kind' | 'number'>;

function ask<K extends 'question' | 'part', A>(
  kind: K,
  question: Sent<K>,
  hear: (message: FromMatching, answer: (answer: A) => void) => void,
): Promise<A | NotAnswered> {
  asked.get(kind)?.end('out-of-date');
  if (question.files.length > FILES_MAX) return Promise.resolve('too-many-files');
  if (started() === null) return Promise.resolve('no-worker');
  lastNumber += 1;
  const number = lastNumber;
  return new Promise((resolve) => {
    const end = (outcome: A | NotAnswered) => {
      asked.delete(kind);
      resolve(outcome);
    };
    asked.set(kind, {
      number,
      end,
      hear: (message) => (message.kind === 'failed' ? end('failed') : hear(message, end)),
    });
    tell({ kind, number, ...question } as unknown as ToMatching<Blob, MessagePort>);
  });
}

/** Null where the packets are with the matching worker already, or on their way. */
export function unreadSource(files: AppState['files'], id: string): Blob | null {
  const file = files.find((one) => one.id === id);
  return file?.opened?.isHandedOver() === true ? null : (file?.source ?? null);
}

/** Ends the worker, whatever it is at, and with it all that it holds: who asks again has the files read again. */
export function stopMatching(why: 'cancelled' | 'failed' = 'cancelled'): void {
  running?.terminate();
  running = null;
  for (const one of [...asked.values()]) one.end(why);
}
