/**
 * IPv6 header, RFC 8200 section 3. 40 bytes, big-endian, then extension headers (ipv6-extension.ts, ipv6-fragment.ts,
 * ah.ts) and the payload.
 *
 *   offset  bytes  field
 *        0      4  version (4 bits), traffic class (8 bits), flow label (20 bits)
 *        4      2  length of all that follows this header; 0 with a jumbo payload (RFC 2675)
 *        6      1  next header
 *        7      1  hop limit
 *        8     16  source address
 *       24     16  destination address
 *
 * flannel's host-gw routes IPv4 here; IPv6 is read so that a capture shows what else is on the wire. There is no
 * header checksum.
 */
import type { Ipv6 } from '../addr/ipv6';
import { ipv6FromBytes, ipv6ToBytes } from '../addr/ipv6';
import { hexNumber, NO_BYTES } from '../base/bytes';
import type { Result } from '../base/result';
import { err, ok } from '../base/result';
import type { Field, Parsed, WireError, WireModule } from './types';

export const HEADER_LENGTH = 40; // bytes
export const PAYLOAD_LENGTH_MAX = 0xffff; // bytes, without a jumbo option
export const SOURCE = 'RFC 8200 section 3';

/** Numbers of the IANA "Protocol Numbers" registry that follow an IPv6 header, beyond those of `ipv4.PROTOCOL`. */
export const NEXT_HEADER = {
  hopByHop: 0,
  routing: 43,
  fragment: 44,
  ah: 51,
  icmpv6: 58,
  none: 59,
  destination: 60,
} as const;

const VERSION = 6;

export interface Ipv6Header {
  readonly trafficClass: number; // DSCP and ECN, as IPv4's type of service
  readonly flowLabel: number; // 20 bits
  readonly payloadLength: number; // bytes
  readonly nextHeader: number;
  readonly hopLimit: number;
  readonly src: Ipv6;
  readonly dst: Ipv6;
}

export function parse(frame: Uint8Array, at: number): Result<Parsed<Ipv6Header>, WireError> {
  const have = frame.length - at;
  if (have < 1) return err({ kind: 'truncated', at, need: HEADER_LENGTH, have });
  const version = (frame[at] ?? 0) >>> 4;
  if (version !== VERSION) {
    const values = { value: version };
    return err({ kind: 'malformed', issue: { at, length: 1, rule: 'ipv6-version', source: SOURCE, values } });
  }
  if (have < HEADER_LENGTH) return err({ kind: 'truncated', at, need: HEADER_LENGTH, have });
  const view = new DataView(frame.buffer, frame.byteOffset + at, HEADER_LENGTH);
  const first = view.getUint32(0);
  const header = {
    trafficClass: (first >>> 20) & 0xff,
    flowLabel: first & 0xf_ffff,
    payloadLength: view.getUint16(4),
    nextHeader: view.getUint8(6),
    hopLimit: view.getUint8(7),
    src: ipv6FromBytes(frame, at + 8),
    dst: ipv6FromBytes(frame, at + 24),
  };
  return ok({ header, payloadAt: at + HEADER_LENGTH, issues: [] });
}

export function serialize(header: Ipv6Header, payload: Uint8Array = NO_BYTES): Uint8Array {
  const out = new Uint8Array(HEADER_LENGTH + payload.length);
  const view = new DataView(out.buffer);
  view.setUint32(0, ((VERSION << 28) | (header.trafficClass << 20) | header.flowLabel) >>> 0);
  view.setUint16(4, header.payloadLength);
  view.setUint8(6, header.nextHeader);
  view.setUint8(7, header.hopLimit);
  out.set(ipv6ToBytes(header.src), 8);
  out.set(ipv6ToBytes(header.dst), 24);
  out.set(payload, HEADER_LENGTH);
  return out;
}

export function describe(header: Ipv6Header, at: number): readonly Field[] {
  return [
    { name: 'ipv6.version', text: String(VERSION), at, length: 1 },
    { name: 'ipv6.tclass', text: hexNumber(header.trafficClass, 2), at, length: 2 },
    { name: 'ipv6.flow', text: hexNumber(header.flowLabel, 5), at: at + 1, length: 3 },
    { name: 'ipv6.plen', text: String(header.payloadLength), at: at + 4, length: 2 },
    { name: 'ipv6.nxt', text: String(header.nextHeader), at: at + 6, length: 1 },
    { name: 'ipv6.hlim', text: String(header.hopLimit), at: at + 7, length: 1 },
    { name: 'ipv6.src', text: header.src, at: at + 8, length: 16 },
    { name: 'ipv6.dst', text: header.dst, at: at + 24, length: 16 },
  ];
}

({ parse, serialize, describe }) satisfies WireModule<Ipv6Header>;
