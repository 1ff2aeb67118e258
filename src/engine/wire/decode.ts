/**
 * Reads a whole captured frame for showing. Never fails: what cannot be read becomes an 'unreadable' layer, and what
 * breaks a rule is kept and named in `issues`.
 */
import * as arp from './arp';
import {
  canJudge,
  type Decoding,
  inside,
  pushPayload,
  pushUnreadable,
  type Region,
  raise,
  readHeader,
} from './decoding';
import * as ethernet from './ethernet';
import * as icmp from './icmp';
import type { Ipv4Header } from './ipv4';
import * as ipv4 from './ipv4';
import type { DecodedFrame } from './layers';
import * as tcp from './tcp';
import { judgeIcmp, judgeTcp, judgeUdp } from './transport-checksum';
import type { Field } from './types';
import * as udp from './udp';
import * as vlan from './vlan';
import * as vxlan from './vxlan';

/** How a frame starts, by the capture's link type. */
const FIRST_LAYER: Readonly<Record<number, (decoding: Decoding, region: Region) => void>> = {
  1: readEthernet,
  101: readRawIp, // as recorded on a tunnel interface, which has no link-layer header
  228: readIpv4,
};

export function decodeFrame(
  bytes: Uint8Array,
  options: { readonly linkType: number; readonly originalLength: number },
): DecodedFrame {
  const decoding: Decoding = { bytes, layers: [], issues: [] };
  const limit = Math.max(bytes.length, options.originalLength);
  const region: Region = { at: 0, end: bytes.length, limit, quoted: false };
  const first = Object.hasOwn(FIRST_LAYER, options.linkType) ? FIRST_LAYER[options.linkType] : undefined;
  if (first === undefined) pushUnreadable(decoding, region, null, { kind: 'link-type', linkType: options.linkType });
  else first(decoding, region);
  return { ...decoding, originalLength: options.originalLength, truncated: limit > bytes.length };
}

/**
 * All fields of the frame in the order of its layers; those of a quoted packet are prefixed. A name comes twice
 * where a layer does, as in a tunnel: the outer one is first.
 */
export const fieldsOf = (decoded: DecodedFrame): readonly Field[] =>
  decoded.layers.flatMap((layer) => (layer.quoted ? layer.fields.map(quotedField) : layer.fields));

const quotedField = (field: Field): Field =>
  field.name.startsWith('quoted.') ? field : { ...field, name: `quoted.${field.name}` as Field['name'] };

// ---- layer 2

function readEthernet(decoding: Decoding, region: Region): void {
  const parsed = readHeader(decoding, region, 'ethernet', ethernet);
  if (parsed !== null) readByEtherType(decoding, inside(region, parsed.payloadAt), parsed.header.etherType);
}

function readByEtherType(decoding: Decoding, region: Region, etherType: number): void {
  switch (etherType) {
    case ethernet.ETHERTYPE.vlan:
    case ethernet.ETHERTYPE.serviceVlan: {
      const parsed = readHeader(decoding, region, 'vlan', vlan);
      if (parsed !== null) readByEtherType(decoding, inside(region, parsed.payloadAt), parsed.header.etherType);
      break;
    }
    case ethernet.ETHERTYPE.arp: {
      const parsed = readHeader(decoding, region, 'arp', arp);
      if (parsed !== null) pushPayload(decoding, inside(region, parsed.payloadAt), 'padding');
      break;
    }
    case ethernet.ETHERTYPE.ipv4:
      readIpv4(decoding, region);
      break;
    default:
      pushPayload(decoding, region, 'unknown');
  }
}

// ---- layer 3

/** The version says which IP it is; version 6 is not read here. */
function readRawIp(decoding: Decoding, region: Region): void {
  const isVersion6 = region.at < region.end && (decoding.bytes[region.at] ?? 0) >>> 4 === 6;
  if (isVersion6) pushPayload(decoding, region, 'unknown');
  else readIpv4(decoding, region);
}

function readIpv4(decoding: Decoding, region: Region): void {
  const parsed = readHeader(decoding, region, 'ipv4', ipv4);
  if (parsed === null) return;
  const { header, payloadAt } = parsed;
  const limit = packetLimit(decoding, region, header, payloadAt);
  const end = Math.min(limit, region.end);
  const rest = { at: payloadAt, end, quoted: region.quoted };
  if (header.fragmentOffset > 0) pushPayload(decoding, { ...rest, limit }, 'fragment');
  else readTransport(decoding, { ...rest, limit: header.mf ? Number.POSITIVE_INFINITY : limit }, header);
  pushPayload(decoding, { ...region, at: end }, 'padding');
}

/** Where the packet ends on the wire by its own total length, as far as that length can be believed. */
function packetLimit(decoding: Decoding, region: Region, header: Ipv4Header, payloadAt: number): number {
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

function readTransport(decoding: Decoding, region: Region, ip: Ipv4Header): void {
  switch (ip.protocol) {
    case ipv4.PROTOCOL.icmp:
      readIcmp(decoding, region);
      break;
    case ipv4.PROTOCOL.udp:
      readUdp(decoding, region, ip);
      break;
    case ipv4.PROTOCOL.tcp:
      readTcp(decoding, region, ip);
      break;
    case ipv4.PROTOCOL.ipip:
      readIpv4(decoding, region);
      break;
    default:
      pushPayload(decoding, region, 'unknown');
  }
}

// ---- layer 4

function readIcmp(decoding: Decoding, region: Region): void {
  const parsed = readHeader(decoding, region, 'icmp', icmp);
  if (parsed === null) return;
  if (canJudge(region)) raise(decoding, judgeIcmp(decoding.bytes.subarray(region.at, region.end), region.at));
  const rest = inside(region, parsed.payloadAt);
  if (!icmp.isError(parsed.header)) pushPayload(decoding, rest, 'data');
  else if (rest.at < rest.end) readIpv4(decoding, { ...rest, limit: Number.POSITIVE_INFINITY, quoted: true });
}

function readUdp(decoding: Decoding, region: Region, ip: Ipv4Header): void {
  const parsed = readHeader(decoding, region, 'udp', udp);
  if (parsed === null) return;
  const { header, payloadAt } = parsed;
  const believable = header.length >= udp.HEADER_LENGTH && region.at + header.length <= region.limit;
  const limit = believable ? region.at + header.length : region.limit;
  const datagram = { ...region, limit, end: Math.min(limit, region.end) };
  if (!believable && header.length >= udp.HEADER_LENGTH && !region.quoted) {
    const values = { value: header.length, have: region.limit - region.at };
    decoding.issues.push({ at: region.at + 4, length: 2, rule: 'udp-length', source: udp.SOURCE, values });
  }
  if (believable && canJudge(region)) {
    raise(decoding, judgeUdp(decoding.bytes.subarray(region.at, datagram.end), region.at, ip));
  }
  const rest = inside(datagram, payloadAt);
  if (vxlan.PORTS.includes(header.dstPort)) readVxlan(decoding, rest);
  else pushPayload(decoding, rest, ip.mf ? 'fragment' : 'data');
  pushPayload(decoding, { ...region, at: datagram.end }, 'padding');
}

function readTcp(decoding: Decoding, region: Region, ip: Ipv4Header): void {
  const parsed = readHeader(decoding, region, 'tcp', tcp);
  if (parsed === null) return;
  if (canJudge(region)) raise(decoding, judgeTcp(decoding.bytes.subarray(region.at, region.end), region.at, ip));
  pushPayload(decoding, inside(region, parsed.payloadAt), ip.mf ? 'fragment' : 'data');
}

function readVxlan(decoding: Decoding, region: Region): void {
  const parsed = readHeader(decoding, region, 'vxlan', vxlan);
  if (parsed !== null) readEthernet(decoding, inside(region, parsed.payloadAt));
}
