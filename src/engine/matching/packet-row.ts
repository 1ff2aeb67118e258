/** What the readers of several headers do to a row of the columns: status bits, payload, checksum, headers around it. */
import { hashBytes } from './packet-hash';
import { STATUS } from './packet-status';
import { foldedSum, sumOf } from './packet-sum';
import { addOuter, type PacketTable } from './packet-table';

export const set = (t: PacketTable, row: number, bits: number): void => {
  t.status[row] = (t.status[row] ?? 0) | bits;
};

export function setPayload(t: PacketTable, row: number, b: DataView, at: number, end: number, whole: number): void {
  t.payloadLength[row] = Number.isFinite(whole) ? Math.max(0, whole - at) : 0;
  t.payloadHash[row] = hashBytes(b, at, end);
}

/** TCP or UDP with the pseudo header of the row's addresses: right, wrong, or left to the card by the sender. */
export function judgeSum(
  t: PacketTable,
  row: number,
  b: DataView,
  at: number,
  end: number,
  storedAt: number,
  protocol: number,
): void {
  const src = t.srcIp[row] ?? 0;
  const dst = t.dstIp[row] ?? 0;
  const pseudo = (src >>> 16) + (src & 0xffff) + (dst >>> 16) + (dst & 0xffff) + protocol + ((end - at) & 0xffff);
  if (foldedSum(pseudo + sumOf(b, at, end)) === 0xffff) set(t, row, STATUS.sumGood);
  else set(t, row, b.getUint16(storedAt) === foldedSum(pseudo) ? STATUS.sumOffloaded : STATUS.sumBad);
}

/** The headers read so far move to `outers`, and the row is free for the packet inside. */
export function keepOuter(t: PacketTable, row: number): void {
  const [outers, outer] = addOuter(t, row);
  outers.srcIp[outer] = t.srcIp[row] ?? 0;
  outers.dstIp[outer] = t.dstIp[row] ?? 0;
  outers.ttl[outer] = t.ttl[row] ?? 0;
  outers.protocol[outer] = t.protocol[row] ?? 0;
  outers.ipId[outer] = t.ipId[row] ?? 0;
  outers.totalLength[outer] = t.totalLength[row] ?? 0;
}
