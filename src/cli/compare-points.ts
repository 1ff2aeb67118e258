/** The capture points of `hopscope compare`: which file was taken where, and what its host is called. */
import { basename, relative } from 'node:path';
import { concat } from '../engine/base/bytes';
import { type CaptureProblem, openCapture } from '../engine/capture/open';
import { captureTaker, type FileTaker } from '../engine/capture/taker';
import { openSession, type Session, type SessionCapture } from '../engine/comparison/session';
import type { PointFile } from '../engine/diagnosis/seen';
import { groupPackets } from '../engine/matching/group';
import { packetColumns } from '../engine/matching/packet-columns';
import { partOf } from '../engine/matching/part';
import { PART_ROWS, WHOLE_PACKETS_MAX } from '../engine/matching/part-size';
import { article } from '../engine/topology/scenarios/article';
import type { Topology } from '../engine/topology/topology';
import { readCaptures } from './capture-input';
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
  readonly head: Uint8Array; // its first bytes
  readonly columns: PointFile['columns'];
  readonly problem: CaptureProblem | null;
}

/** A place, and the command that was run, show in the first packets: so much of a file is looked at for them. */
const LOOKED_AT = 4_000_000; // bytes

/** All that is in it: of a folder or an archive perhaps several, and then the name given is that of none of them alone. */
export function openGiven({ name, path }: GivenFile): readonly OpenedFile[] {
  const found: OpenedFile[] = [];
  readCaptures(
    path,
    (inner) => opening((opened) => found.push({ name: null, path: inner, ...opened })),
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
  let left = LOOKED_AT;
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

/** Of many packets the part that the page would compare, as far as it lies in the first bytes of the files. */
export function sessionFiles(files: readonly OpenedFile[]): readonly SessionCapture[] {
  const opened = files.flatMap(({ name, path, head, columns }, i) => {
    const capture = openCapture(head);
    const called = name ?? basename(path);
    return capture.ok ? [{ id: String(i), name: `${called}.cap`, capture: capture.value, columns, role: null }] : [];
  });
  const packets = opened.reduce((sum, { capture }) => sum + capture.packets.length, 0);
  if (packets <= WHOLE_PACKETS_MAX) return opened;
  const tables = opened.map(({ capture, columns: { table } }) => ({ ...table, rows: capture.packets.length }));
  const part = partOf(groupPackets(tables), null);
  return opened.map((file, i) => {
    const rows =
      part?.rows[i] ?? Int32Array.from({ length: Math.min(PART_ROWS, file.capture.packets.length) }, (_, n) => n);
    const compared = [...rows].flatMap((row) => file.capture.packets[row] ?? []);
    return { ...file, capture: { ...file.capture, packets: compared } };
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
