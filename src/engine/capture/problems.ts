/** What a file that is no capture seems to be, by its first bytes. */
export type LooksLike = 'text' | Packed | ForeignCapture | 'pcapng' | 'unknown';

/** Compressed or bundled. gzip, zip and tar are opened before; the others are not. */
export type Packed = 'gzip' | 'zip' | 'tar' | 'zstd' | 'xz' | 'bzip2' | 'lz4' | '7z' | 'rar';

/** Capture formats that other programs read and this one does not. */
export type ForeignCapture =
  | 'snoop'
  | 'netmon'
  | 'sniffer'
  | 'netxray'
  | 'btsnoop'
  | 'iptrace'
  | 'nettl'
  | 'observer'
  | 'peek'
  | 'k12'
  | 'blf';

type Kind<K extends string, Severity extends 'error' | 'note', Values = unknown> = {
  readonly kind: K;
  readonly severity: Severity;
  readonly offset: number;
} & Values;

/** `packet` counts from 1, as people do: the one in question, or the next that would have been read. */
interface AtPacket {
  readonly packet: number;
}

/** Bytes from `offset` on: there, and needed. */
interface Cut {
  readonly have: number;
  readonly need: number;
}

/**
 * Everything that can be wrong with a capture file. `offset` is where in the file, in bytes. An error damages the
 * file or ends the reading; a note does not.
 */
export type CaptureProblem = PcapProblem | PcapngProblem | PackedProblem;

type PcapProblem =
  | Kind<'empty-file', 'error'>
  | Kind<'too-short-for-header', 'error', Cut>
  | Kind<
      'not-a-capture',
      'error',
      {
        readonly magic: string; // first four bytes in file order, hex
        readonly looksLike: LooksLike;
        readonly firstBytes: string; // up to 16 bytes, hex
      }
    >
  | Kind<'unsupported-version', 'error', { readonly format: 'pcap' | 'pcapng'; readonly version: string }>
  | Kind<'reserved-bits', 'error', { readonly linkTypeField: string }> // hex
  | Kind<'no-packets', 'note'>
  | Kind<'unknown-link-type', 'note', { readonly linkType: number }>
  | Kind<'cut-in-record-header', 'error', AtPacket & Cut>
  | Kind<'cut-in-packet', 'error', AtPacket & Cut> // offset: of the packet's data
  | Kind<'implausible-length', 'error', AtPacket & { readonly length: number; readonly limit: number }>; // of the length

type PcapngProblem =
  | Kind<'bad-byte-order', 'error', AtPacket & { readonly found: string }> // hex
  | Kind<'cut-in-block', 'error', AtPacket & Cut & { readonly blockType: number | null }>
  | Kind<'bad-block-length', 'error', AtPacket & BlockLength>
  | Kind<'block-lengths-differ', 'error', AtPacket & { readonly first: number; readonly last: number }>
  | Kind<'no-such-interface', 'error', AtPacket & { readonly interface: number; readonly interfaces: number }>
  | Kind<'option-too-long', 'error', AtPacket & { readonly length: number; readonly left: number }>
  | Kind<'bad-name-record', 'error', AtPacket & { readonly length: number; readonly left: number }>;

interface BlockLength {
  readonly blockType: number;
  readonly length: number;
  readonly min: number;
  readonly max: number;
}

/** Of a file that wraps captures, or of one that is not read to its end. Its `packet` counts within the capture that was being unpacked. */
export type PackedProblem =
  | Kind<'packed-cut', 'error', AtPacket & { readonly packed: 'gzip' | 'zip' | 'tar'; readonly unpacked: number }>
  | Kind<'packed-damaged', 'error', AtPacket & { readonly packed: 'gzip' | 'zip' | 'tar'; readonly unpacked: number }>
  | Kind<'unpacked-too-large', 'error', AtPacket & { readonly limit: number }>
  | Kind<'read-in-part', 'note', AtPacket & { readonly limit: number }> // a file that is longer than is read here
  | Kind<'packed-too-deep', 'error', { readonly limit: number }>
  | Kind<'too-many-files', 'error', { readonly limit: number }>
  | Kind<'nothing-inside', 'error', { readonly packed: 'zip' | 'tar' }>
  | Kind<'zip-encrypted', 'error'>
  | Kind<'zip-method', 'error', { readonly method: number }>;
