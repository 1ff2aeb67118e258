/**
 * Holds the packets of every open file as columns, and says what they show of the network: all packets are matched and
 * diagnosed here, while the page stays live. To stop it, the page ends the worker.
 */
import { captureTaker } from '../engine/capture/taker';
import { answerOf } from '../engine/diagnosis/diagnose-session';
import type { PointFile } from '../engine/diagnosis/seen';
import {
  type AskedFile,
  type FromMatching,
  type HandedColumns,
  type Question,
  readingOf,
  type ToMatching,
} from '../engine/diagnosis/worker-messages';
import { type PacketColumns, packetColumns } from '../engine/matching/packet-columns';
import { piecesOf } from './pieces';

const held = new Map<string, PacketColumns>();
/** Who waits for a file that is on its way. */
const awaited = new Map<string, (columns: PacketColumns) => void>();
let kept: ReadonlySet<string> = new Set();
let latest = 0;

const say = (message: FromMatching): void => self.postMessage(message);

function keep(id: string, columns: PacketColumns): void {
  if (!kept.has(id) && !kept.has(readingOf(id))) return; // closed, or its reading cancelled, meanwhile
  held.set(id, columns);
  awaited.get(id)?.(columns);
  awaited.delete(id);
}

function forgetOthers(ids: ReadonlySet<string>): void {
  kept = ids;
  for (const id of [...held.keys(), ...awaited.keys()]) {
    if (kept.has(id) || kept.has(readingOf(id))) continue;
    held.delete(id);
    awaited.delete(id);
  }
}

async function answer({ number, files, owners }: Question<Blob>): Promise<void> {
  const progress = (stage: 'waiting' | 'matching' | 'diagnosing', packets: number): void =>
    say({ kind: 'progress', number, progress: { stage, files: files.length, packets } });
  progress('waiting', 0);
  const points: PointFile[] = [];
  for (const file of files) {
    const columns = await columnsOf(file);
    if (number !== latest) return;
    points.push({ name: file.name, host: file.host, file: file.file, columns });
  }
  const packets = points.reduce((sum, { columns }) => sum + columns.table.rows, 0);
  progress('matching', packets);
  say({ kind: 'answer', number, answer: answerOf(points, owners, () => progress('diagnosing', packets)) });
}

async function columnsOf({ id, source }: AskedFile<Blob>): Promise<PacketColumns> {
  const known = held.get(id);
  if (known !== undefined) return known;
  if (source === null) return new Promise((resolve) => awaited.set(id, resolve));
  const { columns, sink } = packetColumns();
  const taker = captureTaker(sink, () => undefined); // what is wrong with it, its reader has said
  for await (const piece of piecesOf(source)) {
    taker.push(piece);
    if (taker.stopped) break;
  }
  taker.end(null);
  keep(id, columns);
  return columns;
}

self.onmessage = ({ data }: MessageEvent<ToMatching<Blob, MessagePort>>) => {
  switch (data.kind) {
    case 'reader':
      data.port.onmessage = ({ data: { id, columns } }: MessageEvent<HandedColumns>) => keep(id, columns);
      return;
    case 'keep':
      forgetOthers(new Set([...data.files, ...data.reading]));
      return;
    case 'question':
      latest = data.number;
      answer(data).catch((error: unknown) => {
        say({ kind: 'failed', number: data.number });
        if (!(error instanceof DOMException)) throw error;
      });
  }
};
