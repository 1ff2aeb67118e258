/**
 * Files the user opened. A small capture is read at once and kept as the reader's answer; a large or packed one is read
 * in a worker, and its first packets are kept; others are read again when they are asked for.
 */
import { type CaptureFile, type CaptureProblem, openCapture } from '../engine/capture/open';
import { wrappingOf } from '../engine/capture/unpack';
import type { ReadingProgress } from '../engine/capture/worker-messages';
import type { OpenedFile } from './capture-client';
import { FIRST_BYTES } from './text-files';

/** What the reader says of the bytes, or why there are no bytes to read. */
export type FileProblem =
  | CaptureProblem
  | { readonly kind: 'folder' }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'no-worker' } // the browser starts none, and large or packed files are read in one
  | { readonly kind: 'tcpdump-notes' }; // what tcpdump said beside the capture it wrote

export interface LoadedFile {
  readonly id: string; // unique in this tab
  readonly name: string;
  readonly sizeBytes: number;
  /** All of a small file, the first packets of a large one. Null where nothing could be read. */
  readonly capture: CaptureFile | null;
  /** All its packets, where it was read in a worker. */
  readonly opened: OpenedFile | null;
  /** Its bytes, unpacked, to be read again; null where nothing could be read. */
  readonly source: Blob | null;
  readonly problem: FileProblem | null;
}

/** The bytes of what is no capture, unpacked; null for a capture, and where nothing could be read. */
export const noCapture = ({ capture, opened, source }: LoadedFile): Blob | null =>
  capture === null && opened === null ? source : null;

/** A file that is being read in a worker. */
export interface ReadingFile extends ReadingProgress {
  readonly id: string;
  readonly name: string;
  readonly sizeBytes: number;
}

const SMALL_BYTES = 1024 * 1024;
const HELD_PACKETS = 400; // of a large file
const HELD_BYTES = 64 * 1024 * 1024;
const AT_ONCE = 2; // files read in workers; more would only wait for the disk

let lastId = 0;
export const nextId = (): string => {
  lastId += 1;
  return `${lastId}`;
};

/** Null for a file that a worker should read. */
export async function readSmall(file: File): Promise<LoadedFile | null> {
  const entry = { id: nextId(), name: file.name, sizeBytes: file.size, opened: null, source: file };
  let bytes: Uint8Array;
  try {
    const first = new Uint8Array(await file.slice(0, FIRST_BYTES).arrayBuffer());
    if (file.size > SMALL_BYTES || wrappingOf(first) !== null) return null;
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    return notRead(file.name, 'unreadable', file.size); // deleted since, or no permission
  }
  const result = openCapture(bytes);
  return result.ok
    ? { ...entry, capture: result.value, problem: result.value.problem }
    : { ...entry, capture: null, problem: result.error };
}

let running = 0;
const waiting: (() => void)[] = [];

/** Reads a file in a worker, when it is its turn; one entry for each capture in it, none where it was cancelled. */
export async function readLarge(
  file: File,
  id: string,
  onProgress: (progress: ReadingProgress) => void,
  signal: AbortSignal,
): Promise<readonly LoadedFile[]> {
  const { openInWorker } = await import('./capture-client');
  if (running >= AT_ONCE) await new Promise<void>((go) => waiting.push(go));
  running += 1;
  try {
    const opened = await openInWorker(file, id, onProgress, signal);
    if (opened === 'cancelled') return [];
    if (typeof opened === 'string') return [notRead(file.name, opened, file.size)];
    return await Promise.all(opened.map(loaded));
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

const notRead = (name: string, kind: 'unreadable' | 'no-worker' | 'folder', sizeBytes: number): LoadedFile => ({
  id: nextId(),
  name,
  sizeBytes,
  capture: null,
  opened: null,
  source: null,
  problem: { kind },
});

async function loaded(opened: OpenedFile): Promise<LoadedFile> {
  const { name, source, header, problem } = opened;
  const entry = { id: opened.id, name, sizeBytes: source.size, source, problem };
  if (header === null) return { ...entry, capture: null, opened: null };
  try {
    return { ...entry, capture: await firstPart(opened), opened };
  } catch {
    return notRead(name, 'unreadable', source.size);
  }
}

/** The file as it would be if it ended after the packets that are held. */
async function firstPart({ source, index, problem }: OpenedFile): Promise<CaptureFile | null> {
  const { count, fileOffset } = index;
  let held = source.size <= SMALL_BYTES ? count : Math.min(count, HELD_PACKETS);
  while (held > 1 && (fileOffset[held - 1] ?? 0) > HELD_BYTES) held = Math.floor(held / 2);
  const end = held < count ? fileOffset[held] : Math.min(source.size, HELD_BYTES);
  const result = openCapture(new Uint8Array(await source.slice(0, end).arrayBuffer()));
  if (!result.ok) return null;
  return { ...result.value, packets: result.value.packets.slice(0, held), problem };
}

/** A folder without a file in it is not passed over in silence. */
export const refuseFolder = (name: string): LoadedFile => notRead(name, 'folder', 0);
