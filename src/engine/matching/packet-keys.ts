/** What tells a packet from all others at every hop, as hashes of a row's columns; made when asked for, and kept nowhere. */
import { PROTOCOL } from '../wire/ipv4';
import { finish, stir } from './packet-hash';
import { FRAGMENT, isPart } from './packet-status';
import type { PacketTable } from './packet-table';

/** Hash of what no hop without NAT changes. The row is an IPv4 packet. */
export function exactKeyOf(t: PacketTable, row: number): number {
  let all = stir(stir(contentOf(t, row), t.srcIp[row] ?? 0), t.dstIp[row] ?? 0);
  all = stir(all, ((t.srcPort[row] ?? 0) << 16) | (t.dstPort[row] ?? 0));
  return finish(stir(all, t.flags[row] ?? 0));
}

/** The same without what NAT rewrites. */
export const looseKeyOf = (t: PacketTable, row: number): number => finish(contentOf(t, row));

/**
 * Never the MACs, the TTL, a checksum or the IP ID: hops change the first three, and the last is 0 in many packets. Only a
 * fragment has nothing but the ID that tells its datagram.
 */
function contentOf(t: PacketTable, row: number): number {
  const protocol = t.protocol[row] ?? 0;
  const fragment = t.fragment[row] ?? 0;
  let same = stir(0, protocol);
  same = stir(same, t.seq[row] ?? 0);
  same = stir(same, t.ack[row] ?? 0);
  same = stir(same, t.payloadLength[row] ?? 0);
  same = stir(same, t.payloadHash[row] ?? 0);
  if (isPart(fragment)) same = stir(stir(same, t.ipId[row] ?? 0), fragment & (FRAGMENT.mf | FRAGMENT.offset));
  return protocol === PROTOCOL.icmp ? stir(same, t.srcPort[row] ?? 0) : same;
}
