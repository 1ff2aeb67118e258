/**
 * Identity of a packet: what no hop changes, so that the same packet is found again at another capture point, and in
 * a prediction. The IP ID alone is no key: `ping -M do` and every SYN-ACK carry 0, and a reply has one of its own.
 *
 * Four levels, strictest first: a changed or drawn value costs a level, not the match.
 *   0  everything that identifies, payload included
 *   1  without the payload
 *   2  without what hosts draw by chance (ICMP identifier, client port), with the addresses instead
 *   3  the IP header's own: addresses, protocol, ID
 */
import { isMulticast } from '../addr/mac';
import type { Dissected, Inner } from '../analysis/dissect';
import * as icmp from '../wire/icmp';
import { isFragment } from '../wire/ipv4';
import type { Tcp } from '../wire/tcp';
import { TCP_FLAG } from '../wire/tcp';

export const LEVELS = [0, 1, 2, 3] as const;
export type Level = (typeof LEVELS)[number];

/** Key of the frame at `index` of the list; '' = nothing identifies it at this level. */
export type Identify = (index: number, level: Level) => string;

/** First sequence number of each direction, by ports: numbers count from it, since both sides draw theirs. */
type Streams = ReadonlyMap<string, number>;

/** Keys for one list of frames, as one file or one prediction holds them. */
export function identify(frames: readonly (Dissected | null)[]): Identify {
  const streams = streamsOf(frames);
  return (index, level) => {
    const frame = frames[index];
    return frame === null || frame === undefined ? '' : keyOf(frame, level, streams);
  };
}

function keyOf(frame: Dissected, level: Level, streams: Streams): string {
  if (frame.arp !== null) return arpKey(frame, level);
  if (frame.inner !== null) return innerKey(frame.inner, level, streams);
  return level === 0 ? `type ${frame.eth.etherType} ${frame.eth.src} ${frame.eth.dst}` : '';
}

function arpKey({ eth, arp }: Dissected, level: Level): string {
  if (arp === null || level === 3) return '';
  if (level === 2) return `arp ${arp.operation} for ${arp.targetIp}`;
  const cast = level === 1 ? '' : isMulticast(eth.dst) ? ' to all' : ' to one';
  return `arp ${arp.operation} ${arp.senderIp} ${arp.targetIp}${cast}`;
}

function innerKey(inner: Inner, level: Level, streams: Streams): string {
  const { ip } = inner;
  const addresses = `${ip.src}>${ip.dst}`;
  if (level === 3) return ip.id === 0 ? '' : `ip ${addresses} ${ip.protocol} ${ip.id} ${ip.fragmentOffset}`;
  const part = isFragment(ip) ? ` part ${ip.fragmentOffset}+${ip.totalLength}` : '';
  return transportKey(inner, level, streams, addresses) + part;
}

function transportKey(inner: Inner, level: Level, streams: Streams, addresses: string): string {
  const data = level === 0 ? ` ${inner.payloadBytes}#${hashOf(inner.payload)}` : '';
  if (inner.icmp !== null) return icmpKey(inner, inner.icmp, level, streams, addresses, data);
  if (inner.udp !== null) {
    const { srcPort, dstPort, length } = inner.udp;
    if (level < 2) return `udp ${srcPort}>${dstPort} ${length}${data}`;
    return `udp ${addresses} ${isClientPort(srcPort) ? dstPort : srcPort} ${length}`;
  }
  if (inner.tcp !== null) {
    const numbers = `${relative(inner.tcp, streams)}+${inner.payloadBytes}`;
    const { srcPort, dstPort, flags } = inner.tcp;
    if (level === 0) return `tcp ${srcPort}>${dstPort} ${numbers} ${flags}`;
    return level === 1 ? `tcp ${srcPort}>${dstPort} ${numbers}` : `tcp ${addresses} ${numbers} ${flags}`;
  }
  const { ip } = inner;
  return level === 0 ? `ip ${ip.protocol} ${addresses} ${ip.id}${data}` : `ip ${ip.protocol} ${addresses}`;
}

function icmpKey(
  inner: Inner,
  header: icmp.Icmp,
  level: Level,
  streams: Streams,
  addresses: string,
  data: string,
): string {
  const { type, code } = header;
  if (icmp.isEcho(header)) {
    const seq = icmp.sequenceOf(header);
    return level < 2 ? `echo ${type} ${icmp.identifierOf(header)} ${seq}${data}` : `echo ${type} ${addresses} ${seq}`;
  }
  if (!icmp.isError(header)) return `icmp ${type} ${code} ${header.rest}${data}`;
  const about = inner.quoted === null ? 'nothing' : innerKey(inner.quoted, level, streams);
  return level === 0
    ? `error ${type} ${code} by ${inner.ip.src} about ${about}`
    : `error ${type} ${code} about ${about}`;
}

/** Linux's default net.ipv4.ip_local_port_range: such a port was drawn, unless it is the one a request goes to. */
const isClientPort = (port: number): boolean => port >= 32768 && port <= 60999;

/** Sequence and acknowledgement counted from each side's first number; a segment without ACK acknowledges nothing. */
function relative(header: Tcp, streams: Streams): string {
  const own = streams.get(`${header.srcPort}>${header.dstPort}`) ?? 0;
  const other = streams.get(`${header.dstPort}>${header.srcPort}`) ?? 0;
  const ack = (header.flags & TCP_FLAG.ack) === 0 ? 0 : (header.ack - other) >>> 0;
  return `${(header.seq - own) >>> 0}/${ack}`;
}

function streamsOf(frames: readonly (Dissected | null)[]): Streams {
  const first = new Map<string, number>();
  for (const frame of frames) {
    const header = frame?.inner?.tcp;
    if (header === null || header === undefined) continue;
    const key = `${header.srcPort}>${header.dstPort}`;
    if ((header.flags & TCP_FLAG.syn) !== 0 || !first.has(key)) first.set(key, header.seq);
  }
  return first;
}

/** FNV-1a, 32 bits (draft-eastlake-fnv section 2): two payloads of one length that differ hardly ever share it. */
function hashOf(bytes: Uint8Array): number {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return hash >>> 0;
}
