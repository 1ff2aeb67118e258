import { hex } from '../base/bytes';
import type { LooksLike } from './types';

const FIRST_BYTES = 16; // shown of a file that is no capture
const TEXT_SAMPLE = 512; // bytes looked at before calling a file text

/** First bytes of what people pick instead of a capture, in hex. */
const SIGNATURES: readonly { readonly start: string; readonly looksLike: LooksLike }[] = [
  { start: '0a0d0d0a', looksLike: 'pcapng' }, // draft-ietf-opsawg-pcapng section 4.1, the section header block
  { start: '736e6f6f70000000', looksLike: 'snoop' }, // RFC 1761, "snoop" and three zero bytes
  { start: '1f8b', looksLike: 'gzip' }, // RFC 1952 section 2.3.1
  { start: '504b0304', looksLike: 'zip' },
];

export function looksLike(bytes: Uint8Array): LooksLike {
  const start = firstBytes(bytes);
  const known = SIGNATURES.find((signature) => start.startsWith(signature.start));
  if (known !== undefined) return known.looksLike;
  return isText(bytes.subarray(0, TEXT_SAMPLE)) ? 'text' : 'unknown';
}

export const firstBytes = (bytes: Uint8Array): string => hex(bytes.subarray(0, FIRST_BYTES));

/** Printable ASCII, white space, and bytes that UTF-8 uses. A zero byte or another control byte says no. */
const isText = (sample: Uint8Array): boolean =>
  sample.length > 0 &&
  sample.every((byte) => (byte >= 0x20 ? byte !== 0x7f : byte === 9 || byte === 10 || byte === 13));
