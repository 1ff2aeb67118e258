/**
 * Bytes of one frame into a row of the columns, without an object a packet. `wire/decode` reads the same bytes for
 * showing; a test holds the two equal. What cannot be read leaves its columns zero and its status bits unset.
 */
import { LINK_TYPE } from '../capture/link-types';
import { ETHERTYPE } from '../wire/ethernet';
import { ICMP_TYPE } from '../wire/icmp';
import { PROTOCOL } from '../wire/ipv4';
import * as vxlan from '../wire/vxlan';
import { looseKeyOf } from './packet-keys';
import { judgeSum, keepOuter, set, setPayload } from './packet-row';
import { FRAGMENT, STATUS } from './packet-status';
import { foldedSum, sumOf } from './packet-sum';
import { addQuote, type PacketTable, setMacs, srcMacOf } from './packet-table';
import { readTcp } from './packet-tcp';

/** As deep as `wire/decode` goes; keeps nested headers from nesting without end. */
const DEPTH_MAX = 32;
const ETHERNET_LENGTH = 14; // bytes
const IPV4_LENGTH = 20; // without options
const SLL_LENGTH = 16; // LINUX_SLL: packet type, ARPHRD, address length, address (8), protocol
const SLL2_LENGTH = 20; // LINUX_SLL2: protocol, reserved, interface, ARPHRD, packet type, address length, address (8)
const SLL_OUTGOING = 4; // LINUX_SLL_OUTGOING
const NULL_LENGTH = 4; // an address family in the byte order of the machine
const NULL_INET = 2;
const LINK_NULL = 0;
const LINK_LOOP = 108;

/** `end` is the first byte after the captured part, `onWire` the first one after the frame. */
export function decodeInto(
  t: PacketTable,
  row: number,
  b: DataView,
  at: number,
  end: number,
  onWire: number,
  linkType: number,
): void {
  const limit = Math.max(end, onWire);
  if (limit > end) set(t, row, STATUS.cut);
  switch (linkType) {
    case LINK_TYPE.ethernet:
      if (end - at >= ETHERNET_LENGTH) {
        readMacs(t, row, b, at);
        readByType(t, row, b, at + ETHERNET_LENGTH, end, limit, b.getUint16(at + 12), 1);
      }
      break;
    case LINK_TYPE.raw:
    case LINK_TYPE.ipv4:
      set(t, row, STATUS.noMacs);
      if (end > at && b.getUint8(at) >>> 4 === 4) readIpv4(t, row, b, at, end, limit, 0);
      break;
    case LINK_TYPE.linuxSll:
      if (end - at >= SLL_LENGTH) {
        if (b.getUint16(at) === SLL_OUTGOING) set(t, row, STATUS.outgoing);
        readCooked(t, row, b, at, end, limit, at + 6, at + SLL_LENGTH, b.getUint16(at + 14));
      }
      break;
    case LINK_TYPE.linuxSll2:
      if (end - at >= SLL2_LENGTH) {
        if (b.getUint8(at + 10) === SLL_OUTGOING) set(t, row, STATUS.outgoing);
        readCooked(t, row, b, at, end, limit, at + 12, at + SLL2_LENGTH, b.getUint16(at));
      }
      break;
    case LINK_NULL:
    case LINK_LOOP:
      set(t, row, STATUS.noMacs);
      if (end - at >= NULL_LENGTH && (b.getUint8(at) === NULL_INET || b.getUint8(at + 3) === NULL_INET))
        readIpv4(t, row, b, at + NULL_LENGTH, end, limit, 1);
      break;
  }
}

function readMacs(t: PacketTable, row: number, b: DataView, at: number): void {
  setMacs(t, row, b.getInt32(at), b.getInt32(at + 4), b.getInt32(at + 8));
  if ((b.getUint8(at) & 1) !== 0) set(t, row, STATUS.toMany);
}

const macAt = (b: DataView, at: number): number => b.getUint16(at) * 0x1_0000_0000 + b.getUint32(at + 2);

function readCooked(
  t: PacketTable,
  row: number,
  b: DataView,
  at: number,
  end: number,
  limit: number,
  senderAt: number,
  payloadAt: number,
  type: number,
): void {
  set(t, row, STATUS.cooked);
  setMacs(t, row, 0, b.getUint16(senderAt), b.getInt32(senderAt + 2));
  readByType(t, row, b, payloadAt, end, limit, type, at === payloadAt ? 0 : 1);
}

function readByType(
  t: PacketTable,
  row: number,
  b: DataView,
  at: number,
  end: number,
  limit: number,
  etherType: number,
  depth: number,
): void {
  let type = etherType;
  let from = at;
  let layers = depth;
  while ((type === ETHERTYPE.vlan || type === ETHERTYPE.serviceVlan) && end - from >= 4 && layers < DEPTH_MAX) {
    set(t, row, STATUS.vlan);
    type = b.getUint16(from + 2);
    from += 4;
    layers += 1;
  }
  if (type === ETHERTYPE.arp && layers < DEPTH_MAX) readArp(t, row, b, from, end);
  else if (type === ETHERTYPE.ipv4) readIpv4(t, row, b, from, end, limit, layers);
}

/** RFC 826 over Ethernet and IPv4; anything else is left unread. */
function readArp(t: PacketTable, row: number, b: DataView, at: number, end: number): void {
  if (end - at < 28 || b.getUint32(at) !== 0x0001_0800 || b.getUint16(at + 4) !== 0x0604) return;
  const operation = b.getUint16(at + 6);
  if (operation === 1) set(t, row, STATUS.arpRequest);
  else if (operation === 2) set(t, row, STATUS.arpReply);
  else return;
  if (macAt(b, at + 8) !== srcMacOf(t, row)) set(t, row, STATUS.sourceDiffers);
  t.srcIp[row] = b.getUint32(at + 14);
  t.dstIp[row] = b.getUint32(at + 24);
}

function readIpv4(
  t: PacketTable,
  row: number,
  b: DataView,
  at: number,
  end: number,
  limit: number,
  depth: number,
): void {
  if (end - at < IPV4_LENGTH || depth >= DEPTH_MAX) return;
  const first = b.getUint8(at);
  const headerLength = (first & 0x0f) * 4;
  if (first >>> 4 !== 4 || headerLength < IPV4_LENGTH || end - at < headerLength) return;
  const said = b.getUint16(at + 2);
  const known = Number.isFinite(limit);
  const length = said === 0 && known ? limit - at : said;
  const fragment = b.getUint16(at + 6);
  t.srcIp[row] = b.getUint32(at + 12);
  t.dstIp[row] = b.getUint32(at + 16);
  t.ttl[row] = b.getUint8(at + 8);
  t.protocol[row] = b.getUint8(at + 9);
  t.ipId[row] = b.getUint16(at + 4);
  t.fragment[row] = fragment;
  t.totalLength[row] = length;
  const isSumGood = foldedSum(sumOf(b, at, at + headerLength)) === 0xffff;
  const payloadAt = at + headerLength;
  const whole = said === 0 ? limit : at + length < payloadAt ? limit : at + length;
  const isPadded = known && whole < limit;
  set(t, row, STATUS.ipv4 | (isSumGood ? 0 : STATUS.ipSumBad) | (isPadded ? STATUS.padded : 0));
  const captured = Math.min(whole, end);
  if ((fragment & FRAGMENT.offset) !== 0) setPayload(t, row, b, payloadAt, captured, whole);
  else readTransport(t, row, b, payloadAt, captured, whole, depth + 1, (fragment & FRAGMENT.mf) === 0 && known);
}

/** `judge`: all of it is here as far as the headers know, so a checksum may be judged if nothing was cut. */
function readTransport(
  t: PacketTable,
  row: number,
  b: DataView,
  at: number,
  end: number,
  whole: number,
  depth: number,
  judge: boolean,
): void {
  switch (t.protocol[row]) {
    case PROTOCOL.icmp:
      readIcmp(t, row, b, at, end, whole, depth, judge);
      break;
    case PROTOCOL.udp:
      readUdp(t, row, b, at, end, whole, depth, judge);
      break;
    case PROTOCOL.tcp:
      readTcp(t, row, b, at, end, whole, judge);
      break;
    case PROTOCOL.ipip:
      if (isInnerIpv4(b, at, end)) {
        keepOuter(t, row);
        set(t, row, STATUS.ipip);
        readIpv4(t, row, b, at, end, whole, depth);
      }
      break;
    default:
      setPayload(t, row, b, at, end, whole);
  }
}

const isInnerIpv4 = (b: DataView, at: number, end: number): boolean =>
  end - at >= 20 &&
  b.getUint8(at) >>> 4 === 4 &&
  (b.getUint8(at) & 0x0f) >= 5 &&
  end - at >= (b.getUint8(at) & 0x0f) * 4;

function readIcmp(
  t: PacketTable,
  row: number,
  b: DataView,
  at: number,
  end: number,
  whole: number,
  depth: number,
  judge: boolean,
): void {
  if (end - at < 8) return;
  set(t, row, STATUS.icmp);
  const type = b.getUint8(at);
  t.srcPort[row] = b.getUint16(at);
  const isEcho = type === ICMP_TYPE.echoRequest || type === ICMP_TYPE.echoReply;
  t.dstPort[row] = isEcho ? b.getUint16(at + 4) : 0;
  t.seq[row] = isEcho ? b.getUint16(at + 6) : b.getUint32(at + 4);
  if (judge && end === whole) {
    const isGood = foldedSum(sumOf(b, at, end)) === 0xffff;
    set(t, row, isGood ? STATUS.sumGood : STATUS.sumBad);
  }
  setPayload(t, row, b, at + 8, end, whole);
  if (!isErrorType(type)) return;
  set(t, row, STATUS.icmpError);
  if (!isInnerIpv4(b, at + 8, end)) return;
  const [quotes, quote] = addQuote(t, row);
  readIpv4(quotes, quote, b, at + 8, end, Number.POSITIVE_INFINITY, depth);
  t.payloadHash[row] = looseKeyOf(quotes, quote);
}

const isErrorType = (type: number): boolean =>
  type === ICMP_TYPE.destinationUnreachable ||
  type === ICMP_TYPE.sourceQuench ||
  type === ICMP_TYPE.redirect ||
  type === ICMP_TYPE.timeExceeded ||
  type === ICMP_TYPE.parameterProblem;

function readUdp(
  t: PacketTable,
  row: number,
  b: DataView,
  at: number,
  end: number,
  whole: number,
  depth: number,
  judge: boolean,
): void {
  if (end - at < 8) return;
  const length = b.getUint16(at + 4);
  const isBelievable = length >= 8 && at + length <= whole;
  const limit = isBelievable ? at + length : whole;
  const captured = Math.min(limit, end);
  if (vxlan.PORTS.includes(b.getUint16(at + 2)) && judge && carriesIpv4(b, at + 8, captured)) {
    keepOuter(t, row);
    set(t, row, STATUS.vxlan);
    const inner = at + 8 + vxlan.HEADER_LENGTH;
    readByType(t, row, b, inner + ETHERNET_LENGTH, captured, limit, b.getUint16(inner + 12), depth + 3);
    return;
  }
  set(t, row, STATUS.udp);
  t.srcPort[row] = b.getUint16(at);
  t.dstPort[row] = b.getUint16(at + 2);
  if (isBelievable && judge && captured === limit && b.getUint16(at + 6) !== 0)
    judgeSum(t, row, b, at, limit, at + 6, PROTOCOL.udp);
  setPayload(t, row, b, at + 8, captured, limit);
}

/** A VXLAN header and in it Ethernet with a whole IPv4 header: then the inner packet is the one to be matched. */
const carriesIpv4 = (b: DataView, at: number, end: number): boolean =>
  end - at >= vxlan.HEADER_LENGTH + ETHERNET_LENGTH &&
  b.getUint16(at + vxlan.HEADER_LENGTH + 12) === ETHERTYPE.ipv4 &&
  isInnerIpv4(b, at + vxlan.HEADER_LENGTH + ETHERNET_LENGTH, end);
