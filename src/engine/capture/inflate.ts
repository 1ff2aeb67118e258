/**
 * Deflate, RFC 1951, as a stream of unknown length: fflate unpacks, and this tells where the stream ended, which fflate
 * knows (its own `Gunzip` reads on from there) but keeps to itself. inflate.test.ts holds that.
 */
import { Inflate } from 'fflate';

export interface Inflater {
  /**
   * How many of these bytes belonged to the stream, or null where they are no deflate stream. Unpacked bytes went to
   * `out` meanwhile. A few bytes at a time, please: they may unpack to a thousand times as many.
   */
  push(bytes: Uint8Array): number | null;
  readonly ended: boolean;
}

/** Unpacks to 66 MB at most, so a limit on unpacked bytes is noticed in time. */
export const SLICE_LENGTH = 64 * 1024; // bytes

/** What fflate 0.8.3 keeps of a stream: the block is the last one, a block is being read, bits used; bytes left. */
interface Inside {
  readonly s: { readonly f?: number; readonly l?: unknown; readonly p?: number };
  readonly p: Uint8Array;
}

export function newInflater(out: (bytes: Uint8Array) => void): Inflater {
  const inflate = new Inflate((bytes) => {
    if (bytes.length > 0) out(bytes);
  });
  let ended = false;
  return {
    push(bytes) {
      if (ended || bytes.length === 0) return 0;
      try {
        inflate.push(bytes);
      } catch (error) {
        if (error instanceof Error && 'code' in error) return null; // fflate's word for bytes it cannot read
        throw error;
      }
      const { s, p } = inflate as unknown as Inside;
      ended = Boolean(s.f) && !s.l;
      if (!ended) return bytes.length;
      const left = p.length - ((s.p ?? 0) > 0 ? 1 : 0); // the last byte's other bits are padding
      return Math.max(0, bytes.length - left);
    },
    get ended() {
      return ended;
    },
  };
}
