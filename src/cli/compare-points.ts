/** The capture points of `hopscope compare`: which file was taken where, and what its host is called. */
import { basename, relative } from 'node:path';
import { concat } from '../engine/base/bytes';
import type { CaptureProblem } from '../engine/capture/open';
import { captureTaker, type FileTaker } from '../engine/capture/taker';
import { openSession, type Session } from '../engine/comparison/session';
import type { PointFile } from '../engine/diagnosis/seen';
import { packetColumns } from '../engine/matching/packet-columns';
import { article } from '../engine/topology/scenarios/article';
import type { Topology } from '../engine/topology/topology';
import { readCaptures } from './capture-input';
import { comparedOf } from './compared-files';
import { UsageError } from './usage-error';

export interface GivenFile {
  readonly name: string | null; // null: to be found
  readonly path: string;
}

/** `NAME=FILE`, or a file alone. */
export function givenFile(word: string): GivenFile {
  const named = /^([^=/\\]+)=(.+)$/.exec(word);
  return named === null ? { name: null, path: word } : { name: named[1] ?? '', path: named[2] ?? '' };
}

/** One capture of a given file, folder or archive. */
export interface OpenedFile extends GivenFile {
  /** Where to read it again: what was given, and which of the files in it. */
  readonly from: { readonly path: string; readonly place: number };
  readonly head: Uint8Array; // its first bytes
  readonly columns: PointFile['columns'];
  readonly problem: CaptureProblem | null;
}

/** So much of a file is kept, that what is compared need not be read again: what comes through a pipe cannot be. */
const HEAD_BYTES = 4_000_000;

/** All that is in it: of a folder or an archive perhaps several, and then the name given is that of none of them alone. */
export function openGiven({ name, path }: GivenFile): readonly OpenedFile[] {
  const found: OpenedFile[] = [];
  readCaptures(
    path,
    (inner) =>
      opening((opened) => found.push({ name: null, path: inner, from: { path, place: found.length }, ...opened })),
    (refusal) => {
      throw new UsageError({ kind: 'cannot-read', ...refusal });
    },
  );
  const several = found.filter(isCapture).length > 1;
  return found.map((file) =>
    name === null ? file : { ...file, name: several ? `${name}/${relative(path, file.path)}` : name },
  );
}

/** Something else that lies in a folder or an archive is no point. */
export const isCapture = ({ columns }: OpenedFile): boolean => columns.interfaces.length > 0;

/** Keeps the columns and the first bytes, so that a file of any length passes through. */
function opening(done: (opened: Pick<OpenedFile, 'head' | 'columns' | 'problem'>) => void): FileTaker {
  const { columns, sink } = packetColumns();
  const parts: Uint8Array[] = [];
  let left = HEAD_BYTES;
  const taker = captureTaker(sink, (problem) => done({ head: concat(...parts), columns, problem }));
  return {
    push(bytes) {
      if (left > 0) parts.push(bytes.slice(0, left));
      left -= bytes.length;
      taker.push(bytes);
    },
    end: (fault) => taker.end(fault),
    get stopped() {
      return taker.stopped;
    },
  };
}

/** Places as the packets tell them, in the cluster given or in one made up from the captures. */
export const placesOf = (files: readonly OpenedFile[], cluster: Topology | null): Session =>
  openSession({ topology: cluster ?? article, command: '', captures: comparedOf(files) });

/**
 * Points with names: the user's, else that of the place found, else the file's own. Files whose place was found stand in the
 * order of the places; the hops bring the rest in order later.
 */
export function namedPoints(files: readonly OpenedFile[], session: Session | null): readonly PointFile[] {
  const taken = new Set(files.flatMap(({ name }) => name ?? []));
  const order = session?.topology.capturePoints.map(({ id }) => id) ?? [];
  const points = files.map((file, i): PointFile & { readonly place: number } => {
    const role = session?.roles.find((one) => one.file === String(i))?.point ?? null;
    const found = role !== null && !taken.has(role) ? role : null;
    const own = basename(file.path).replace(/\.\w+$/, '');
    const name = file.name ?? found ?? (taken.has(own) ? file.path : own);
    taken.add(name);
    const host = session?.topology.capturePoints.find(({ id }) => id === role)?.host ?? null;
    const place = file.name !== null || role === null ? -1 : order.indexOf(role);
    return {
      name,
      host: file.name !== null && session?.inferred !== null ? name : (host ?? name),
      file: file.path,
      columns: file.columns,
      place,
    };
  });
  const isNamed = files.some(({ name }) => name !== null);
  return isNamed ? points : [...points].sort((a, b) => (a.place < 0 ? 99 : a.place) - (b.place < 0 ? 99 : b.place));
}
