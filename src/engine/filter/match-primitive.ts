/** One primitive against the bytes of one frame, in the order and with the reach that libpcap's programs have. */
import { ipv4FromBytes } from '../addr/ipv4';
import { IPV6_LENGTH, ipv6FromBytes, ipv6ToBytes } from '../addr/ipv6';
import { BROADCAST, MAC_LENGTH, macFromBytes } from '../addr/mac';
import { maskedBy } from '../addr/prefix';
import { unreachable } from '../base/result';
import * as geneve from '../wire/geneve';
import type { DecodedFrame } from '../wire/layers';
import * as vxlan from '../wire/vxlan';
import { compare } from './compare';
import { bytesAt, type Packet, packetIn } from './packet';
import type { AddressRange, Direction, Level, Primitive } from './types';

type Answer = boolean | null;
type Tested = Exclude<Primitive, { readonly kind: 'point' }> & { readonly level: Level };

/** Primitives that begin with a look at the EtherType. */
const BEHIND_LINK: readonly Tested['kind'][] = ['ether-type', 'protocol', 'address', 'port', 'vlan', 'tunnel'];

export function matchesPrimitive(test: Tested, decoded: DecodedFrame): Answer {
  const packet = packetIn(decoded, test.level);
  if (packet === null) return false;
  if (packet.place.isCut && BEHIND_LINK.includes(test.kind)) return null;
  switch (test.kind) {
    case 'ether-type':
      return packet.place.etherType === test.type;
    case 'protocol':
      return hasProtocol(packet, test.network, test.protocol);
    case 'address':
      return hasAddress(packet, test);
    case 'port':
      return hasPort(packet, test);
    case 'mac':
      return inDirection(test.direction, (side) => macAt(packet, side) === test.mac);
    case 'broadcast':
      return macAt(packet, 'dst') === BROADCAST;
    case 'multicast':
      return isMulticast(packet, test.network);
    case 'vlan':
      return hasTag(decoded, test.level, test.id);
    case 'tunnel':
      return hasTunnel(decoded, packet, test);
    case 'compare':
      return compare(test, packet);
    default:
      return unreachable(test);
  }
}

/** Each side is asked for only as far as the answer depends on it. */
function inDirection(direction: Direction, test: (side: 'src' | 'dst') => Answer): Answer {
  if (direction === 'src' || direction === 'dst') return test(direction);
  const first = test('src');
  if (first === null || first === (direction === 'either')) return first;
  return test('dst');
}

/** In IPv6 the next header, or that behind a fragment header; libpcap looks no further. */
function hasProtocol({ bytes, ip, ip6 }: Packet, network: 'ip' | 'ip6' | null, protocol: number): Answer {
  if (ip !== null) return network === 'ip6' ? false : is(bytesAt(bytes, ip + 9, 1), protocol);
  if (ip6 === null || network === 'ip') return false;
  const next = bytesAt(bytes, ip6 + 6, 1);
  return next === 44 ? is(bytesAt(bytes, ip6 + 40, 1), protocol) : is(next, protocol);
}

const is = (value: number | null, wanted: number): Answer => (value === null ? null : value === wanted);

function hasAddress(packet: Packet, { network, direction, range }: Extract<Primitive, { kind: 'address' }>): Answer {
  const { ip, ip6 } = packet;
  if (range.version === 6) {
    if (ip6 === null) return false;
    return inDirection(direction, (side) => within(packet.bytes, ip6 + (side === 'src' ? 8 : 24), range));
  }
  if (ip !== null && network !== 'arp') {
    return inDirection(direction, (side) => within(packet.bytes, ip + (side === 'src' ? 12 : 16), range));
  }
  const arp = network === null ? (packet.arp ?? packet.rarp) : packet.arp;
  if (arp === null || network === 'ip') return false;
  return inDirection(direction, (side) => within(packet.bytes, arp + (side === 'src' ? 14 : 24), range));
}

function within(bytes: Uint8Array, at: number, range: AddressRange): Answer {
  if (range.version === 4) {
    return at + 4 > bytes.length ? null : maskedBy(ipv4FromBytes(bytes, at), range.len) === range.base;
  }
  if (at + IPV6_LENGTH > bytes.length) return null;
  if (range.len === 128) return ipv6FromBytes(bytes, at) === range.base;
  const wanted = ipv6ToBytes(range.base);
  for (let bit = 0; bit < range.len; bit += 1) {
    const difference = (bytes[at + (bit >>> 3)] ?? 0) ^ (wanted[bit >>> 3] ?? 0);
    if (((difference >>> (7 - (bit & 7))) & 1) === 1) return false;
  }
  return true;
}

/** Only a first fragment has ports. */
function hasPort(packet: Packet, { protocols, direction, from, to }: Extract<Primitive, { kind: 'port' }>): Answer {
  const { bytes, ip, ip6, transport } = packet;
  const protocol = ip !== null ? bytesAt(bytes, ip + 9, 1) : ip6 !== null ? bytesAt(bytes, ip6 + 6, 1) : -1;
  if (protocol === null) return null;
  if (!protocols.includes(protocol)) return false;
  if (packet.isLaterFragment || transport === null) return packet.isLaterFragment === null ? null : false;
  return inDirection(direction, (side) => {
    const port = bytesAt(bytes, transport + (side === 'src' ? 0 : 2), 2);
    return port === null ? null : port >= from && port <= to;
  });
}

function macAt({ bytes, place }: Packet, side: 'src' | 'dst'): string | null {
  if (place.ethernetAt === null) return null;
  const at = place.ethernetAt + (side === 'dst' ? 0 : MAC_LENGTH);
  return at + MAC_LENGTH > bytes.length ? null : macFromBytes(bytes, at);
}

function isMulticast({ bytes, place, ip, ip6 }: Packet, network: 'ether' | 'ip' | 'ip6'): Answer {
  if (network === 'ether') {
    const first = place.ethernetAt === null ? 0 : bytesAt(bytes, place.ethernetAt, 1);
    return first === null ? null : (first & 1) === 1;
  }
  if (network === 'ip6') return ip6 === null ? false : is(bytesAt(bytes, ip6 + 24, 1), 0xff);
  const first = ip === null ? 0 : bytesAt(bytes, ip + 16, 1);
  return first === null ? null : first >= 224;
}

function hasTag(decoded: DecodedFrame, level: Level, id: number | null): Answer {
  const behind = packetIn(decoded, { ...level, tags: level.tags + 1 });
  if (behind === null) return false;
  return id === null || behind.tag === id;
}

function hasTunnel(
  decoded: DecodedFrame,
  { bytes, transport, isLaterFragment }: Packet,
  { tunnel, vni }: Extract<Primitive, { kind: 'tunnel' }>,
): Answer {
  if (transport === null || isLaterFragment !== false) return false;
  const header = decoded.layers.find(({ kind, at, quoted }) => kind === tunnel && !quoted && at === transport + 8);
  const port = bytesAt(bytes, transport + 2, 2);
  const ports = tunnel === 'vxlan' ? vxlan.PORTS : [geneve.PORT];
  if (header === undefined || port === null || !ports.includes(port)) return false;
  return vni === null || ('header' in header && 'vni' in header.header && header.header.vni === vni);
}
