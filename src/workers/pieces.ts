/** A file's bytes, piece by piece, as fast as the browser gives them. */

/** As long as a good disk takes many times over: then the stream is given up for plain slices. */
const STALL_MS = 10_000;
const BUFFER_LENGTH = 512 * 1024; // bytes: more is no faster, and less of it stays in a processor's cache
const SLICE_LENGTH = 8 * 1024 * 1024;

/** Chromium forgets a reader that only its own pending read refers to, and the read then never ends. */
const reading = new Set<PieceReader>();

interface PieceReader {
  /** Null at the end. The bytes hold until the next call. */
  next(): Promise<Uint8Array | null>;
  stop(): void;
}

export async function* piecesOf(file: Blob): AsyncGenerator<Uint8Array> {
  const reader = readerOf(file);
  const watch = newWatch();
  reading.add(reader);
  let at = 0;
  try {
    for (;;) {
      const piece = await watch.inTime(reader.next());
      if (piece === 'stalled') break;
      if (piece === null) return;
      at += piece.length;
      yield piece;
    }
  } finally {
    watch.stop();
    reading.delete(reader);
    reader.stop();
  }
  for (; at < file.size; at += SLICE_LENGTH) {
    yield new Uint8Array(await file.slice(at, at + SLICE_LENGTH).arrayBuffer());
  }
}

/** A reader that fills a buffer of ours saves the browser one for each piece; not every browser has it for files. */
function readerOf(file: Blob): PieceReader {
  try {
    return fillingReader(file.stream().getReader({ mode: 'byob' }));
  } catch {
    const reader = file.stream().getReader();
    return {
      next: async () => (await reader.read()).value ?? null,
      stop: () => void reader.cancel().catch(() => {}),
    };
  }
}

function fillingReader(reader: ReadableStreamBYOBReader): PieceReader {
  let buffer = new ArrayBuffer(BUFFER_LENGTH);
  return {
    async next() {
      const { value, done } = await reader.read(new Uint8Array(buffer));
      if (value === undefined || done) return null;
      buffer = value.buffer;
      return value;
    },
    stop: () => void reader.cancel().catch(() => {}),
  };
}

/** One clock for a whole file: a timer for each of its thousands of pieces would cost half as much as reading them. */
function newWatch() {
  let askedAt = 0;
  let giveUp = () => {};
  const clock = setInterval(() => {
    if (performance.now() - askedAt > STALL_MS) giveUp();
  }, STALL_MS / 4);
  return {
    inTime: <T>(wait: Promise<T>): Promise<T | 'stalled'> =>
      new Promise((resolve, reject) => {
        askedAt = performance.now();
        giveUp = () => resolve('stalled');
        wait.then(resolve, reject);
      }),
    stop: () => clearInterval(clock),
  };
}
