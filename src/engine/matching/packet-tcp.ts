/** TCP into a row of the columns; see packet-decode.ts. */
import { PROTOCOL } from '../wire/ipv4';
import { judgeSum, set, setPayload, u16, u32 } from './packet-row';
import { STATUS } from './packet-status';
import type { PacketTable } from './packet-table';

export function readTcp(
  t: PacketTable,
  row: number,
  b: Uint8Array,
  at: number,
  end: number,
  whole: number,
  judge: boolean,
): void {
  if (end - at < 20) {
    if (end - at >= 8 && !judge) readCutTcp(t, row, b, at);
    return;
  }
  const headerLength = ((b[at + 12] ?? 0) >>> 4) * 4;
  if (headerLength < 20) return;
  if (end - at < headerLength) return;
  set(t, row, STATUS.tcp);
  t.srcPort[row] = u16(b, at);
  t.dstPort[row] = u16(b, at + 2);
  t.seq[row] = u32(b, at + 4);
  t.ack[row] = u32(b, at + 8);
  t.flags[row] = b[at + 13] ?? 0;
  t.window[row] = u16(b, at + 14);
  if (judge && end === whole) judgeSum(t, row, b, at, whole, at + 16, PROTOCOL.tcp);
  setPayload(t, row, b, at + headerLength, end, whole);
}

/** An ICMP error need quote no more than 8 bytes of its transport (RFC 792): ports and the sequence number. */
function readCutTcp(t: PacketTable, row: number, b: Uint8Array, at: number): void {
  t.srcPort[row] = u16(b, at);
  t.dstPort[row] = u16(b, at + 2);
  t.seq[row] = u32(b, at + 4);
}
