/** When two rows of different files show the same packet. Keys only propose; these compare the fields. */
import { PROTOCOL } from '../wire/ipv4';
import { FRAGMENT, isPart, STATUS } from './packet-status';
import { type PacketTable, srcMacOf } from './packet-table';

/** Everything that no hop changes where nothing is translated. */
export function isSame(a: PacketTable, i: number, b: PacketTable, j: number): boolean {
  return (
    a.srcIp[i] === b.srcIp[j] &&
    a.dstIp[i] === b.dstIp[j] &&
    a.srcPort[i] === b.srcPort[j] &&
    a.dstPort[i] === b.dstPort[j] &&
    a.flags[i] === b.flags[j] &&
    hasSameContent(a, i, b, j)
  );
}

/** The same content, and at least one of its ends is unchanged: NAT rewrites one of them. */
export function isSameTranslated(a: PacketTable, i: number, b: PacketTable, j: number): boolean {
  if (!hasSameContent(a, i, b, j) || a.flags[i] !== b.flags[j]) return false;
  const isIcmp = a.protocol[i] === PROTOCOL.icmp;
  const src = a.srcIp[i] === b.srcIp[j] && (isIcmp || a.srcPort[i] === b.srcPort[j]);
  const dst = a.dstIp[i] === b.dstIp[j] && (isIcmp || a.dstPort[i] === b.dstPort[j]);
  return src || dst;
}

/** Which piece of its datagram a fragment is; 0: it is none. */
const PIECE = FRAGMENT.mf | FRAGMENT.offset;

function hasSameContent(a: PacketTable, i: number, b: PacketTable, j: number): boolean {
  return (
    a.protocol[i] === b.protocol[j] &&
    a.seq[i] === b.seq[j] &&
    a.ack[i] === b.ack[j] &&
    a.payloadLength[i] === b.payloadLength[j] &&
    a.payloadHash[i] === b.payloadHash[j] &&
    ((a.fragment[i] ?? 0) & PIECE) === ((b.fragment[j] ?? 0) & PIECE) &&
    (!isPart(a.fragment[i] ?? 0) || a.ipId[i] === b.ipId[j])
  );
}

/** A packet that comes by within this time with nothing changed but its MACs or TTL is the same one. */
const SOON_NS = 10_000_000;

/**
 * Seen once more in the same file: on another device (-i any), reflected, or back in a loop. A packet sent anew has an ID of
 * its own; where the ID is 0, a lower TTL or another link tells, and that it comes at once.
 */
export function isOnceMore(t: PacketTable, before: number, now: number): boolean {
  if (t.ipId[before] !== t.ipId[now]) return false;
  if (t.ipId[now] !== 0) return true;
  if ((t.atNs[now] ?? 0) - (t.atNs[before] ?? 0) > SOON_NS) return false;
  const isOtherLink = t.ttl[now] !== t.ttl[before] || srcMacOf(t, now) !== srcMacOf(t, before);
  return isOtherLink || ((t.status[now] ?? 0) & STATUS.cooked) !== 0;
}
