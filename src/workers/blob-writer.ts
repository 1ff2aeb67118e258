/** Bytes as they come, put into a Blob, which the browser may keep on disk: unpacked files need not fit into memory. */
const PART_LENGTH = 8 * 1024 * 1024; // bytes
/** One for all: a file is unpacked to its end before the next one is. */
const part = new Uint8Array(PART_LENGTH);

export interface BlobWriter {
  push(bytes: Uint8Array): void;
  finish(): Blob;
}

export function newBlobWriter(): BlobWriter {
  const parts: Blob[] = [];
  let used = 0;

  function flush(): void {
    if (used > 0) parts.push(new Blob([part.subarray(0, used)]));
    used = 0;
  }

  return {
    push(bytes) {
      for (let at = 0; at < bytes.length; ) {
        const length = Math.min(bytes.length - at, PART_LENGTH - used);
        part.set(bytes.subarray(at, at + length), used);
        used += length;
        at += length;
        if (used === PART_LENGTH) flush();
      }
    },
    finish() {
      flush();
      return new Blob(parts);
    },
  };
}
