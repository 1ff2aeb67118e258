/** TCP into a row of the columns; see packet-decode.ts. */
import { PROTOCOL } from '../wire/ipv4';
import { judgeSum, set, setPayload } from './packet-row';
import { STATUS } from './packet-status';
import type { PacketTable } from './packet-table';

export function readTcp(
  t: PacketTable,
  row: number,
  b: DataView,
  at: number,
  end: number,
  whole: number,
  judge: boolean,
): void {
  if (end - at < 20) {
    if (end - at >= 8 && !judge) readCutTcp(t, row, b, at);
    return;
  }
  const headerLength = (b.getUint8(at + 12) >>> 4) * 4;
  if (headerLength < 20) return;
  if (end - at < headerLength) return;
  set(t, row, STATUS.tcp);
  t.srcPort[row] = b.getUint16(at);
  t.dstPort[row] = b.getUint16(at + 2);
  t.seq[row] = b.getUint32(at + 4);
  t.ack[row] = b.getUint32(at + 8);
  t.flags[row] = b.getUint8(at + 13);
  t.window[row] = b.getUint16(at + 14);
  if (judge && end === whole) judgeSum(t, row, b, at, whole, at + 16, PROTOCOL.tcp);
  setPayload(t, row, b, at + headerLength, end, whole);
}

/** An ICMP error need quote no more than 8 bytes of its transport (RFC 792): ports and the sequence number. */
function readCutTcp(t: PacketTable, row: number, b: DataView, at: number): void {
  t.srcPort[row] = b.getUint16(at);
  t.dstPort[row] = b.getUint16(at + 2);
  t.seq[row] = b.getUint32(at + 4);
}
