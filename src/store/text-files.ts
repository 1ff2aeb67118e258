/** Reads files as text, where their first bytes are those of one: the head of a long one tells what it is. */
import { encodingOf } from '../engine/base/encoding';
import { looksLike } from '../engine/capture/signatures';

export const FIRST_BYTES = 512; // enough to tell what a file is
const HEAD_BYTES = 64 * 1024; // enough to tell what a text is about
/** Three times what kubectl prints of 150,000 pods; as YAML it prints about 4,000 of them in so much. */
const TEXT_BYTES_MAX = 64 * 1024 * 1024;

export interface TextHead {
  readonly text: string;
  readonly isWhole: boolean;
}

export const sizeOf = (text: string | Blob): number => (typeof text === 'string' ? text.length : text.size);

/** Null for what is no text, or is too long, or cannot be read. */
export async function headOf(source: string | Blob): Promise<TextHead | null> {
  const isWhole = sizeOf(source) <= HEAD_BYTES;
  if (typeof source === 'string') return { text: source.slice(0, HEAD_BYTES), isWhole };
  try {
    const bytes = new Uint8Array(await source.slice(0, HEAD_BYTES).arrayBuffer());
    const kind = looksLike(bytes.subarray(0, FIRST_BYTES));
    const encoding = kind === 'text' || kind === 'unknown' ? encodingOf(bytes.subarray(0, FIRST_BYTES)) : null;
    if (encoding === null || source.size > TEXT_BYTES_MAX) return null;
    return { text: new TextDecoder(encoding).decode(bytes), isWhole };
  } catch {
    return null;
  }
}

/** All of it. Rejects where a file has gone since. */
export async function wholeOf(source: string | Blob): Promise<string> {
  if (typeof source === 'string') return source;
  const bytes = new Uint8Array(await source.arrayBuffer());
  return new TextDecoder(encodingOf(bytes.subarray(0, FIRST_BYTES)) ?? 'utf-8').decode(bytes);
}
