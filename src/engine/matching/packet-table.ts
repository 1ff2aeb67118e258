/**
 * Packets as columns: one typed array a field, one row a packet, so that a million of them are a few dozen arrays and not
 * a million objects. Rows are only appended. A packet inside another has a row in a table of its own kind: what an ICMP
 * error quotes in `quotes`, the headers around a tunnelled packet in `outers`.
 */
import { ROOM_AT_FIRST } from '../capture/column-room';
import { type Links, newLinks, numberOf } from './links';

const COLUMNS = {
  srcIp: Uint32Array,
  dstIp: Uint32Array,
  ttl: Uint8Array,
  protocol: Uint8Array,
  ipId: Uint16Array,
  fragment: Uint16Array, // flags and offset as in the IP header
  totalLength: Uint32Array, // bytes of the IP packet; where its header says 0, as many as the frame has
  srcPort: Uint16Array, // of ICMP: type * 256 + code
  dstPort: Uint16Array, // of an ICMP echo: its identifier
  seq: Uint32Array, // of an ICMP echo: its sequence number; of other ICMP: the header's last four bytes
  ack: Uint32Array,
  flags: Uint8Array, // of TCP
  window: Uint16Array,
  payloadLength: Uint32Array, // bytes behind the last header read, on the wire
  payloadHash: Int32Array, // of the first of them; of an ICMP error: the identity of what it quotes
  status: Uint32Array,
  atNs: Float64Array, // since the first packet of the file
} as const;

type Columns = { [K in keyof typeof COLUMNS]: InstanceType<(typeof COLUMNS)[K]> };

export interface PacketTable extends Columns {
  rows: number;
  capacity: number;
  /** By row which two MACs, as a number in `links`; wider where a file has more pairs of them than 16 bits tell apart. */
  link: Uint16Array | Uint32Array;
  links: Links;
  /** Packets inside packets, and by row which of them, counted from 1; 0: none. Null where no row has one: few files do. */
  quotes: PacketTable | null;
  quote: Int32Array | null;
  outers: PacketTable | null;
  outer: Int32Array | null;
}

const NAMES = Object.keys(COLUMNS) as (keyof Columns)[];

/**
 * A processor's nearest cache puts addresses that are a page apart into the same few places. So that the fields of one row
 * have room there side by side, each column begins some lines further in a page than the one before.
 */
const PAGE = 4096; // bytes
const STAGGER = 192;

/** All in one buffer. */
function columnsFor(capacity: number): Columns {
  let end = 0;
  const places = NAMES.map((name, i) => {
    const at = Math.ceil(end / PAGE) * PAGE + ((i * STAGGER) % PAGE);
    end = at + capacity * COLUMNS[name].BYTES_PER_ELEMENT;
    return at;
  });
  const buffer = new ArrayBuffer(end);
  const columns = NAMES.map((name, i) => [name, new COLUMNS[name](buffer, places[i], capacity)] as const);
  return Object.fromEntries(columns) as unknown as Columns;
}

export const newTable = (): PacketTable => ({
  ...columnsFor(ROOM_AT_FIRST),
  rows: 0,
  capacity: ROOM_AT_FIRST,
  link: new Uint16Array(ROOM_AT_FIRST),
  links: newLinks(),
  quotes: null,
  quote: null,
  outers: null,
  outer: null,
});

/** A new row, all zero; where there is no room for it, arrays grow by half, so that old and new together stay small. */
export function addRow(table: PacketTable): number {
  if (table.rows === table.capacity) makeRoom(table, table.rows + (table.rows >>> 1));
  const row = table.rows;
  table.rows += 1;
  return row;
}

export function makeRoom(table: PacketTable, capacity: number): void {
  const wider = columnsFor(capacity);
  for (const name of NAMES) wider[name].set(table[name].subarray(0, table.rows));
  Object.assign(table, wider);
  const isWide = table.link instanceof Uint32Array;
  table.link = widened(table.link, isWide ? new Uint32Array(capacity) : new Uint16Array(capacity));
  if (table.quote !== null) table.quote = widened(table.quote, new Int32Array(capacity));
  if (table.outer !== null) table.outer = widened(table.outer, new Int32Array(capacity));
  table.capacity = capacity;
}

function widened<Column extends Int32Array | Uint32Array | Uint16Array>(
  from: Int32Array | Uint32Array | Uint16Array,
  to: Column,
): Column {
  to.set(from);
  return to;
}

/** The table of what is quoted, and a new row in it for what this packet quotes. */
export function addQuote(table: PacketTable, row: number): readonly [PacketTable, number] {
  table.quotes ??= newTable();
  table.quote ??= new Int32Array(table.capacity);
  const quote = addRow(table.quotes);
  table.quote[row] = quote + 1;
  return [table.quotes, quote];
}

/** The same for the headers around this packet; of several around it the innermost ones are found again. */
export function addOuter(table: PacketTable, row: number): readonly [PacketTable, number] {
  table.outers ??= newTable();
  table.outer ??= new Int32Array(table.capacity);
  const outer = addRow(table.outers);
  table.outer[row] = outer + 1;
  return [table.outers, outer];
}

/** Row in `quotes`, or -1. */
export const quoteOf = (table: PacketTable, row: number): number => (table.quote?.[row] ?? 0) - 1;
/** Row in `outers`, or -1. */
export const outerOf = (table: PacketTable, row: number): number => (table.outer?.[row] ?? 0) - 1;

/** What to hand over with the table, so that it moves into another thread and is not copied. */
export const buffersOfTable = (table: PacketTable): readonly ArrayBufferLike[] => [
  table.atNs.buffer,
  table.link.buffer,
  table.links.slots.buffer,
  ...[table.quote, table.outer].flatMap((column) => (column === null ? [] : [column.buffer])),
  ...(table.quotes === null ? [] : buffersOfTable(table.quotes)),
  ...(table.outers === null ? [] : buffersOfTable(table.outers)),
];

/** MACs of a frame, destination and source: twelve bytes in three words of 32 bits with sign. All 0: it has none. */
export function setMacs(table: PacketTable, row: number, first: number, middle: number, last: number): void {
  const number = numberOf(table.links, first, middle, last);
  if (number > 0xffff && table.link instanceof Uint16Array) table.link = Uint32Array.from(table.link);
  table.link[row] = number;
}

/** MACs as numbers, for comparing; exact, since a MAC has 48 bits and a number holds 53. */
export const srcMacOf = (t: PacketTable, row: number): number => t.links.src[t.link[row] ?? 0] ?? 0;
export const dstMacOf = (t: PacketTable, row: number): number => t.links.dst[t.link[row] ?? 0] ?? 0;

export const has = (t: PacketTable, row: number, bits: number): boolean => ((t.status[row] ?? 0) & bits) !== 0;
