/** One packet of a capture file, in file order. */
export interface CapturedPacket {
  readonly index: number; // 0-based; shown as index + 1
  readonly seconds: number; // since 1970-01-01 00:00 UTC
  readonly nanoseconds: number; // within the second, whatever the file's own resolution
  readonly capturedLength: number; // bytes in the file
  readonly originalLength: number; // bytes on the wire; more, if the capture cut them off
  readonly fileOffset: number; // of the packet's first byte
  readonly bytes: Uint8Array; // a view of the file, not a copy
}

export interface CaptureFile {
  readonly format: 'pcap';
  readonly byteOrder: 'le' | 'be';
  readonly resolution: 'us' | 'ns';
  readonly version: { readonly major: number; readonly minor: number };
  readonly snapLength: number; // bytes
  readonly linkType: number;
  readonly packets: readonly CapturedPacket[];
  /** Why reading stopped before the end, or what is odd; the packets before that place are in `packets`. */
  readonly problem: CaptureProblem | null;
}

/** What a file that is no capture seems to be, by its first bytes. */
export type LooksLike = 'text' | 'gzip' | 'zip' | 'pcapng' | 'snoop' | 'unknown';

/**
 * Everything that can be wrong with a capture file. `offset` is where in the file, in bytes; `packet` counts from 1,
 * as people do; `have` and `need` count bytes from `offset`.
 */
export type CaptureProblem =
  | { readonly kind: 'empty-file'; readonly severity: 'error'; readonly offset: 0 }
  | {
      readonly kind: 'too-short-for-header';
      readonly severity: 'error';
      readonly offset: 0;
      readonly have: number;
      readonly need: number;
    }
  | {
      readonly kind: 'not-a-capture';
      readonly severity: 'error';
      readonly offset: 0;
      readonly magic: string; // first four bytes in file order, hex
      readonly looksLike: LooksLike;
      readonly firstBytes: string; // up to 16 bytes, hex
    }
  | { readonly kind: 'pcapng-not-yet'; readonly severity: 'error'; readonly offset: 0 }
  | { readonly kind: 'no-packets'; readonly severity: 'note'; readonly offset: number }
  | {
      readonly kind: 'cut-in-record-header';
      readonly severity: 'error';
      readonly packet: number;
      readonly offset: number;
      readonly have: number;
      readonly need: number;
    }
  | {
      readonly kind: 'cut-in-packet';
      readonly severity: 'error';
      readonly packet: number;
      readonly offset: number; // of the packet's data
      readonly have: number;
      readonly need: number;
    }
  | {
      readonly kind: 'implausible-length';
      readonly severity: 'error';
      readonly packet: number;
      readonly offset: number; // of the length itself
      readonly length: number;
      readonly limit: number;
    };
