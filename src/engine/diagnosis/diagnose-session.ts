/**
 * A diagnosis of files that are open beside a cluster, each at the place that was found for it or chosen by the user. What
 * is asked and what is answered are plain data: the packets stay with whoever matches them.
 */
import { macToBytes } from '../addr/mac';
import { devicesFor } from '../comparison/places';
import type { FileRole, SessionCapture } from '../comparison/session';
import type { Groups } from '../matching/group';
import type { Topology } from '../topology/topology';
import { type Diagnosis, diagnose } from './diagnose';
import type { ModelView } from './diagnose-model';
import { lookAt, type PointFile } from './seen';

/** A file and what it is called in the diagnosis. */
export type PlacedFile = Omit<PointFile, 'columns'> & { readonly id: string };

/** Whose MAC is whose, by the cluster's own account: as flat as it can be, since it is copied into a worker. */
export interface Owners {
  readonly macs: Float64Array;
  readonly hosts: readonly string[];
}

export interface Answer {
  readonly points: readonly string[]; // by the number of the file
  readonly packets: number; // of all files
  readonly diagnosis: Diagnosis;
}

export interface Asked {
  readonly files: readonly PlacedFile[];
  readonly owners: Owners | null;
}

/** What to ask of the packets. Files are in the order of the capture points; those without a place come last. */
export function questionOf({ session }: ModelView, captures: readonly SessionCapture[]): Asked {
  return {
    files: placedFiles(captures, session.roles, session.topology),
    owners: session.inferred === null ? ownersOf(session.topology, captures) : null,
  };
}

/** Then the answer is the same, of the same packets. */
export const isSameQuestion = (one: Asked, other: Asked): boolean =>
  isEach(one.files, other.files, (a, b) => a.id === b.id && a.name === b.name && a.host === b.host) &&
  isEach(one.owners?.macs ?? [], other.owners?.macs ?? [], Object.is) &&
  isEach(one.owners?.hosts ?? [], other.owners?.hosts ?? [], Object.is) &&
  (one.owners === null) === (other.owners === null);

const isEach = <T>(a: ArrayLike<T>, b: ArrayLike<T>, isSame: (a: T, b: T) => boolean): boolean =>
  a.length === b.length && Array.from(a).every((value, i) => isSame(value, b[i] as T));

/** `matched`: the groups of these files, if they have been made. */
export function answerOf(points: readonly PointFile[], owners: Owners | null, matched: Groups | null = null): Answer {
  const seen = lookAt(points, owners === null ? undefined : lookUp(owners), matched);
  const packets = points.reduce((sum, { columns }) => sum + columns.table.rows, 0);
  return { points: points.map(({ name }) => name), packets, diagnosis: diagnose(seen) };
}

function placedFiles(
  captures: readonly SessionCapture[],
  roles: readonly FileRole[],
  { capturePoints }: Topology,
): readonly PlacedFile[] {
  const placed = captures.map(({ id, name }) => {
    const role = roles.find(({ file }) => file === id)?.point ?? null;
    const place = capturePoints.findIndex((point) => point.id === role);
    const host = capturePoints[place]?.host ?? role ?? name;
    return { file: { id, name: role ?? name, host, file: name }, place: place < 0 ? capturePoints.length : place };
  });
  return placed.sort((a, b) => a.place - b.place).map(({ file }) => file);
}

function ownersOf(topology: Topology, captures: readonly SessionCapture[]): Owners {
  const macs: number[] = [];
  const hosts: string[] = [];
  for (const [{ name }, devices] of devicesFor(topology, captures)) {
    for (const { link, mac } of devices) {
      if (link.kind === 'loopback') continue;
      macs.push(macToBytes(mac).reduce((sum, byte) => sum * 256 + byte, 0));
      hosts.push(name);
    }
  }
  return { macs: Float64Array.from(macs), hosts };
}

function lookUp({ macs, hosts }: Owners): (mac: number) => string | null {
  const owners = new Map(hosts.map((host, i) => [macs[i] ?? 0, host] as const));
  return (mac) => owners.get(mac) ?? null;
}

/** Whose MAC that is, by the cluster's own account. */
export const ownersIn = (topology: Topology, captures: readonly SessionCapture[]): ((mac: number) => string | null) =>
  lookUp(ownersOf(topology, captures));
