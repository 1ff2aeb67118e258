/**
 * Which packets of large files are compared with the model: a stretch of one conversation, the same in all files. The
 * matching worker finds it again whenever other files are open, or from a packet the user chose.
 */
import type { CapturedPacket, CaptureFile } from '../engine/capture/types';
import { whileBusy } from './environment';
import type { LoadedFile } from './files';
import { isComparedWhole } from './selectors';
import { useApp } from './store';

/** A packet to begin with: of a file, by its number from 0. */
export interface FirstPacket {
  readonly file: string; // LoadedFile.id
  readonly packet: number;
}

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
  return finding;
}

let latest: Promise<boolean> = Promise.resolve(false);

/** Until the part that is looked for now has been found, or has not. */
export const partFound = async (): Promise<void> => void (await latest);

async function found(first: FirstPacket | null): Promise<boolean> {
  const { files, reading } = useApp.getState();
  if (reading.length > 0) return false; // they will be among the files soon
  if (isComparedWhole(files)) {
    if (useApp.getState().part !== null) useApp.setState({ part: null });
    return false;
  }
  const open = files.filter(({ capture }) => capture !== null);
  const { askPart, unreadSource } = await import('./matching-client');
  const near = first === null ? null : { file: open.findIndex(({ id }) => id === first.file), row: first.packet };
  const part = await askPart(
    open.map(({ id }) => ({ id, source: unreadSource(files, id) })),
    near,
  );
  if (part === null || typeof part === 'string') return false;
  const captures = await Promise.all(
    open.map(async (file, i) => [file.id, await captureOf(file, part.rows[i] ?? new Int32Array(0))] as const),
  ).catch(() => null); // a file has changed or gone: the list of packets says so
  if (captures === null || useApp.getState().files !== files) return false;
  useApp.setState({
    part: { about: part.about, captures: new Map(captures.flatMap(([id, it]) => (it === null ? [] : [[id, it]]))) },
    stepIndex: 0,
    playing: false,
  });
  return true;
}

/** The file as it would be if it held these packets alone. */
async function captureOf({ capture, opened }: LoadedFile, rows: Int32Array): Promise<CaptureFile | null> {
  if (capture === null) return null;
  const packet = async (row: number): Promise<CapturedPacket | undefined> =>
    opened === null ? capture.packets[row] : opened.frame(row);
  const packets = await Promise.all([...rows].map(packet));
  return { ...capture, packets: packets.filter((one) => one !== undefined) };
}
