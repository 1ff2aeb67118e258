/** The capture points of `hopscope compare`: which file was taken where, and what its host is called. */
import { basename } from 'node:path';
import { type CaptureProblem, openCapture } from '../engine/capture/open';
import { createReader } from '../engine/capture/reader';
import { openSession, type Session, type SessionCapture } from '../engine/comparison/session';
import type { PointFile } from '../engine/diagnosis/seen';
import { packetColumns } from '../engine/matching/packet-columns';
import { article } from '../engine/topology/scenarios/article';
import type { Topology } from '../engine/topology/topology';
import { bytesOf } from './files';

export interface GivenFile {
  readonly name: string | null; // null: to be found
  readonly path: string;
}

/** `NAME=FILE`, or a file alone. */
export function givenFile(word: string): GivenFile {
  const named = /^([^=/\\]+)=(.+)$/.exec(word);
  return named === null ? { name: null, path: word } : { name: named[1] ?? '', path: named[2] ?? '' };
}

export interface OpenedFile extends GivenFile {
  readonly bytes: Uint8Array;
  readonly columns: PointFile['columns'];
  readonly problem: CaptureProblem | null;
}

export function openFile({ name, path }: GivenFile): OpenedFile {
  const bytes = bytesOf(path);
  const { columns, sink } = packetColumns();
  const reader = createReader(sink);
  reader.push(bytes, true);
  return { name, path, bytes, columns, problem: reader.end() };
}

/** A place, and the command that was run, show in the first packets: so much of a file is looked at for them. */
const LOOKED_AT = 4_000_000; // bytes

export function sessionFiles(files: readonly OpenedFile[]): readonly SessionCapture[] {
  return files.flatMap(({ name, path, bytes }, i) => {
    const opened = openCapture(bytes.length > LOOKED_AT ? bytes.subarray(0, LOOKED_AT) : bytes);
    const called = name ?? basename(path);
    return opened.ok ? [{ id: String(i), name: `${called}.cap`, capture: opened.value, role: null }] : [];
  });
}

/** Places as the packets tell them, in the cluster given or in one made up from the captures. */
export const placesOf = (files: readonly OpenedFile[], cluster: Topology | null): Session =>
  openSession({ topology: cluster ?? article, command: '', captures: sessionFiles(files) });

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
