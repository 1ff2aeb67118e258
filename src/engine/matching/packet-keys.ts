/** What tells a packet from all others at every hop, as two hashes of a row's columns. */
import { PROTOCOL } from '../wire/ipv4';
import { finish, stir } from './packet-hash';
import { FRAGMENT, isPart, STATUS } from './packet-status';
import type { PacketTable } from './packet-table';

/**
 * Never the MACs, the TTL, a checksum or the IP ID: hops change the first three, and the last is 0 in many packets. Only a
 * fragment has nothing but the ID that tells its datagram.
 */
export function setKeys(t: PacketTable, row: number): void {
  if (((t.status[row] ?? 0) & STATUS.ipv4) === 0) return;
  const fragment = t.fragment[row] ?? 0;
  let same = stir(0, t.protocol[row] ?? 0);
  same = stir(same, t.seq[row] ?? 0);
  same = stir(same, t.ack[row] ?? 0);
  same = stir(same, t.payloadLength[row] ?? 0);
  same = stir(same, t.payloadHash[row] ?? 0);
  if (isPart(fragment)) same = stir(stir(same, t.ipId[row] ?? 0), fragment & (FRAGMENT.mf | FRAGMENT.offset));
  if (t.protocol[row] === PROTOCOL.icmp) same = stir(same, t.srcPort[row] ?? 0);
  t.looseKey[row] = finish(same);
  let all = stir(stir(same, t.srcIp[row] ?? 0), t.dstIp[row] ?? 0);
  all = stir(all, ((t.srcPort[row] ?? 0) << 16) | (t.dstPort[row] ?? 0));
  t.exactKey[row] = finish(stir(all, t.flags[row] ?? 0));
}
