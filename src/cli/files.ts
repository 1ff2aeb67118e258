/** Reading and writing files; what the system refuses becomes a usage error that names the path. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { UsageError } from './usage-error';

/** The system's own word for what went wrong: ENOENT and the like. */
export const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : String(error);

export function bytesOf(path: string): Uint8Array {
  try {
    return new Uint8Array(readFileSync(path));
  } catch (error) {
    throw new UsageError({ kind: 'cannot-read', path, code: codeOf(error) });
  }
}

export const textOf = (path: string): string => new TextDecoder().decode(bytesOf(path));

/** Writes all files into a folder, which is made where it does not exist. */
export function writeInto(
  folder: string,
  files: readonly { readonly name: string; readonly data: Uint8Array | string }[],
): void {
  try {
    mkdirSync(folder, { recursive: true });
    for (const { name, data } of files) writeFileSync(join(folder, name), data);
  } catch (error) {
    throw new UsageError({ kind: 'cannot-write', path: folder, code: codeOf(error) });
  }
}

export function writeText(path: string, text: string): void {
  try {
    writeFileSync(path, text);
  } catch (error) {
    throw new UsageError({ kind: 'cannot-write', path, code: codeOf(error) });
  }
}
