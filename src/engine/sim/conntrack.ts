/**
 * Connection tracking, as far as address translation needs it: each connection is remembered with the tuple of its first
 * packet and the tuple its answers come back with. Both directions follow from the two tuples.
 * Source: Linux net/netfilter/nf_conntrack_core.c, nf_nat_core.c (nf_nat_packet); RFC 5508 for ICMP.
 */
import type { Ipv4 } from '../addr/ipv4';
import * as icmp from '../wire/icmp';
import * as ipv4 from '../wire/ipv4';
import * as tcp from '../wire/tcp';
import * as udp from '../wire/udp';
import type { Packet } from './world';

/** One direction of a connection. For ICMP echo both ports are the identifier. */
export interface Tuple {
  readonly protocol: number;
  readonly src: Ipv4;
  readonly srcPort: number;
  readonly dst: Ipv4;
  readonly dstPort: number;
}

export interface Connection {
  readonly original: Tuple;
  readonly reply: Tuple;
  readonly answered: boolean;
}

export type Direction = 'original' | 'reply';

/** The tuple of a packet; null for protocols and fragments that are not tracked. */
export function tupleOf(header: ipv4.Ipv4Header, payload: Uint8Array): Tuple | null {
  if (header.fragmentOffset > 0 || payload.length < 8) return null;
  const base = { protocol: header.protocol, src: header.src, dst: header.dst };
  if (header.protocol === ipv4.PROTOCOL.icmp) {
    const parsed = icmp.parse(payload, 0);
    const id = parsed.ok ? icmp.identifierOf(parsed.value.header) : null;
    return id === null ? null : { ...base, srcPort: id, dstPort: id };
  }
  if (header.protocol !== ipv4.PROTOCOL.tcp && header.protocol !== ipv4.PROTOCOL.udp) return null;
  const word = (at: number): number => (payload[at] ?? 0) * 256 + (payload[at + 1] ?? 0);
  return { ...base, srcPort: word(0), dstPort: word(2) };
}

export const inverse = (tuple: Tuple): Tuple => ({
  protocol: tuple.protocol,
  src: tuple.dst,
  srcPort: tuple.dstPort,
  dst: tuple.src,
  dstPort: tuple.srcPort,
});

export const sameTuple = (a: Tuple, b: Tuple): boolean =>
  a.protocol === b.protocol && a.src === b.src && a.srcPort === b.srcPort && a.dst === b.dst && a.dstPort === b.dstPort;

export interface Found {
  readonly index: number;
  readonly connection: Connection;
  readonly direction: Direction;
}

/** The connection a packet of this tuple belongs to. */
export function findConnection(connections: readonly Connection[], tuple: Tuple): Found | null {
  for (const [index, connection] of connections.entries()) {
    if (sameTuple(connection.original, tuple)) return { index, connection, direction: 'original' };
    if (sameTuple(connection.reply, tuple)) return { index, connection, direction: 'reply' };
  }
  return null;
}

/** What the packet looks like once its connection's translation is done: the inverse of what the other direction sends. */
export const translated = (connection: Connection, direction: Direction): Tuple =>
  inverse(direction === 'original' ? connection.reply : connection.original);

/** The packet with new addresses and ports, IP and transport checksums included. */
export function withAddresses(packet: Packet, change: Partial<Tuple>): Packet {
  const header = ipv4.withChecksum({
    ...packet.header,
    src: change.src ?? packet.header.src,
    dst: change.dst ?? packet.header.dst,
  });
  return { ...packet, header, payload: withPorts(header, packet.payload, change) };
}

function withPorts(header: ipv4.Ipv4Header, payload: Uint8Array, change: Partial<Tuple>): Uint8Array {
  if (header.protocol === ipv4.PROTOCOL.udp) {
    const parsed = udp.parse(payload, 0);
    if (!parsed.ok) return payload;
    const data = payload.subarray(parsed.value.payloadAt);
    const old = parsed.value.header;
    const next = { ...old, srcPort: change.srcPort ?? old.srcPort, dstPort: change.dstPort ?? old.dstPort };
    return udp.serialize(udp.withChecksum(next, data, header.src, header.dst), data);
  }
  if (header.protocol === ipv4.PROTOCOL.tcp) {
    const parsed = tcp.parse(payload, 0);
    if (!parsed.ok) return payload;
    const data = payload.subarray(parsed.value.payloadAt);
    const old = parsed.value.header;
    const next = { ...old, srcPort: change.srcPort ?? old.srcPort, dstPort: change.dstPort ?? old.dstPort };
    return tcp.serialize(tcp.withChecksum(next, data, header.src, header.dst), data);
  }
  return payload;
}
