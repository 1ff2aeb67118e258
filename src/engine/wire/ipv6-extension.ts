/**
 * The IPv6 extension headers of one shape: hop-by-hop options, destination options, routing. RFC 8200 sections 4.3, 4.4
 * and 4.6; they are a multiple of 8 bytes long and skipped by their length.
 *
 *   offset  bytes  field
 *        0      1  next header
 *        1      1  length in 8-byte units, the first 8 bytes not counted
 *        2   6-..  options; of a routing header: routing type, segments left (1 + 1), then by type
 */
import type { Ipv6 } from '../addr/ipv6';
import { IPV6_LENGTH, ipv6FromBytes } from '../addr/ipv6';
import { NO_BYTES } from '../base/bytes';
import type { Result } from '../base/result';
import { err, ok } from '../base/result';
import type { Field, Parsed, WireError, WireModule } from './types';

export const SOURCE = 'RFC 8200 section 4';
const UNIT = 8; // bytes
const ADDRESSES_AT = 6; // in `data` of a routing header: 8 bytes from its start

/** RFC 5095 (deprecated), RFC 6275 section 6.4, RFC 8754 section 2. */
const ROUTING_TYPE = { source: 0, mobile: 2, segments: 4 } as const;

const OPTION = { pad1: 0, jumbo: 0xc2 } as const;

export interface Ipv6Extension {
  readonly nextHeader: number;
  readonly data: Uint8Array; // 8 n - 2 bytes
}

function parse(frame: Uint8Array, at: number): Result<Parsed<Ipv6Extension>, WireError> {
  const have = frame.length - at;
  if (have < UNIT) return err({ kind: 'truncated', at, need: UNIT, have });
  const length = ((frame[at + 1] ?? 0) + 1) * UNIT;
  if (have < length) return err({ kind: 'truncated', at, need: length, have });
  const header = { nextHeader: frame[at] ?? 0, data: frame.subarray(at + 2, at + length) };
  return ok({ header, payloadAt: at + length, issues: [] });
}

function serialize(header: Ipv6Extension, payload: Uint8Array = NO_BYTES): Uint8Array {
  const length = header.data.length + 2;
  const out = new Uint8Array(length + payload.length);
  out.set([header.nextHeader, length / UNIT - 1]);
  out.set(header.data, 2);
  out.set(payload, length);
  return out;
}

const unitsText = ({ data }: Ipv6Extension): string => String((data.length + 2) / UNIT - 1);

export const hopByHop: WireModule<Ipv6Extension> = {
  parse,
  serialize,
  describe: (header, at): readonly Field[] => [
    { name: 'ipv6.hopopts.nxt', text: String(header.nextHeader), at, length: 1 },
    { name: 'ipv6.hopopts.len', text: unitsText(header), at: at + 1, length: 1 },
  ],
};

export const destination: WireModule<Ipv6Extension> = {
  parse,
  serialize,
  describe: (header, at): readonly Field[] => [
    { name: 'ipv6.dstopts.nxt', text: String(header.nextHeader), at, length: 1 },
    { name: 'ipv6.dstopts.len', text: unitsText(header), at: at + 1, length: 1 },
  ],
};

export const routing: WireModule<Ipv6Extension> = {
  parse,
  serialize,
  describe: (header, at): readonly Field[] => [
    { name: 'ipv6.routing.nxt', text: String(header.nextHeader), at, length: 1 },
    { name: 'ipv6.routing.len', text: unitsText(header), at: at + 1, length: 1 },
    { name: 'ipv6.routing.type', text: String(header.data[0]), at: at + 2, length: 1 },
    { name: 'ipv6.routing.segleft', text: String(header.data[1]), at: at + 3, length: 1 },
  ],
};

/** The length in a jumbo payload option, RFC 2675 section 2; null without one. Pad1 is the one option without a length. */
export function jumboLength({ data }: Ipv6Extension): number | null {
  for (let at = 0; at < data.length; at += data[at] === OPTION.pad1 ? 1 : 2 + (data[at + 1] ?? 0)) {
    if (data[at] !== OPTION.jumbo || data[at + 1] !== 4 || at + 6 > data.length) continue;
    return new DataView(data.buffer, data.byteOffset + at + 2, 4).getUint32(0);
  }
  return null;
}

/**
 * Where a packet with this routing header ends up: the address that transport checksums are computed over (RFC 8200
 * section 8.1). 'arrived': the IPv6 destination is the last. Null for a type whose addresses are not read here.
 */
export function finalDestination({ data }: Ipv6Extension): Ipv6 | 'arrived' | null {
  const [type, segmentsLeft = 0] = data;
  if (segmentsLeft === 0) return 'arrived';
  const last = ADDRESSES_AT + Math.floor((data.length - ADDRESSES_AT) / IPV6_LENGTH - 1) * IPV6_LENGTH;
  if (last < ADDRESSES_AT) return null;
  if (type === ROUTING_TYPE.source || type === ROUTING_TYPE.mobile) return ipv6FromBytes(data, last);
  return type === ROUTING_TYPE.segments ? ipv6FromBytes(data, ADDRESSES_AT) : null; // its list is reversed
}
