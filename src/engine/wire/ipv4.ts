/**
 * IPv4 header, RFC 791 section 3.1. 20 to 60 bytes, big-endian.
 *
 *   offset  bytes  field
 *        0      1  version (4 bits), header length in 4-byte units (4 bits)
 *        1      1  type of service; today DSCP (RFC 2474 section 3) and ECN (RFC 3168 section 5)
 *        2      2  total length of header and data
 *        4      2  identification
 *        6      2  reserved, DF, MF (1 bit each), fragment offset in 8-byte units (13 bits)
 *        8      1  time to live
 *        9      1  protocol
 *       10      2  header checksum
 *       12      4  source address
 *       16      4  destination address
 *       20   0-40  options, padded to 4 bytes
 *
 * Of these a host-gw path changes the TTL and, with it, the checksum; nothing else unless it fragments.
 */
import type { Ipv4 } from '../addr/ipv4';
import { formatIpv4, ipv4FromBytes } from '../addr/ipv4';
import { hex, hexNumber, NO_BYTES } from '../base/bytes';
import type { Result } from '../base/result';
import { err, invariant, ok } from '../base/result';
import { checksum } from './checksum';
import type { Field, Issue, Parsed, WireError, WireModule } from './types';

export const HEADER_LENGTH_MIN = 20; // bytes
export const HEADER_LENGTH_MAX = 60; // bytes: 4 bits of 4-byte units
export const SOURCE = 'RFC 791 section 3.1';

/** Numbers of the IANA "Protocol Numbers" registry that this project names. */
export const PROTOCOL = { icmp: 1, ipip: 4, tcp: 6, udp: 17, ipv6: 41, gre: 47, ethernet: 143 } as const;

const VERSION = 4;
const RESERVED = 0x8000;
const DF = 0x4000;
const MF = 0x2000;
const OFFSET_UNIT = 8; // bytes

export interface Ipv4Header {
  readonly dscpEcn: number; // the whole type of service byte
  readonly totalLength: number; // bytes
  readonly id: number;
  readonly reservedFlag: boolean;
  readonly df: boolean;
  readonly mf: boolean;
  readonly fragmentOffset: number; // bytes, a multiple of 8
  readonly ttl: number;
  readonly protocol: number;
  readonly checksum: number;
  readonly src: Ipv4;
  readonly dst: Ipv4;
  readonly options: Uint8Array; // 0 to 40 bytes, a multiple of 4
}

export const headerLength = (header: Ipv4Header): number => HEADER_LENGTH_MIN + header.options.length;

/** True for every part of a packet that was sent in parts, the first one included. */
export const isFragment = (header: Ipv4Header): boolean => header.mf || header.fragmentOffset > 0;

export function parse(frame: Uint8Array, at: number): Result<Parsed<Ipv4Header>, WireError> {
  const have = frame.length - at;
  if (have < 1) return err({ kind: 'truncated', at, need: HEADER_LENGTH_MIN, have });
  const first = frame[at] ?? 0;
  const length = (first & 0x0f) * 4;
  if (first >>> 4 !== VERSION) return malformed(at, 'ipv4-version', { value: first >>> 4 });
  if (length < HEADER_LENGTH_MIN) return malformed(at, 'ipv4-header-length', { value: length, min: HEADER_LENGTH_MIN });
  if (have < length) return err({ kind: 'truncated', at, need: length, have });
  const view = new DataView(frame.buffer, frame.byteOffset + at, length);
  const flagsAndOffset = view.getUint16(6);
  const header: Ipv4Header = {
    dscpEcn: view.getUint8(1),
    totalLength: view.getUint16(2),
    id: view.getUint16(4),
    reservedFlag: (flagsAndOffset & RESERVED) !== 0,
    df: (flagsAndOffset & DF) !== 0,
    mf: (flagsAndOffset & MF) !== 0,
    fragmentOffset: (flagsAndOffset & 0x1fff) * OFFSET_UNIT,
    ttl: view.getUint8(8),
    protocol: view.getUint8(9),
    checksum: view.getUint16(10),
    src: ipv4FromBytes(frame, at + 12),
    dst: ipv4FromBytes(frame, at + 16),
    options: frame.subarray(at + HEADER_LENGTH_MIN, at + length),
  };
  return ok({ header, payloadAt: at + length, issues: issuesOf(header, frame.subarray(at, at + length), at) });
}

const malformed = (at: number, rule: 'ipv4-version' | 'ipv4-header-length', values: Record<string, number>) =>
  err({ kind: 'malformed', issue: { at, length: 1, rule, source: SOURCE, values } } as const);

function issuesOf(header: Ipv4Header, bytes: Uint8Array, at: number): readonly Issue[] {
  const issues: Issue[] = [];
  if (header.totalLength === 0) {
    // Seen when the network card is to cut a packet larger than 65535 bytes; says nothing about the length.
    issues.push({ at: at + 2, length: 2, rule: 'ipv4-total-length-zero', source: SOURCE });
  } else if (header.totalLength < bytes.length) {
    const values = { value: header.totalLength, min: bytes.length };
    issues.push({ at: at + 2, length: 2, rule: 'ipv4-total-length', source: SOURCE, values });
  }
  if (header.reservedFlag) issues.push({ at: at + 6, length: 1, rule: 'ipv4-reserved-flag', source: SOURCE });
  if (checksum(bytes) !== 0) {
    const values = { stored: hexNumber(header.checksum, 4), computed: hexNumber(headerChecksum(header), 4) };
    issues.push({ at: at + 10, length: 2, rule: 'ipv4-checksum', source: SOURCE, values });
  }
  return issues;
}

export function serialize(header: Ipv4Header, payload: Uint8Array = NO_BYTES): Uint8Array {
  const length = headerLength(header);
  invariant(length <= HEADER_LENGTH_MAX && length % 4 === 0, `${header.options.length} bytes of options do not fit`);
  invariant(
    header.fragmentOffset % OFFSET_UNIT === 0 && header.fragmentOffset / OFFSET_UNIT <= 0x1fff,
    `fragment offset ${header.fragmentOffset} is not 8 times a 13-bit number`,
  );
  const out = new Uint8Array(length + payload.length);
  const view = new DataView(out.buffer);
  const flags = (header.reservedFlag ? RESERVED : 0) | (header.df ? DF : 0) | (header.mf ? MF : 0);
  view.setUint8(0, (VERSION << 4) | (length / 4));
  view.setUint8(1, header.dscpEcn);
  view.setUint16(2, header.totalLength);
  view.setUint16(4, header.id);
  view.setUint16(6, flags | (header.fragmentOffset / OFFSET_UNIT));
  view.setUint8(8, header.ttl);
  view.setUint8(9, header.protocol);
  view.setUint16(10, header.checksum);
  view.setUint32(12, header.src);
  view.setUint32(16, header.dst);
  out.set(header.options, HEADER_LENGTH_MIN);
  out.set(payload, length);
  return out;
}

/** The checksum this header should carry. */
export const headerChecksum = (header: Ipv4Header): number => checksum(serialize({ ...header, checksum: 0 }));

/** The same header with the checksum it should carry. */
export const withChecksum = (header: Ipv4Header): Ipv4Header => ({ ...header, checksum: headerChecksum(header) });

export function describe(header: Ipv4Header, at: number): readonly Field[] {
  const fields: Field[] = [
    { name: 'ip.version', text: String(VERSION), at, length: 1 },
    { name: 'ip.hdr_len', text: String(headerLength(header)), at, length: 1 },
    { name: 'ip.dsfield', text: hexNumber(header.dscpEcn, 2), at: at + 1, length: 1 },
    { name: 'ip.len', text: String(header.totalLength), at: at + 2, length: 2 },
    { name: 'ip.id', text: hexNumber(header.id, 4), at: at + 4, length: 2 },
    { name: 'ip.flags.rb', text: flagText(header.reservedFlag), at: at + 6, length: 1 },
    { name: 'ip.flags.df', text: flagText(header.df), at: at + 6, length: 1 },
    { name: 'ip.flags.mf', text: flagText(header.mf), at: at + 6, length: 1 },
    { name: 'ip.frag_offset', text: String(header.fragmentOffset), at: at + 6, length: 2 },
    { name: 'ip.ttl', text: String(header.ttl), at: at + 8, length: 1 },
    { name: 'ip.proto', text: String(header.protocol), at: at + 9, length: 1 },
    { name: 'ip.checksum', text: hexNumber(header.checksum, 4), at: at + 10, length: 2 },
    { name: 'ip.src', text: formatIpv4(header.src), at: at + 12, length: 4 },
    { name: 'ip.dst', text: formatIpv4(header.dst), at: at + 16, length: 4 },
  ];
  if (header.options.length > 0) {
    fields.push({ name: 'ip.options', text: hex(header.options), at: at + 20, length: header.options.length });
  }
  return fields;
}

const flagText = (set: boolean): string => (set ? 'set' : 'not set');

({ parse, serialize, describe }) satisfies WireModule<Ipv4Header>;
