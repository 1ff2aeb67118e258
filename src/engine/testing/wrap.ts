/** Archives for tests, made by others' code: fflate packs, and a tar is simple enough to be written here. */
import { gzipSync, Zip, ZipDeflate, ZipPassThrough, zipSync } from 'fflate';
import { concat } from '../base/bytes';

export type NamedFiles = Readonly<Record<string, Uint8Array>>;

/** The same bytes at any time of day. */
const WRITTEN = { mtime: '2026-01-01T00:00:00Z' } as const;

export const gz = (bytes: Uint8Array): Uint8Array => gzipSync(bytes, WRITTEN);
export const zip = (files: NamedFiles): Uint8Array => zipSync({ ...files }, WRITTEN);

/** As a program writes it that cannot go back: each file's lengths stand behind it. */
export function streamedZip(files: NamedFiles, method: 'stored' | 'deflate' = 'deflate'): Uint8Array {
  const parts: Uint8Array[] = [];
  const made = new Zip((error, part) => {
    if (error) throw error;
    parts.push(part.slice());
  });
  for (const [name, bytes] of Object.entries(files)) {
    const entry = method === 'stored' ? new ZipPassThrough(name) : new ZipDeflate(name);
    entry.mtime = WRITTEN.mtime;
    made.add(entry);
    entry.push(bytes, true);
  }
  made.end();
  return concat(...parts);
}

const BLOCK = 512; // bytes
const ascii = (text: string): Uint8Array => Uint8Array.from(text, (character) => character.charCodeAt(0));

/** A ustar archive; a name that ends with `/` is a folder. */
export function tar(files: NamedFiles): Uint8Array {
  const parts = Object.entries(files).flatMap(([name, bytes]) => [
    tarHeader(name, bytes.length, name.endsWith('/') ? '5' : '0'),
    bytes,
    new Uint8Array(-bytes.length & (BLOCK - 1)),
  ]);
  return concat(...parts, new Uint8Array(2 * BLOCK));
}

/** POSIX.1-1988, section 10.1.1. */
export function tarHeader(name: string, length: number, type: string): Uint8Array {
  const header = new Uint8Array(BLOCK);
  header.set(ascii(name.slice(-100)), 0);
  header.set(ascii('0000644\0'), 100);
  header.set(ascii(`${length.toString(8).padStart(11, '0')}\0`), 124);
  header.set(ascii('        '), 148);
  header.set(ascii(type), 156);
  header.set(ascii('ustar\0'), 257);
  const sum = header.reduce((total, byte) => total + byte, 0);
  header.set(ascii(`${sum.toString(8).padStart(6, '0')}\0 `), 148);
  return header;
}
