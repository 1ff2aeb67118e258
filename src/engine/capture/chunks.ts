/**
 * Bytes as they arrive, handed to a format's machine item by item. An item (file header, record, block) that lies
 * across chunks is put together in a buffer of its own, which grows to that item's size and no further, so a file of
 * any length passes through in constant memory.
 */
import { NO_BYTES } from '../base/bytes';
import { invariant } from '../base/result';

export interface Window {
  readonly bytes: Uint8Array;
  readonly view: DataView; // of `bytes`
  readonly base: number; // where in the file `bytes` begins
}

/** The answer of a machine that reads no further. */
export const STOP = 0;

export interface Machine {
  /**
   * Reads one item at `at`. Answers how many bytes it took (more than are there: the rest is passed over), minus how
   * many bytes from `at` on it wants to see first, or STOP. `last`: no byte follows those of the window.
   */
  next(window: Window, at: number, last: boolean): number;
  /** The file ends within an item: at `at` of the window, or in bytes that are being passed over. */
  ended(window: Window, at: number, fileLength: number): void;
}

export interface ChunkFeed {
  /** Bytes need not outlive the call. `last` says that none follow, and spares a copy of what is left over. */
  push(chunk: Uint8Array, last?: boolean): void;
  readonly stopped: boolean;
}

const HELD_MIN = 4096; // bytes
const NOTHING = new DataView(new ArrayBuffer(0));

export function feed(machine: Machine): ChunkFeed {
  let stopped = false;
  let base = 0; // file offset of the next byte to be read
  let skip = 0; // bytes still to be passed over
  let wanted = 1;
  let buffer = new Uint8Array(0);
  let held = 0; // bytes of `buffer` in use

  /** Reads items as long as there are whole ones; how many bytes that took, perhaps more than there were. */
  function read(bytes: Uint8Array, last: boolean): number {
    const window = { bytes, view: new DataView(bytes.buffer, bytes.byteOffset, bytes.length), base };
    let at = 0;
    while (at < bytes.length) {
      const step = machine.next(window, at, last);
      if (step > 0) {
        at += step;
        continue;
      }
      if (step < 0) {
        wanted = -step;
        invariant(last || wanted > bytes.length - at, 'a machine wants more than it has seen');
        if (!last) break;
        machine.ended(window, at, base + bytes.length);
      }
      stopped = true;
      break;
    }
    base += at;
    return at;
  }

  function hold(bytes: Uint8Array): void {
    if (held + bytes.length > buffer.length) {
      const larger = new Uint8Array(Math.max(HELD_MIN, 2 * buffer.length, held + bytes.length));
      larger.set(buffer.subarray(0, held));
      buffer = larger;
    }
    buffer.set(bytes, held);
    held += bytes.length;
  }

  /** Completes the item that began in an earlier chunk; how many bytes of this one that took. */
  function readHeld(chunk: Uint8Array, last: boolean): number {
    let from = 0;
    while (held > 0 && !stopped) {
      const more = Math.min(Math.max(0, wanted - held), chunk.length - from);
      hold(chunk.subarray(from, from + more));
      from += more;
      const all = last && from === chunk.length;
      if (held < wanted && !all) break;
      const taken = read(buffer.subarray(0, held), all);
      skip = Math.max(0, taken - held);
      buffer.copyWithin(0, Math.min(taken, held), held);
      held = Math.max(0, held - taken);
    }
    return from;
  }

  function push(chunk: Uint8Array, last = false): void {
    let from = readHeld(chunk, last);
    const passed = Math.min(skip, chunk.length - from);
    skip -= passed;
    from += passed;
    if (!stopped && from < chunk.length) {
      const rest = from === 0 ? chunk : chunk.subarray(from);
      const taken = read(rest, last);
      skip = Math.max(0, taken - rest.length);
      if (taken < rest.length && !stopped) hold(rest.subarray(taken));
    }
    if (!last || stopped) return;
    stopped = true;
    if (skip > 0) machine.ended({ bytes: NO_BYTES, view: NOTHING, base }, 0, base - skip);
  }

  return {
    push,
    get stopped() {
      return stopped;
    },
  };
}
