import { invariant } from './result';

/** The payload of a header that ends its frame. */
export const NO_BYTES = new Uint8Array(0);

/** One new array holding all parts in order. */
export function concat(...parts: readonly Uint8Array[]): Uint8Array {
  let length = 0;
  for (const part of parts) length += part.length;
  const out = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

const BYTE_TEXT: readonly string[] = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));

/** Lower-case hex, two digits per byte, nothing between them. */
export function hex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += BYTE_TEXT[byte];
  return text;
}

const KEY_PART = 4096; // arguments of one call

/** A text that is the same for the same bytes and for no others: a key for maps, much quicker than hex. */
export function keyOf(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += KEY_PART) {
    text += String.fromCharCode.apply(null, bytes.subarray(at, at + KEY_PART) as unknown as number[]);
  }
  return text;
}

/** A number as people write ids and checksums: `0x` and at least `digits` hex digits. */
export const hexNumber = (value: number, digits: number): string => `0x${value.toString(16).padStart(digits, '0')}`;

/** Reads hex text of code and tests; white space is ignored, anything else but hex digits is a bug. */
export function fromHex(text: string): Uint8Array {
  const digits = text.replace(/\s+/g, '');
  invariant(/^(?:[0-9a-fA-F]{2})*$/.test(digits), `not pairs of hex digits: ${text}`);
  const out = new Uint8Array(digits.length / 2);
  for (let i = 0; i < out.length; i += 1) out[i] = Number.parseInt(digits.slice(2 * i, 2 * i + 2), 16);
  return out;
}

/** Same length and same bytes. */
export function sameBytes(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i += 1) if (a[i] !== b[i]) return false;
  return true;
}
