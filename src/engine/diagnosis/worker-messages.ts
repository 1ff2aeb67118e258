/**
 * What the page, the workers that read and the one that matches say to each other. `Source` is the browser's Blob, `Port`
 * its MessagePort, both unknown here. Columns go from worker to worker: the page could not copy them without stopping.
 */
import type { PacketColumns } from '../matching/packet-columns';
import type { Near, Part } from '../matching/part';
import type { Answer, Owners, PlacedFile } from './diagnose-session';

/** Through the port: one for each capture that was read. */
export interface HandedColumns {
  readonly id: string; // of the file, as the page knows it
  readonly columns: PacketColumns;
}

/** A file with a source is read by the matching worker itself; one without is handed over by the worker that read it. */
export interface HeldFile<Source> {
  readonly id: string;
  readonly source: Source | null;
}

export type AskedFile<Source> = HeldFile<Source> & PlacedFile;

export interface Question<Source> {
  readonly number: number; // only the last one asked is answered
  readonly files: readonly AskedFile<Source>[];
  readonly owners: Owners | null;
}

export type ToMatching<Source, Port> =
  | { readonly kind: 'reader'; readonly port: Port }
  /** Everything that is open or being read; what else is held is forgotten. */
  | { readonly kind: 'keep'; readonly files: readonly string[]; readonly reading: readonly string[] }
  | ({ readonly kind: 'question' } & Question<Source>)
  /** Which packets to compare; the last one asked is answered. */
  | {
      readonly kind: 'part';
      readonly number: number;
      readonly files: readonly HeldFile<Source>[];
      readonly near: Near | null;
    };

export interface MatchingProgress {
  readonly stage: 'waiting' | 'matching' | 'diagnosing'; // waiting: for columns
  readonly files: number;
  readonly packets: number;
}

export type FromMatching =
  | { readonly kind: 'progress'; readonly number: number; readonly progress: MatchingProgress }
  | { readonly kind: 'answer'; readonly number: number; readonly answer: Answer }
  | { readonly kind: 'part'; readonly number: number; readonly part: Part | null }
  | { readonly kind: 'failed'; readonly number: number }; // a file has gone, or there is no memory

/** The captures of one reading are numbered from 0. */
export const captureId = (reading: string, place: number): string => `${reading}.${place}`;
export const readingOf = (id: string): string => id.split('.', 1)[0] ?? id;
