/** Large files on their way into the store: how far each has been read, and how to stop it. */
import { readLarge } from './files';
import { useApp } from './store';

const { setState: set } = useApp;
const stops = new Map<string, AbortController>();

/** Reads a file in a worker; it is listed as being read until it is there, or was cancelled. */
export async function readInTurn(file: File, id: string): Promise<void> {
  const stop = new AbortController();
  stops.set(id, stop);
  const entry = { id, name: file.name, sizeBytes: file.size, bytes: 0, packets: 0 };
  set(({ reading }) => ({ reading: [...reading, entry] }));
  const onProgress = ({ bytes, packets }: { readonly bytes: number; readonly packets: number }) =>
    set(({ reading }) => ({ reading: reading.map((one) => (one.id === id ? { ...one, bytes, packets } : one)) }));
  const loaded = await readLarge(file, id, onProgress, stop.signal);
  stops.delete(id);
  set(({ reading, files }) => ({
    reading: reading.filter((one) => one.id !== id),
    files: stop.signal.aborted ? files : [...files, ...loaded],
  }));
}

/** Stops reading a file; nothing of it is kept. One that waits for its turn leaves the list at once too. */
export function cancelReading(id: string): void {
  stops.get(id)?.abort();
  set(({ reading }) => ({ reading: reading.filter((one) => one.id !== id) }));
}

export function cancelAll(): void {
  for (const id of [...stops.keys()]) cancelReading(id);
}
