import { hex } from '../base/bytes';
import type { LooksLike } from './types';

const FIRST_BYTES = 16; // shown of a file that is no capture
const TEXT_SAMPLE = 512; // bytes looked at before calling a file text

/** As many bytes as are needed to name any file. */
export const SAMPLE_LENGTH = TEXT_SAMPLE;

/** First bytes of what people pick instead of a capture, in hex; for captures as Wireshark's wiretap has them. */
const SIGNATURES: readonly { readonly start: string; readonly at?: number; readonly looksLike: LooksLike }[] = [
  { start: '0a0d0d0a', looksLike: 'pcapng' }, // draft-ietf-opsawg-pcapng section 4.1, the section header block
  { start: '1f8b', looksLike: 'gzip' }, // RFC 1952 section 2.3.1
  { start: '504b0304', looksLike: 'zip' },
  { start: '504b0506', looksLike: 'zip' }, // one with nothing inside
  { start: '7573746172', at: 257, looksLike: 'tar' }, // "ustar"
  { start: '28b52ffd', looksLike: 'zstd' }, // RFC 8878 section 3.1.1
  { start: 'fd377a585a00', looksLike: 'xz' },
  { start: '425a68', looksLike: 'bzip2' },
  { start: '04224d18', looksLike: 'lz4' },
  { start: '377abcaf271c', looksLike: '7z' },
  { start: '526172211a07', looksLike: 'rar' },
  { start: '736e6f6f70000000', looksLike: 'snoop' }, // RFC 1761, "snoop" and three zero bytes
  { start: '52545353', looksLike: 'netmon' },
  { start: '474d4255', looksLike: 'netmon' },
  { start: '5452534e494646206461746120202020', looksLike: 'sniffer' },
  { start: '58435000', looksLike: 'netxray' },
  { start: '564c0000', looksLike: 'netxray' },
  { start: '6274736e6f6f7000', looksLike: 'btsnoop' },
  { start: '697074726163652031', looksLike: 'iptrace' },
  { start: '697074726163652032', looksLike: 'iptrace' },
  { start: '5452006400', looksLike: 'nettl' },
  { start: '4f62736572766572506b74427566666572', looksLike: 'observer' },
  { start: '7f766572', looksLike: 'peek' },
  { start: '0000020012051004', looksLike: 'k12' },
  { start: '4c4f4747', looksLike: 'blf' },
];

export function looksLike(bytes: Uint8Array): LooksLike {
  const known = SIGNATURES.find(({ start, at = 0 }) => hex(bytes.subarray(at, at + start.length / 2)) === start);
  if (known !== undefined) return known.looksLike;
  return isText(bytes.subarray(0, TEXT_SAMPLE)) ? 'text' : 'unknown';
}

export const firstBytes = (bytes: Uint8Array): string => hex(bytes.subarray(0, FIRST_BYTES));

/** Printable ASCII, white space, and bytes that UTF-8 uses. A zero byte or another control byte says no. */
const isText = (sample: Uint8Array): boolean =>
  sample.length > 0 &&
  sample.every((byte) => (byte >= 0x20 ? byte !== 0x7f : byte === 9 || byte === 10 || byte === 13));
