/**
 * ICMP errors about tracked connections. Conntrack calls them RELATED, and translates them as it would the packet they
 * quote, quote and all: otherwise a sender behind MASQUERADE would never hear of its own packets.
 * Source: RFC 5508 section 4; Linux net/netfilter/nf_conntrack_proto_icmp.c (nf_conntrack_inet_error), nf_nat_proto.c
 * (nf_nat_icmp_reply_translation).
 */
import type { Ipv4 } from '../addr/ipv4';
import { update16 } from '../wire/checksum';
import * as icmp from '../wire/icmp';
import * as ipv4 from '../wire/ipv4';
import { type Connection, type Found, findConnection, inverse, type Tuple, tupleOf } from './conntrack';
import type { Packet } from './world';

/** The connection whose packet an ICMP error quotes, and which direction the error itself goes; null: none, or no error. */
export function relatedTo(connections: readonly Connection[], packet: Packet): Found | null {
  const quoted = quotedTuple(packet);
  return quoted === null ? null : findConnection(connections, inverse(quoted));
}

export function isIcmpError({ header, payload }: Packet): boolean {
  if (header.protocol !== ipv4.PROTOCOL.icmp || header.fragmentOffset > 0) return false;
  const parsed = icmp.parse(payload, 0);
  return parsed.ok && icmp.isError(parsed.value.header);
}

function quotedTuple(packet: Packet): Tuple | null {
  if (!isIcmpError(packet)) return null;
  const quoted = ipv4.parse(packet.payload, ICMP_BYTES);
  return quoted.ok ? tupleOf(quoted.value.header, packet.payload.subarray(quoted.value.payloadAt)) : null;
}

const ICMP_BYTES = 8;
const CHECKSUM_AT = { [ipv4.PROTOCOL.udp]: 6, [ipv4.PROTOCOL.tcp]: 16 } as Readonly<Record<number, number>>;

/**
 * The error translated. `arriving` (PREROUTING, OUTPUT): its destination, and the source in its quote; otherwise the other
 * ends. The same packet if the connection translates nothing there.
 */
export function translateError(packet: Packet, { connection, direction }: Found, arriving: boolean): Packet {
  const other = direction === 'reply' ? connection.original : connection.reply;
  const quoted = quotedTuple(packet);
  if (quoted === null) return packet;
  const [end, port] = arriving ? [other.src, other.srcPort] : [other.dst, other.dstPort];
  const isSame = arriving
    ? quoted.src === end && quoted.srcPort === port
    : quoted.dst === end && quoted.dstPort === port;
  if (isSame) return packet;
  const header = ipv4.withChecksum({ ...packet.header, ...(arriving ? { dst: end } : { src: end }) });
  return { ...packet, header, payload: withQuotedEnd(packet.payload, arriving ? 'src' : 'dst', end, port) };
}

/** One end of the quoted packet changed; its checksums follow word by word, since most of what they cover is not there. */
function withQuotedEnd(payload: Uint8Array, which: 'src' | 'dst', ip: Ipv4, port: number): Uint8Array {
  const out = payload.slice();
  const view = new DataView(out.buffer);
  const quote = ICMP_BYTES;
  const transport = quote + (view.getUint8(quote) & 0x0f) * 4;
  const sumAt = CHECKSUM_AT[view.getUint8(quote + 9)];
  const sums = [quote + 10, ...(sumAt === undefined ? [] : [transport + sumAt])].filter((at) => at + 2 <= out.length);
  const put = (at: number, word: number, covered: readonly number[]): void => {
    for (const sum of covered) view.setUint16(sum, update16(view.getUint16(sum), view.getUint16(at), word));
    view.setUint16(at, word);
  };
  const ipAt = quote + (which === 'src' ? 12 : 16);
  put(ipAt, ip >>> 16, sums);
  put(ipAt + 2, ip & 0xffff, sums);
  if (sumAt !== undefined) put(transport + (which === 'src' ? 0 : 2), port, sums.slice(1));
  const whole = icmp.parse(out, 0);
  if (!whole.ok) return out;
  const data = out.subarray(whole.value.payloadAt);
  return icmp.serialize(icmp.withChecksum(whole.value.header, data), data);
}
