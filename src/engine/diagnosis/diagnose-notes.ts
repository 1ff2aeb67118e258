/** Things that look like faults and are none, each file's on its own; and the two that a file alone shows: duplicates. */

import { againAt, rowAt } from '../matching/group-table';
import { formatMacNumber } from '../matching/hosts-seen';
import { STATUS } from '../matching/packet-status';
import type { PacketTable } from '../matching/packet-table';
import * as causes from './causes';
import type { Evidence, Finding, FindingKind } from './finding';
import { columnOf, evidenceAt, hostAt, nameAt, type Seen } from './seen';

const ETHERNET_MTU = 1500; // bytes of IP
const ROWS_KEPT = 4;

export function notesOf(seen: Seen): readonly Finding[] {
  const found = seen.order.flatMap((file) => [...statusNotes(seen, file), ...arpNotes(seen, file)]);
  return [...duplicates(seen), ...found, ...sameFrames(seen)];
}

function note(seen: Seen, kind: FindingKind, file: number, count: number, rows: readonly number[]): Finding {
  const evidence: readonly Evidence[] = rows.map((row) => evidenceAt(seen, file, row));
  const values = { point: nameAt(seen, file), packets: count };
  return { kind, severity: 'note', flow: null, host: hostAt(seen, file), values, evidence, causes: [] };
}

function statusNotes(seen: Seen, file: number): readonly Finding[] {
  const t = columnOf(seen, file);
  const own = seen.vantages[file]?.own ?? null;
  const counts = new Map<FindingKind, { count: number; readonly rows: number[] }>();
  const add = (kind: FindingKind, row: number): void => {
    const known = counts.get(kind) ?? { count: 0, rows: [] };
    counts.set(kind, known);
    known.count += 1;
    if (known.rows.length < ROWS_KEPT) known.rows.push(row);
  };
  const floods = floodedLinks(t, own);
  for (let row = 0; row < t.rows; row += 1) {
    const status = t.status[row] ?? 0;
    const isLarge = (status & STATUS.tcp) !== 0 && (t.totalLength[row] ?? 0) > ETHERNET_MTU;
    const isFlooded = floods[t.link[row] ?? 0] === 1 && (status & DIRECTED) === STATUS.ipv4;
    if ((status & NOTED) === 0 && !isLarge && !isFlooded) continue;
    if ((status & STATUS.sumOffloaded) !== 0) add('checksum-offloaded', row);
    if (isLarge) add('frames-over-mtu', row);
    if ((status & STATUS.padded) !== 0) add('padding', row);
    if ((status & STATUS.cut) !== 0) add('cut-short', row);
    if ((status & STATUS.cooked) !== 0 && againAt(seen.groups.table, file, row) >= 0) add('several-devices', row);
    if (isFlooded) add('flooded', row);
  }
  return [...counts].map(([kind, { count, rows }]) => note(seen, kind, file, count, rows));
}

/** Bits that a row is noted for, each of them alone. */
const NOTED = STATUS.sumOffloaded | STATUS.padded | STATUS.cut | STATUS.cooked;
/** Of these bits IPv4 from one device to another one has its own alone. */
const DIRECTED = STATUS.ipv4 | STATUS.toMany | STATUS.cooked | STATUS.noMacs;

/**
 * By number of the pair of MACs, 1: it is of two other hosts than the capturing one. A switch sends such a frame everywhere
 * while it has not learned the MAC.
 */
function floodedLinks({ links }: PacketTable, own: number | null): Uint8Array {
  return Uint8Array.from(links.src, (src, link) =>
    own !== null && src !== 0 && src !== own && links.dst[link] !== own ? 1 : 0,
  );
}

function arpNotes(seen: Seen, file: number): readonly Finding[] {
  const echoes = seen.arp.echoes[file] ?? [];
  const late = seen.arp.questions.flatMap(({ unicast }) => unicast.get(file) ?? []);
  return [
    ...(echoes.length > 0 ? [note(seen, 'hairpin-echo', file, echoes.length, echoes.slice(0, ROWS_KEPT))] : []),
    ...(late.length > 0 ? [note(seen, 'late-arp-probe', file, late.length, late.slice(0, ROWS_KEPT))] : []),
  ];
}

/** Neighbouring points of one link hold the very same frames: one link seen twice, nothing sent twice. */
function sameFrames(seen: Seen): readonly Finding[] {
  const { table } = seen.groups;
  const found: Finding[] = [];
  for (let place = 0; place + 1 < seen.order.length; place += 1) {
    const [a, b] = [seen.order[place] ?? 0, seen.order[place + 1] ?? 0];
    const [x, y] = [columnOf(seen, a), columnOf(seen, b)];
    const sender = sendersOf(x, y);
    let count = 0;
    const rows: Evidence[] = [];
    for (let group = 0; group < table.count; group += 1) {
      const i = rowAt(table, group, a);
      const j = rowAt(table, group, b);
      if (i < 0 || j < 0 || x.ttl[i] !== y.ttl[j]) continue;
      const from = sender.x[x.link[i] ?? 0];
      if (from === 0 || from !== sender.y[y.link[j] ?? 0]) continue;
      count += 1;
      if (rows.length < ROWS_KEPT) rows.push(evidenceAt(seen, a, i), evidenceAt(seen, b, j));
    }
    if (count === 0) continue;
    const values = { point: nameAt(seen, a), other: nameAt(seen, b), packets: count };
    found.push({
      kind: 'same-at-two-points',
      severity: 'note',
      flow: null,
      host: null,
      values,
      evidence: rows,
      causes: [],
    });
  }
  return found;
}

/** By pair of MACs a number for the sender's, the same in both files; 0: it has none. Few devices send very many frames. */
function sendersOf({ links: x }: PacketTable, { links: y }: PacketTable) {
  const numbers = new Map([...new Set([0, ...x.src, ...y.src])].map((mac, number) => [mac, number]));
  const numbered = (macs: readonly number[]) => Int32Array.from(macs, (mac) => numbers.get(mac) ?? 0);
  return { x: numbered(x.src), y: numbered(y.src) };
}

function duplicates(seen: Seen): readonly Finding[] {
  const found: Finding[] = [];
  for (const [ip, owners] of seen.arp.owners) {
    const byFile = new Map<number, number[]>();
    for (const [mac, { file }] of owners) byFile.set(file, [...(byFile.get(file) ?? []), mac]);
    const [macs] = [...byFile.values()].filter((some) => some.length > 1);
    if (macs === undefined) continue;
    const text = macs.map(formatMacNumber).join(', ');
    found.push({
      kind: 'duplicate-address',
      severity: 'error',
      flow: null,
      host: null,
      values: { ip: causes.ipText(ip), macs: text },
      evidence: [...owners.values()].map(({ file, row }) => evidenceAt(seen, file, row)),
      causes: [causes.duplicateOwner(ip, text)],
    });
  }
  const ends = seen.vantages.flatMap(({ own, ips, kind }, file) =>
    own !== null && kind === 'end' && ips.size > 0 ? [{ own, file, ip: [...ips][0] ?? 0 }] : [],
  );
  for (const [i, a] of ends.entries()) {
    const b = ends.slice(i + 1).find((one) => one.own === a.own && one.ip !== a.ip);
    if (b === undefined) continue;
    const mac = formatMacNumber(a.own);
    found.push({
      kind: 'duplicate-mac',
      severity: 'error',
      flow: null,
      host: null,
      values: { mac, point: nameAt(seen, a.file), other: nameAt(seen, b.file) },
      evidence: [evidenceAt(seen, a.file, 0), evidenceAt(seen, b.file, 0)],
      causes: [causes.duplicateOwner(a.ip, mac)],
    });
  }
  return found;
}
