/** What a wrapping of files (gzip, tar, zip) is given to work with, and what it answers. */
import type { Machine } from './chunks';
import type { FileTaker } from './taker';
import type { PackedProblem } from './types';

/** Bounds against archives that unpack to far more than they seem to hold. */
export interface Limits {
  readonly fileBytes: number; // of one file
  readonly totalBytes: number; // of everything that one archive unpacks to, archives within it included
  readonly files: number;
  readonly depth: number; // archives within archives
}

const GIB = 1024 ** 3;
export const LIMITS: Limits = { fileBytes: GIB, totalBytes: 4 * GIB, files: 4096, depth: 4 };

export interface Archive {
  readonly limits: Limits;
  /** The file that a gzip is. */
  whole(): FileTaker;
  /** A file of many, by its name there; null where there are too many of them by now. */
  member(name: string): FileTaker | null;
  /** Something that is wrong, and is wrong with no file inside. */
  report(problem: PackedProblem): void;
  /** Counts unpacked bytes; false once they are too many. */
  unpacks(bytes: number): boolean;
}

export interface Container extends Machine {
  /** No bytes follow. `fault`: what is wrong with the file that this one was unpacked from. */
  finish(fault: PackedProblem | null, length: number): void;
}
