/** Reads a file as text, where its first bytes are those of one. */
import { encodingOf } from '../engine/base/encoding';
import { looksLike } from '../engine/capture/signatures';

export const FIRST_BYTES = 512; // enough to tell what a file is
const TEXT_BYTES_MAX = 16 * 1024 * 1024; // a cluster of a thousand nodes as YAML is about this long

/** Null for what is no text, or is too long, or cannot be read. */
export async function textOf(file: Blob): Promise<string | null> {
  try {
    const first = new Uint8Array(await file.slice(0, FIRST_BYTES).arrayBuffer());
    const kind = looksLike(first);
    const encoding = kind === 'text' || kind === 'unknown' ? encodingOf(first) : null;
    if (encoding === null || file.size > TEXT_BYTES_MAX) return null;
    return new TextDecoder(encoding).decode(await file.arrayBuffer());
  } catch {
    return null;
  }
}
