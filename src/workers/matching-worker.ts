/**
 * Holds the packets of every open file as columns, and says what they show of the network: all packets are matched and
 * diagnosed here, while the page stays live. To stop it, the page ends the worker.
 */
import { captureTaker } from '../engine/capture/taker';
import { answerOf } from '../engine/diagnosis/diagnose-session';
import type { PointFile } from '../engine/diagnosis/seen';
import {
  type FromMatching,
  type HandedColumns,
  type HeldFile,
  type Question,
  readingOf,
  type ToMatching,
} from '../engine/diagnosis/worker-messages';
import { type Groups, groupPackets } from '../engine/matching/group';
import { inOrder } from '../engine/matching/group-order';
import { type PacketColumns, packetColumns } from '../engine/matching/packet-columns';
import type { PacketTable } from '../engine/matching/packet-table';
import { partOf } from '../engine/matching/part';
import { piecesOf } from './pieces';

type Asked = ToMatching<Blob, MessagePort>;

interface Awaited {
  readonly columns: Promise<PacketColumns>;
  readonly come: (columns: PacketColumns) => void;
}

const held = new Map<string, PacketColumns>();
/** Files on their way, for whoever waits for them. */
const awaited = new Map<string, Awaited>();
let kept: ReadonlySet<string> = new Set();
const latest = { question: 0, part: 0 };
let matched: Groups | null = null; // of the files asked about last

const say = (message: FromMatching): void => self.postMessage(message);

function keep(id: string, columns: PacketColumns): void {
  if (!kept.has(id) && !kept.has(readingOf(id))) return; // closed, or its reading cancelled, meanwhile
  held.set(id, columns);
  awaited.get(id)?.come(columns);
  awaited.delete(id);
}

function forgetOthers(ids: ReadonlySet<string>): void {
  kept = ids;
  for (const id of [...held.keys(), ...awaited.keys()]) {
    if (kept.has(id) || kept.has(readingOf(id))) continue;
    held.delete(id);
    awaited.delete(id);
  }
  const open = new Set([...held.values()].map(({ table }) => table));
  if (matched?.table.files.some((table) => !open.has(table)) === true) matched = null;
}

async function answer({ number, files, owners }: Question<Blob>): Promise<void> {
  const progress = (stage: 'waiting' | 'matching' | 'diagnosing', packets: number): void =>
    say({ kind: 'progress', number, progress: { stage, files: files.length, packets } });
  progress('waiting', 0);
  const points: PointFile[] = [];
  for (const file of files) {
    const columns = await columnsOf(file);
    if (number !== latest.question) return;
    points.push({ name: file.name, host: file.host, file: file.file, columns });
  }
  const packets = points.reduce((sum, { columns }) => sum + columns.table.rows, 0);
  progress('matching', packets);
  const groups = groupsOf(
    files,
    points.map(({ columns }) => columns.table),
  );
  progress('diagnosing', packets);
  say({ kind: 'answer', number, answer: answerOf(points, owners, groups) });
}

async function part({ number, files, near }: Extract<Asked, { kind: 'part' }>): Promise<void> {
  const tables: PacketTable[] = [];
  for (const file of files) tables.push((await columnsOf(file)).table);
  if (number !== latest.part) return;
  say({ kind: 'part', number, part: partOf(groupsOf(files, tables), near) });
}

/**
 * Of the same files they are made once: for the part to compare, the diagnosis, and every further one. In whatever order
 * files were read, they are made in that of the ids, so that the same files have the same answer.
 */
function groupsOf(files: readonly HeldFile<Blob>[], tables: readonly PacketTable[]): Groups {
  const isKnown =
    matched?.table.files.length === tables.length && tables.every((table) => matched?.table.files.includes(table));
  if (!isKnown) {
    matched = null; // one set at a time is memory enough
    const byId = files.map(({ id }, i) => ({ id, table: tables[i] })).sort((a, b) => (a.id < b.id ? -1 : 1));
    matched = groupPackets(byId.flatMap(({ table }) => table ?? []));
  }
  matched = inOrder(matched as Groups, tables);
  return matched;
}

async function columnsOf({ id, source }: HeldFile<Blob>): Promise<PacketColumns> {
  const known = held.get(id) ?? awaited.get(id)?.columns;
  if (known !== undefined) return known;
  let come: Awaited['come'] = () => {};
  const columns = new Promise<PacketColumns>((resolve) => {
    come = resolve;
  });
  awaited.set(id, { columns, come });
  if (source !== null)
    await read(id, source).catch((error: unknown) => {
      awaited.delete(id);
      throw error;
    });
  return columns;
}

/** Its packets come to whoever waits for them. */
async function read(id: string, source: Blob): Promise<void> {
  const { columns, sink } = packetColumns(source.size);
  const taker = captureTaker(sink, () => undefined); // what is wrong with it, its reader has said
  for await (const piece of piecesOf(source)) {
    taker.push(piece);
    if (taker.stopped) break;
  }
  taker.end(null);
  keep(id, columns);
}

self.onmessage = ({ data }: MessageEvent<Asked>) => {
  switch (data.kind) {
    case 'reader':
      data.port.onmessage = ({ data: { id, columns } }: MessageEvent<HandedColumns>) => keep(id, columns);
      return;
    case 'keep':
      forgetOthers(new Set([...data.files, ...data.reading]));
      return;
    case 'question':
    case 'part':
      latest[data.kind] = data.number;
      (data.kind === 'part' ? part(data) : answer(data)).catch((error: unknown) => {
        say({ kind: 'failed', number: data.number });
        if (!(error instanceof DOMException)) throw error;
      });
  }
};
