/** Which packets of the user's files are compared. */
import type { CaptureFile } from '../engine/capture/types';
import type { SessionCapture } from '../engine/comparison/session';
import { PART_ROWS, WHOLE_PACKETS_MAX } from '../engine/matching/part-size';
import type { LoadedFile } from './files';
import type { AppState } from './store';

/** How many packets a file has, compared or not. */
export const packetsIn = ({ opened, capture }: LoadedFile): number =>
  opened?.index.count ?? capture?.packets.length ?? 0;

/** True where every packet is compared; else it is a part of them. */
export const isComparedWhole = (files: AppState['files']): boolean =>
  files.reduce((sum, file) => sum + packetsIn(file), 0) <= WHOLE_PACKETS_MAX;

/** The user's own files of which something is compared: what, and the place the user chose for it. */
export function openCaptures({
  files,
  roles,
  part,
}: Pick<AppState, 'files' | 'roles' | 'part'>): readonly SessionCapture[] {
  const isWhole = isComparedWhole(files);
  return files.flatMap(({ id, name, capture }) => {
    if (capture === null) return [];
    const compared = isWhole ? capture : part === 'none' ? firstOf(capture) : part?.captures.get(id);
    return compared === undefined ? [] : [{ id, name, capture: compared, role: roles.get(id) ?? null }];
  });
}

const firstParts = new WeakMap<CaptureFile, CaptureFile>();

/** Its first packets, where nobody could find better ones. */
function firstOf(capture: CaptureFile): CaptureFile {
  const known = firstParts.get(capture) ?? { ...capture, packets: capture.packets.slice(0, PART_ROWS) };
  firstParts.set(capture, known);
  return known;
}
