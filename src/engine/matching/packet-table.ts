/**
 * Packets as columns: one typed array a field, one row a packet, so that a million of them are a few dozen arrays and not
 * a million objects. Rows are only appended. A packet inside another has a row in a table of its own kind: what an ICMP
 * error quotes in `quotes`, the headers around a tunnelled packet in `outers`.
 */
const COLUMNS = {
  srcMacHigh: Uint16Array, // first two bytes of the MAC
  srcMacLow: Uint32Array, // the other four
  dstMacHigh: Uint16Array,
  dstMacLow: Uint32Array,
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
  exactKey: Int32Array, // hash of what no hop without NAT changes
  looseKey: Int32Array, // the same without what NAT rewrites
  status: Uint32Array,
  frameLength: Uint32Array, // bytes on the wire
  quote: Int32Array, // row in `quotes`, or -1
  outer: Int32Array, // row in `outers`, or -1
} as const;

type Columns = { [K in keyof typeof COLUMNS]: InstanceType<(typeof COLUMNS)[K]> };

export interface PacketTable extends Columns {
  rows: number;
  capacity: number;
  atNs: Float64Array; // since the first packet of the file
  quotes: PacketTable | null;
  outers: PacketTable | null;
}

const NAMES = Object.keys(COLUMNS) as (keyof Columns)[];
const FIRST_CAPACITY = 256; // rows

export function newTable(capacity = FIRST_CAPACITY): PacketTable {
  const columns = Object.fromEntries(NAMES.map((name) => [name, new COLUMNS[name](capacity)])) as unknown as Columns;
  return { ...columns, rows: 0, capacity, atNs: new Float64Array(capacity), quotes: null, outers: null };
}

/** A new row, all zero; arrays grow by half, so that old and new together stay small. */
export function addRow(table: PacketTable): number {
  if (table.rows === table.capacity) grow(table, table.capacity + Math.max(FIRST_CAPACITY, table.capacity >>> 1));
  const row = table.rows;
  table.rows += 1;
  table.quote[row] = -1;
  table.outer[row] = -1;
  return row;
}

function grow(table: PacketTable, capacity: number): void {
  for (const name of NAMES) {
    const wider = new COLUMNS[name](capacity);
    wider.set(table[name]);
    (table as unknown as Record<string, typeof wider>)[name] = wider;
  }
  const atNs = new Float64Array(capacity);
  atNs.set(table.atNs);
  table.atNs = atNs;
  table.capacity = capacity;
}

/** What to hand over with the table, so that it moves into another thread and is not copied. */
export const buffersOfTable = (table: PacketTable): readonly ArrayBufferLike[] => [
  table.atNs.buffer,
  ...NAMES.map((name) => table[name].buffer),
  ...(table.quotes === null ? [] : buffersOfTable(table.quotes)),
  ...(table.outers === null ? [] : buffersOfTable(table.outers)),
];

/** MACs as numbers, for comparing; exact, since a MAC has 48 bits and a number holds 53. */
export const srcMacOf = (t: PacketTable, row: number): number =>
  (t.srcMacHigh[row] ?? 0) * 0x1_0000_0000 + (t.srcMacLow[row] ?? 0);
export const dstMacOf = (t: PacketTable, row: number): number =>
  (t.dstMacHigh[row] ?? 0) * 0x1_0000_0000 + (t.dstMacLow[row] ?? 0);

export const has = (t: PacketTable, row: number, bits: number): boolean => ((t.status[row] ?? 0) & bits) !== 0;
