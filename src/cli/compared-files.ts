/** What `hopscope compare` sets beside the model: of large files the same part as the page, read again where it lies far behind. */
import { basename } from 'node:path';
import { type CaptureFile, openCapture, pickPackets } from '../engine/capture/open';
import { captureTaker, type FileTaker } from '../engine/capture/taker';
import type { SessionCapture } from '../engine/comparison/session';
import { groupPackets } from '../engine/matching/group';
import { partOf } from '../engine/matching/part';
import { PART_ROWS, WHOLE_PACKETS_MAX } from '../engine/matching/part-size';
import { readCaptures } from './capture-input';
import type { OpenedFile } from './compare-points';

/** What is compared of them: of many packets the part that the page would compare. */
export function comparedOf(files: readonly OpenedFile[]): readonly SessionCapture[] {
  const packets = files.reduce((sum, { columns }) => sum + columns.table.rows, 0);
  const isWhole = packets <= WHOLE_PACKETS_MAX;
  const part = isWhole ? null : partOf(groupPackets(files.map(({ columns }) => columns.table)), null);
  const wanted = files.map(
    ({ columns: { table } }, i) => part?.rows[i] ?? firstRows(isWhole ? table.rows : PART_ROWS, table.rows),
  );
  return files.flatMap((file, i) => {
    const capture = packetsAt(file, wanted[i] ?? new Int32Array(0));
    const called = file.name ?? basename(file.path);
    return capture === null ? [] : [{ id: String(i), name: `${called}.cap`, capture, role: null }];
  });
}

const firstRows = (most: number, rows: number): Int32Array =>
  Int32Array.from({ length: Math.min(most, rows) }, (_, row) => row);

/** The file as it would be if it held these packets alone; null: it is no capture. */
function packetsAt({ from, head }: OpenedFile, rows: Int32Array): CaptureFile | null {
  const opened = openCapture(head);
  if (!opened.ok) return null;
  const { packets } = opened.value;
  const inHead = [...rows].flatMap((row) => packets[row] ?? []);
  return inHead.length === rows.length
    ? { ...opened.value, packets: inHead }
    : (readAgain(from, rows) ?? { ...opened.value, packets: inHead });
}

/** Null: it cannot be read a second time. */
function readAgain({ path, place }: OpenedFile['from'], rows: Int32Array): CaptureFile | null {
  let found: CaptureFile | null = null;
  let at = -1;
  const take = () => {
    at += 1;
    return at === place
      ? picking(rows, (capture) => {
          found = capture;
        })
      : PASSED_OVER;
  };
  readCaptures(path, take, () => undefined);
  return found;
}

const PASSED_OVER: FileTaker = { push: () => undefined, end: () => undefined, stopped: true };

function picking(rows: Int32Array, done: (capture: CaptureFile | null) => void): FileTaker {
  const picked = pickPackets(rows);
  const taker = captureTaker(picked.sink, (problem) => {
    const capture = picked.fileWith(problem);
    done(capture.ok ? capture.value : null);
  });
  return {
    push: taker.push,
    end: taker.end,
    get stopped() {
      return picked.isDone || taker.stopped;
    },
  };
}
