/**
 * A long text as a short one that an address can hold: deflated with a check sum (RFC 1950, zlib) and written in base64url
 * (RFC 4648 section 5). Both ends keep the same bounds, so what is packed here is unpacked there.
 */
import { err, ok, type Result } from '../engine/base/result';

/** Firefox keeps no address above 65,536 characters in its history and bookmarks; the rest is for where the page stands. */
export const PACKED_MAX = 60_000; // characters
/** Deflate packs a thousand to one at best: a short link must not fill the memory of whoever opens it. */
export const TEXT_MAX = 1_000_000; // characters

export type UnpackError = 'damaged' | 'too-long';

/** Null where it does not fit. Plain ASCII only, as an address is. */
export async function pack(text: string): Promise<string | null> {
  if (text.length > TEXT_MAX) return null;
  const deflated = new Blob([text]).stream().pipeThrough(new CompressionStream('deflate'));
  const bytes = new Uint8Array(await new Response(deflated).arrayBuffer());
  const packed = toBase64Url(bytes);
  return packed.length > PACKED_MAX ? null : packed;
}

export async function unpack(packed: string): Promise<Result<string, UnpackError>> {
  if (packed.length > PACKED_MAX) return err('too-long');
  const bytes = fromBase64Url(packed);
  if (bytes === null) return err('damaged');
  const reader = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate')).getReader();
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let text = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return ok(text + decoder.decode());
      text += decoder.decode(value, { stream: true });
      if (text.length > TEXT_MAX) {
        void reader.cancel();
        return err('too-long');
      }
    }
  } catch {
    return err('damaged'); // cut, or changed
  }
}

function toBase64Url(bytes: Uint8Array): string {
  const characters = Array.from(bytes, (byte) => String.fromCharCode(byte)).join('');
  return btoa(characters).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}

/** Null for what is none. */
function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[\w-]*$/.test(text) || text.length % 4 === 1) return null;
  const characters = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(characters, (character) => character.charCodeAt(0));
}
