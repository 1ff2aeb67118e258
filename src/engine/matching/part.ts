/**
 * Which packets of large captures are set beside the model: one conversation, from one of its packets on, the same stretch
 * of it in every file, with the ARP of those who carry it. Places in the files say nothing: one may have begun later.
 */
import { ICMP_TYPE } from '../wire/icmp';
import { PROTOCOL } from '../wire/ipv4';
import { TCP_FLAG } from '../wire/tcp';
import { type Groups, wholeOf } from './group';
import { againAt, rowAt } from './group-table';
import { ARP, STATUS } from './packet-status';
import { dstMacOf, has, type PacketTable, quoteOf, srcMacOf } from './packet-table';
import { PART_ROWS } from './part-size';
import { originOf } from './sightings';

/** Who talks to whom; ports are those of TCP and UDP, `echo` is the identifier of a ping. */
export interface Conversation {
  readonly protocol: number;
  readonly src: number; // IPv4
  readonly dst: number;
  readonly srcPort: number | null;
  readonly dstPort: number | null;
  readonly echo: number | null;
}

export interface Part {
  readonly about: Conversation;
  /** For each file the rows, in order; a file that holds nothing of this stretch has none. */
  readonly rows: readonly Int32Array[];
}

/** A packet that is to be in the part, as its first one. */
export interface Near {
  readonly file: number;
  readonly row: number;
}

const ARP_ROWS = 20;
/** A question comes before the packet that waits for it, and is asked again each second; Linux probes 5 s after the last. */
const ARP_BEFORE_NS = 3.5e9;
const ARP_AFTER_NS = 7e9;
const SYN_ACK = TCP_FLAG.syn | TCP_FLAG.ack;

/** Null: no file holds IPv4, or `near` is no packet of it. */
export function partOf(groups: Groups, near: Near | null): Part | null {
  const from = near ?? firstTold(groups);
  const t = from === null ? undefined : groups.table.files[from.file];
  if (from === null || t === undefined || !has(t, from.row, STATUS.ipv4)) return null;
  const about = conversationAt(t, from.row);
  const rows = stretch(groups, groupsOf(groups, about), from);
  return { about, rows: groups.table.files.map((file, i) => withArp(file, rows[i] ?? new Int32Array(0))) };
}

/**
 * Where nobody chose: a question that most files hold, the earliest of those. Pings come first, since somebody sent them
 * to find out; then what opens a connection, then a datagram.
 */
function firstTold(groups: Groups): Near | null {
  const { table, seen } = groups;
  let best: Near | null = null;
  let bestRank = 0;
  for (let group = 0; group < table.count; group += 1) {
    const bits = seen[group] ?? 0;
    if (bits === 0 || wholeOf(groups, group) !== group) continue;
    const t = table.files[table.file[group] ?? 0];
    const kind = t === undefined ? 0 : tells(t, table.row[group] ?? 0);
    const rank = kind * 32 + bitCount(bits); // at most 31 files
    if (kind === 0 || rank <= bestRank) continue;
    bestRank = rank;
    best = originOf(table, group);
  }
  return best;
}

function tells(t: PacketTable, row: number): number {
  if (has(t, row, STATUS.icmpError) || !has(t, row, STATUS.ipv4)) return 0;
  if (has(t, row, STATUS.icmp)) return (t.srcPort[row] ?? 0) >> 8 === ICMP_TYPE.echoRequest ? 4 : 1;
  if (has(t, row, STATUS.tcp)) return ((t.flags[row] ?? 0) & SYN_ACK) === TCP_FLAG.syn ? 3 : 1;
  return has(t, row, STATUS.udp) && !has(t, row, STATUS.toMany) ? 2 : 1;
}

function bitCount(bits: number): number {
  let count = 0;
  for (let left = bits; left !== 0; left &= left - 1) count += 1;
  return count;
}

function conversationAt(t: PacketTable, row: number): Conversation {
  const protocol = t.protocol[row] ?? 0;
  const quote = has(t, row, STATUS.icmpError) ? quoteOf(t, row) : -1;
  if (quote >= 0 && t.quotes !== null) return conversationAt(t.quotes, quote);
  const hasPorts = protocol === PROTOCOL.tcp || protocol === PROTOCOL.udp;
  return {
    protocol,
    src: t.srcIp[row] ?? 0,
    dst: t.dstIp[row] ?? 0,
    srcPort: hasPorts ? (t.srcPort[row] ?? 0) : null,
    dstPort: hasPorts ? (t.dstPort[row] ?? 0) : null,
    echo: protocol === PROTOCOL.icmp && isEcho(t, row) ? (t.dstPort[row] ?? 0) : null,
  };
}

function isEcho(t: PacketTable, row: number): boolean {
  const type = (t.srcPort[row] ?? 0) >> 8;
  return type === ICMP_TYPE.echoRequest || type === ICMP_TYPE.echoReply;
}

/** Bit by group: it belongs to the conversation as one file at least shows it; behind NAT others show it changed. */
function groupsOf({ table, whole, translated }: Groups, about: Conversation): Uint8Array {
  const belongs = new Uint8Array(table.count);
  for (let group = 0; group < table.count; group += 1) {
    const t = table.files[table.file[group] ?? 0];
    if (t !== undefined && isOf(t, table.row[group] ?? 0, about)) belongs[group] = 1;
  }
  for (const group of translated) {
    for (const [file, t] of table.files.entries()) {
      const row = rowAt(table, group, file);
      if (row >= 0 && isOf(t, row, about)) belongs[group] = 1;
    }
  }
  for (let group = 0; whole !== null && group < table.count; group += 1) {
    if (belongs[whole[group] ?? group] === 1) belongs[group] = 1; // pieces have no ports
  }
  return belongs;
}

function isOf(t: PacketTable, row: number, about: Conversation): boolean {
  if (has(t, row, STATUS.icmpError)) {
    const quote = quoteOf(t, row);
    return quote >= 0 && t.quotes !== null && isOf(t.quotes, quote, about);
  }
  if (t.protocol[row] !== about.protocol) return false;
  const [src, dst] = [t.srcIp[row], t.dstIp[row]];
  const isForward = src === about.src && dst === about.dst;
  if (!isForward && (src !== about.dst || dst !== about.src)) return false;
  if (about.echo !== null) return isEcho(t, row) && t.dstPort[row] === about.echo;
  if (about.srcPort === null) return true;
  const [from, to] = isForward ? [about.srcPort, about.dstPort] : [about.dstPort, about.srcPort];
  return t.srcPort[row] === from && t.dstPort[row] === to;
}

/** Rows of each file between the first and the last packet of the stretch that it holds. */
function stretch({ table }: Groups, belongs: Uint8Array, from: Near): readonly Int32Array[] {
  const all = table.files.map((_, file) => rowsIn(table, belongs, file));
  const own = (all[from.file] ?? []).filter(({ row }) => row >= from.row).slice(0, PART_ROWS);
  const chosen = new Set(own.map(({ group }) => group));
  return all.map((rows, file) => {
    if (file === from.file) return Int32Array.from(own, ({ row }) => row);
    const first = rows.findIndex(({ group }) => chosen.has(group));
    const last = rows.findLastIndex(({ group }) => chosen.has(group));
    return first < 0 ? new Int32Array(0) : Int32Array.from(rows.slice(first, last + 1), ({ row }) => row);
  });
}

function rowsIn(table: Groups['table'], belongs: Uint8Array, file: number) {
  const rows: { readonly row: number; readonly group: number }[] = [];
  for (let group = 0; group < table.count; group += 1) {
    if (belongs[group] === 0) continue;
    for (let row = rowAt(table, group, file); row >= 0; row = againAt(table, file, row)) rows.push({ row, group });
  }
  return rows.sort((a, b) => a.row - b.row);
}

/** ARP to and from the MACs that the rows show, while they were seen. */
function withArp(t: PacketTable, rows: Int32Array): Int32Array {
  const [first, last] = [rows[0], rows.at(-1)];
  if (first === undefined || last === undefined) return rows;
  const macs = new Set<number>();
  for (const row of rows) macs.add(srcMacOf(t, row)).add(dstMacOf(t, row));
  const [fromNs, toNs] = [(t.atNs[first] ?? 0) - ARP_BEFORE_NS, (t.atNs[last] ?? 0) + ARP_AFTER_NS];
  const arp: number[] = [];
  for (let row = 0; row < t.rows && arp.length < ARP_ROWS; row += 1) {
    const atNs = t.atNs[row] ?? 0;
    if (atNs < fromNs || atNs > toNs || !has(t, row, ARP)) continue;
    if (macs.has(srcMacOf(t, row)) || macs.has(dstMacOf(t, row))) arp.push(row);
  }
  return Int32Array.from([...rows, ...arp]).sort();
}
