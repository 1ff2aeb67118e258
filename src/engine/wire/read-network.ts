/** IPv4, IPv6 and its extension headers: where a packet ends, and what it carries. */
import type { Ipv6 } from '../addr/ipv6';
import * as ah from './ah';
import { pseudoHeader, pseudoHeaderV6 } from './checksum';
import { type ChecksumVerdict, type Decoding, inside, pushPayload, type Region, readHeader } from './decoding';
import type { Ipv4Header } from './ipv4';
import * as ipv4 from './ipv4';
import type { Ipv6Header } from './ipv6';
import * as ipv6 from './ipv6';
import { destination, finalDestination, hopByHop, jumboLength, routing } from './ipv6-extension';
import * as ipv6Fragment from './ipv6-fragment';
import { type Carrier, readIcmp, readIcmpv6, readTcp, readUdp } from './read-transport';
import { readGre } from './read-tunnel';
import type { Parsed } from './types';

/** The version says which IP it is. */
export function readIp(decoding: Decoding, region: Region): void {
  const isVersion6 = region.at < region.end && (decoding.bytes[region.at] ?? 0) >>> 4 === 6;
  if (isVersion6) readIpv6(decoding, region);
  else readIpv4(decoding, region);
}

// ---- IPv4

export function readIpv4(decoding: Decoding, region: Region): void {
  const parsed = readHeader(decoding, region, 'ipv4', ipv4, headerChecksum);
  if (parsed === null) return;
  const { header, payloadAt } = parsed;
  const limit = ipv4Limit(decoding, region, header, payloadAt);
  const end = Math.min(limit, region.end);
  const rest = { at: payloadAt, end, limit: header.mf ? Number.POSITIVE_INFINITY : limit, quoted: region.quoted };
  if (header.fragmentOffset > 0) pushPayload(decoding, { ...rest, limit }, 'fragment');
  else readProtocol(decoding, rest, header.protocol, carrierOf(header));
  pushPayload(decoding, { ...region, at: end }, 'padding');
}

/** `parse` has judged it. */
const headerChecksum = ({ issues }: Parsed<Ipv4Header>): ChecksumVerdict => ({
  status: issues.some(({ rule }) => rule === 'ipv4-checksum') ? 'bad' : 'good',
  issue: null,
});

const carrierOf = (ip: Ipv4Header): Carrier => ({
  version: 4,
  isFragment: ip.mf,
  pseudo: (protocol, length) => pseudoHeader(ip.src, ip.dst, protocol, length),
});

/** Where the packet ends on the wire by its own total length, as far as that length can be believed. */
function ipv4Limit(decoding: Decoding, region: Region, header: Ipv4Header, payloadAt: number): number {
  const limit = region.at + header.totalLength;
  if (header.totalLength === 0) return Number.POSITIVE_INFINITY;
  if (limit < payloadAt) return region.limit; // `parse` has raised the issue
  if (limit > region.limit && !region.quoted) {
    const values = { value: header.totalLength, have: region.limit - region.at };
    const span = { at: region.at + 2, length: 2 };
    decoding.issues.push({ ...span, rule: 'ipv4-total-length', source: ipv4.SOURCE, values });
  }
  return limit;
}

// ---- IPv6

export function readIpv6(decoding: Decoding, region: Region): void {
  const parsed = readHeader(decoding, region, 'ipv6', ipv6);
  if (parsed === null) return;
  const { header, payloadAt } = parsed;
  const limit = ipv6Limit(decoding, region, header, payloadAt);
  const end = Math.min(limit, region.end);
  readProtocol(decoding, { at: payloadAt, end, limit, quoted: region.quoted }, header.nextHeader, carrierV6(header));
  pushPayload(decoding, { ...region, at: end }, 'padding');
}

const carrierV6 = (ip: Ipv6Header, dst: Ipv6 | null = ip.dst): Carrier => ({
  version: 6,
  isFragment: false,
  pseudo: (protocol, length) => (dst === null ? null : pseudoHeaderV6(ip.src, dst, protocol, length)),
  towards: (last) => carrierV6(ip, last === 'arrived' ? ip.dst : last),
});

/** Linux does not give a packet beyond 65535 bytes its jumbo option (RFC 2675) where a network card cuts it anyway. */
function ipv6Limit(decoding: Decoding, region: Region, header: Ipv6Header, payloadAt: number): number {
  const { payloadLength, nextHeader } = header;
  if (payloadLength === 0 && nextHeader === ipv6.NEXT_HEADER.hopByHop) {
    const options = hopByHop.parse(decoding.bytes.subarray(0, region.end), payloadAt);
    const jumbo = options.ok ? jumboLength(options.value.header) : null;
    if (jumbo !== null) return payloadAt + jumbo;
  }
  if (payloadLength === 0 && region.limit - payloadAt > ipv6.PAYLOAD_LENGTH_MAX) return Number.POSITIVE_INFINITY;
  const limit = payloadAt + payloadLength;
  if (limit > region.limit && !region.quoted) {
    const values = { value: payloadLength, have: region.limit - payloadAt };
    const span = { at: region.at + 4, length: 2 };
    decoding.issues.push({ ...span, rule: 'ipv6-payload-length', source: ipv6.SOURCE, values });
  }
  return limit;
}

// ---- what they carry

function readProtocol(decoding: Decoding, region: Region, protocol: number, carrier: Carrier): void {
  switch (protocol) {
    case ipv4.PROTOCOL.udp:
      readUdp(decoding, region, carrier);
      break;
    case ipv4.PROTOCOL.tcp:
      readTcp(decoding, region, carrier);
      break;
    case ipv4.PROTOCOL.ipip:
      readIpv4(decoding, region);
      break;
    case ipv4.PROTOCOL.ipv6:
      readIpv6(decoding, region);
      break;
    case ipv4.PROTOCOL.gre:
      readGre(decoding, region);
      break;
    case ipv4.PROTOCOL.ethernet:
      decoding.into.ethernet(decoding, region);
      break;
    case ipv6.NEXT_HEADER.ah: {
      const parsed = readHeader(decoding, region, 'ah', ah);
      if (parsed !== null) readProtocol(decoding, inside(region, parsed.payloadAt), parsed.header.nextHeader, carrier);
      break;
    }
    default:
      if (carrier.version === 6) readOnlyInV6(decoding, region, protocol, carrier);
      else if (protocol === ipv4.PROTOCOL.icmp) readIcmp(decoding, region);
      else pushPayload(decoding, region, 'unknown');
  }
}

function readOnlyInV6(decoding: Decoding, region: Region, protocol: number, carrier: Carrier): void {
  switch (protocol) {
    case ipv6.NEXT_HEADER.icmpv6:
      readIcmpv6(decoding, region, carrier);
      break;
    case ipv6.NEXT_HEADER.hopByHop: {
      const parsed = readHeader(decoding, region, 'ipv6-hop-by-hop', hopByHop);
      if (parsed !== null) readProtocol(decoding, inside(region, parsed.payloadAt), parsed.header.nextHeader, carrier);
      break;
    }
    case ipv6.NEXT_HEADER.destination: {
      const parsed = readHeader(decoding, region, 'ipv6-destination', destination);
      if (parsed !== null) readProtocol(decoding, inside(region, parsed.payloadAt), parsed.header.nextHeader, carrier);
      break;
    }
    case ipv6.NEXT_HEADER.routing: {
      const parsed = readHeader(decoding, region, 'ipv6-routing', routing);
      if (parsed === null) break;
      const towards = carrier.towards?.(finalDestination(parsed.header)) ?? carrier;
      readProtocol(decoding, inside(region, parsed.payloadAt), parsed.header.nextHeader, towards);
      break;
    }
    case ipv6.NEXT_HEADER.fragment:
      readFragment(decoding, region, carrier);
      break;
    default:
      pushPayload(decoding, region, 'unknown');
  }
}

function readFragment(decoding: Decoding, region: Region, carrier: Carrier): void {
  const parsed = readHeader(decoding, region, 'ipv6-fragment', ipv6Fragment);
  if (parsed === null) return;
  const { header, payloadAt } = parsed;
  const rest = inside(region, payloadAt);
  const limit = header.more ? Number.POSITIVE_INFINITY : region.limit;
  if (header.offset > 0) pushPayload(decoding, rest, 'fragment');
  else readProtocol(decoding, { ...rest, limit }, header.nextHeader, { ...carrier, isFragment: header.more });
}
