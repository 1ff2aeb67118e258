/**
 * Which packets of large files are compared with the model: a stretch of one conversation, the same in all files. The
 * matching worker finds it again whenever other files are open, or from a packet the user chose.
 */
import type { CapturedPacket, CaptureFile } from '../engine/capture/types';
import type { Part } from '../engine/matching/part';
import { workedOut } from './beforehand';
import type { OpenedFile } from './capture-client';
import { isComparedWhole } from './compared-packets';
import { whileBusy } from './environment';
import type { LoadedFile } from './files';
import { type ComparedPart, useApp } from './store';

/** A packet to begin with: of a file, by its number from 0. */
export interface FirstPacket {
  readonly file: string; // LoadedFile.id
  readonly packet: number;
}

/** Packets that lie no further apart are read together: a piece more of the file takes longer than what lies between them. */
const PIECE_BYTES = 1024 * 1024;

/** Finds the part, and finds it anew whenever other files are open. */
export function followFiles(): void {
  useApp.subscribe((now, before) => {
    if (now.files !== before.files || now.reading.length !== before.reading.length) void findPart(null);
  });
  void findPart(null);
}

/**
 * Compares from this packet on; null: from where most files hold the same. False: it is no packet of IPv4, or nobody could
 * look; what was compared before stays.
 */
export function findPart(first: FirstPacket | null): Promise<boolean> {
  const finding = whileBusy(found(first));
  latest = finding;
  looking += 1;
  void finding.finally(() => {
    looking -= 1;
  });
  return finding;
}

let latest: Promise<boolean> = Promise.resolve(false);
let looking = 0; // how many are at it
let stopped = false;
/** Held, since asking the browser once more for what it has takes its turn behind all that the page draws. */
let client: Promise<typeof import('./matching-client')> | null = null;

/** Until the part that is looked for now has been found, or has not. False: the user stopped it. */
export async function partFound(): Promise<boolean> {
  await latest;
  return !stopped;
}

/** Whatever it is at: nothing is compared then. */
export function stopFinding(): void {
  stopped ||= looking > 0;
}

/** Looks again where the user had stopped it. */
export function findStoppedPart(): void {
  if (stopped) void findPart(null);
}

async function found(first: FirstPacket | null): Promise<boolean> {
  stopped = false;
  const { files, reading } = useApp.getState();
  if (reading.length > 0) return false; // they will be among the files soon
  if (isComparedWhole(files)) {
    if (useApp.getState().part !== null) useApp.setState({ part: null });
    return false;
  }
  if (first === null && useApp.getState().part === 'none') useApp.setState({ part: null }); // it was of other files
  const open = files.filter(({ capture }) => capture !== null);
  client ??= import('./matching-client');
  const { askPart, unreadSource } = await client;
  const near = first === null ? null : { file: open.findIndex(({ id }) => id === first.file), row: first.packet };
  const part = await askPart(
    open.map(({ id }) => ({ id, source: unreadSource(files, id) })),
    near,
  );
  if (part === 'out-of-date') return false;
  stopped ||= part === 'cancelled';
  const made = part === null || typeof part === 'string' ? null : await comparedPart(open, part);
  if (stopped || useApp.getState().files !== files) return false;
  if (made === null) {
    if (first === null) useApp.setState({ part: 'none' });
    return false;
  }
  const shown = { part: made, stepIndex: 0, playing: false };
  await workedOut({ ...useApp.getState(), ...shown });
  if (stopped || useApp.getState().files !== files) return false;
  useApp.setState(shown);
  return true;
}

/** Null: a file has changed or gone, as the list of packets says. */
async function comparedPart(open: readonly LoadedFile[], { about, rows }: Part): Promise<ComparedPart | null> {
  try {
    const read = await Promise.all(open.map((file, i) => captureOf(file, rows[i] ?? new Int32Array(0))));
    const held = open.flatMap(({ id }, i) => {
      const capture = read[i] ?? null;
      return capture === null ? [] : [[id, capture] as const];
    });
    return { about, captures: new Map(held) };
  } catch {
    return null;
  }
}

/** The file as it would be if it held these packets alone. Rows are in order. */
async function captureOf({ capture, opened }: LoadedFile, rows: Int32Array): Promise<CaptureFile | null> {
  if (capture === null) return null;
  const packets =
    opened === null ? [...rows].flatMap((row) => capture.packets[row] ?? []) : await packetsAt(opened, rows);
  return { ...capture, packets };
}

async function packetsAt(opened: OpenedFile, rows: Int32Array): Promise<readonly CapturedPacket[]> {
  const offsetOf = (place: number): number => opened.index.fileOffset[rows[place] ?? 0] ?? 0;
  const pieces: Int32Array[] = [];
  for (let from = 0, to = 0; from < rows.length; from = to) {
    while (to < rows.length && offsetOf(to) - offsetOf(from) < PIECE_BYTES) to += 1;
    pieces.push(rows.subarray(from, to));
  }
  const read = await Promise.all(pieces.map((piece) => opened.frames(piece)));
  return read.flatMap((some) => [...some]);
}
