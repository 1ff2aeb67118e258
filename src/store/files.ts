/** Files the user opened: bytes read once, then kept as the reader's answer. The only asynchronous code of the store. */
import { type CaptureFile, type CaptureProblem, openCapture } from '../engine/capture/open';

/** What the reader says of the bytes, or why there are no bytes to read. */
export type FileProblem = CaptureProblem | { readonly kind: 'folder' } | { readonly kind: 'unreadable' };

export interface LoadedFile {
  readonly id: string; // unique in this tab
  readonly name: string;
  readonly sizeBytes: number;
  /** What the reader could make of it; `capture` is null where nothing could be read. */
  readonly capture: CaptureFile | null;
  readonly problem: FileProblem | null;
}

let opened = 0;
const nextId = (): string => {
  opened += 1;
  return `${opened}`;
};

/** Reads files as captures. Never rejects: a file that cannot be read is listed with its problem. */
export async function readFiles(files: readonly File[]): Promise<readonly LoadedFile[]> {
  return Promise.all(files.map(readFile));
}

async function readFile(file: File): Promise<LoadedFile> {
  const entry = { id: nextId(), name: file.name, sizeBytes: file.size };
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(await file.arrayBuffer());
  } catch {
    return { ...entry, capture: null, problem: { kind: 'unreadable' } }; // deleted since, or no permission
  }
  const result = openCapture(bytes);
  return result.ok
    ? { ...entry, capture: result.value, problem: result.value.problem }
    : { ...entry, capture: null, problem: result.error };
}

/** A folder dropped among files is not searched, but not passed over in silence either. */
export const refuseFolder = (name: string): LoadedFile => ({
  id: nextId(),
  name,
  sizeBytes: 0,
  capture: null,
  problem: { kind: 'folder' },
});
