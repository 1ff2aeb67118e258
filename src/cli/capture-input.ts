/** Capture files off the disk: in pieces, whatever their size, unpacked where they are wrapped; of a folder, all in it. */
import { closeSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type TakeFile, unpack } from '../engine/capture/unpack';
import { codeOf } from './files';

const PIECE_LENGTH = 1024 * 1024; // bytes
let piece: Uint8Array | null = null; // one for all files: a taker keeps no bytes

/** Why the system refused a path; `path` is not always the one asked for. */
export interface Refusal {
  readonly path: string;
  readonly code: string; // ENOENT and the like
}

/** Reads a file or, one after another, those of a folder. Goes on after one that the system refuses. */
export function readCaptures(path: string, take: TakeFile, refuse: (refusal: Refusal) => void): void {
  try {
    const paths = statSync(path).isDirectory() ? filesIn(path) : [path];
    for (const file of paths) readFile(file, take, refuse);
  } catch (error) {
    refuse({ path, code: codeOf(error) });
  }
}

/** At any depth, in the order of their names. Links to folders are not followed: they may lead back. */
const filesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() || entry.isSymbolicLink())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => statSync(path, { throwIfNoEntry: false })?.isFile() ?? true)
    .sort();

function readFile(path: string, take: TakeFile, refuse: (refusal: Refusal) => void): void {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch (error) {
    refuse({ path, code: codeOf(error) });
    return;
  }
  try {
    piece ??= new Uint8Array(PIECE_LENGTH);
    const file = unpack(path, take);
    while (!file.stopped) {
      const length = readSync(descriptor, piece);
      if (length === 0) break;
      file.push(piece.subarray(0, length));
    }
    file.end(null);
  } finally {
    closeSync(descriptor);
  }
}
