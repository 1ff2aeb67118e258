/** ICMP, ICMPv6, UDP and TCP, with their checksums, and the packets that ICMP errors quote. */
import type { Ipv6 } from '../addr/ipv6';
import { type Decoding, inside, isWhole, pushPayload, type Region, readHeader, UNVERIFIED } from './decoding';
import * as geneve from './geneve';
import * as icmp from './icmp';
import * as icmpv6 from './icmpv6';
import { neighbourDiscovery } from './neighbour-discovery';
import { readGeneve, readVxlan } from './read-tunnel';
import * as tcp from './tcp';
import { ABSENT, judgeIcmp, judgeIcmpv6, judgeTcp, judgeUdp, type Pseudo } from './transport-checksum';
import type { Udp } from './udp';
import * as udp from './udp';
import * as vxlan from './vxlan';

/** What a transport needs to know of the network layer before it. */
export interface Carrier {
  readonly version: 4 | 6;
  readonly isFragment: boolean; // the first of several: the rest of the payload is in other packets
  readonly pseudo: Pseudo;
  /** Of IPv6: the same for a packet whose routing header sends it on. */
  readonly towards?: (last: Ipv6 | 'arrived' | null) => Carrier;
}

export function readIcmp(decoding: Decoding, region: Region): void {
  const message = decoding.bytes.subarray(region.at, region.end);
  const judge = () => (isWhole(region) && !region.quoted ? judgeIcmp(message, region.at) : UNVERIFIED);
  const parsed = readHeader(decoding, region, 'icmp', icmp, judge);
  if (parsed === null) return;
  const rest = inside(region, parsed.payloadAt);
  if (!icmp.isError(parsed.header)) pushPayload(decoding, rest, 'data');
  else if (rest.at < rest.end) decoding.into.ipv4(decoding, quotedIn(rest));
}

export function readIcmpv6(decoding: Decoding, region: Region, carrier: Carrier): void {
  const message = decoding.bytes.subarray(region.at, region.end);
  const judge = () => (isWhole(region) ? judgeIcmpv6(message, region.at, carrier.pseudo) : UNVERIFIED);
  const parsed = readHeader(decoding, region, 'icmpv6', icmpv6, judge);
  if (parsed === null) return;
  const rest = inside(region, parsed.payloadAt);
  const discovery = neighbourDiscovery(parsed.header.type);
  if (rest.at >= rest.end && rest.end === rest.limit) return;
  if (discovery !== null) readHeader(decoding, rest, 'neighbour-discovery', discovery);
  else if (!icmpv6.isError(parsed.header)) pushPayload(decoding, rest, carrier.isFragment ? 'fragment' : 'data');
  else if (rest.at < rest.end) decoding.into.ipv6(decoding, quotedIn(rest));
}

/** A quote may leave out the end of its packet. */
const quotedIn = (region: Region): Region => ({ ...region, limit: Number.POSITIVE_INFINITY, quoted: true });

export function readUdp(decoding: Decoding, region: Region, carrier: Carrier): void {
  const judge = ({ header }: { readonly header: Udp }) => {
    const datagram = datagramIn(region, header);
    const mayBeAbsent = carrier.version === 4 || tunnelOf(header) !== null;
    if (header.checksum === udp.NO_CHECKSUM && mayBeAbsent) return ABSENT;
    if (datagram === null || carrier.isFragment || !isWhole(datagram)) return UNVERIFIED;
    return judgeUdp(decoding.bytes.subarray(region.at, datagram.end), region.at, carrier.pseudo);
  };
  const parsed = readHeader(decoding, region, 'udp', udp, judge);
  if (parsed === null) return;
  const { header, payloadAt } = parsed;
  const datagram = datagramIn(region, header) ?? region;
  if (datagram === region && header.length >= udp.HEADER_LENGTH && !region.quoted) {
    const values = { value: header.length, have: region.limit - region.at };
    decoding.issues.push({ at: region.at + 4, length: 2, rule: 'udp-length', source: udp.SOURCE, values });
  }
  const rest = inside(datagram, payloadAt);
  const tunnel = tunnelOf(header);
  if (tunnel !== null) tunnel(decoding, rest);
  else pushPayload(decoding, rest, carrier.isFragment ? 'fragment' : 'data');
  pushPayload(decoding, { ...region, at: datagram.end }, 'padding');
}

/** The datagram by its own length; null if that cannot be. */
function datagramIn(region: Region, { length }: Udp): Region | null {
  const limit = region.at + length;
  if (length < udp.HEADER_LENGTH || limit > region.limit) return null;
  return { ...region, limit, end: Math.min(limit, region.end) };
}

const tunnelOf = ({ dstPort }: Udp) =>
  vxlan.PORTS.includes(dstPort) ? readVxlan : dstPort === geneve.PORT ? readGeneve : null;

export function readTcp(decoding: Decoding, region: Region, carrier: Carrier): void {
  const segment = decoding.bytes.subarray(region.at, region.end);
  const judge = () => (isWhole(region) ? judgeTcp(segment, region.at, carrier.pseudo) : UNVERIFIED);
  const parsed = readHeader(decoding, region, 'tcp', tcp, judge);
  if (parsed === null) return;
  pushPayload(decoding, inside(region, parsed.payloadAt), carrier.isFragment ? 'fragment' : 'data');
}
