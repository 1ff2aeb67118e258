/**
 * IPv6 fragment header, RFC 8200 section 4.5. 8 bytes, big-endian. Only the sender of a packet fragments it.
 *
 *   offset  bytes  field
 *        0      1  next header, of the unfragmented packet
 *        1      1  reserved
 *        2      2  offset in 8-byte units (13 bits), reserved (2 bits), more fragments (1 bit)
 *        4      4  identification
 */
import { hexNumber, NO_BYTES } from '../base/bytes';
import type { Result } from '../base/result';
import { err, ok } from '../base/result';
import type { Field, Parsed, WireError, WireModule } from './types';

export const HEADER_LENGTH = 8; // bytes
export const SOURCE = 'RFC 8200 section 4.5';

export interface Ipv6Fragment {
  readonly nextHeader: number;
  readonly reserved: number; // 8 bits
  readonly offset: number; // bytes, a multiple of 8
  readonly reservedBits: number; // 2 bits
  readonly more: boolean;
  readonly id: number; // 32 bits
}

export function parse(frame: Uint8Array, at: number): Result<Parsed<Ipv6Fragment>, WireError> {
  const have = frame.length - at;
  if (have < HEADER_LENGTH) return err({ kind: 'truncated', at, need: HEADER_LENGTH, have });
  const view = new DataView(frame.buffer, frame.byteOffset + at, HEADER_LENGTH);
  const word = view.getUint16(2);
  const header = {
    nextHeader: view.getUint8(0),
    reserved: view.getUint8(1),
    offset: word & 0xfff8,
    reservedBits: (word >>> 1) & 3,
    more: (word & 1) === 1,
    id: view.getUint32(4),
  };
  return ok({ header, payloadAt: at + HEADER_LENGTH, issues: [] });
}

export function serialize(header: Ipv6Fragment, payload: Uint8Array = NO_BYTES): Uint8Array {
  const out = new Uint8Array(HEADER_LENGTH + payload.length);
  const view = new DataView(out.buffer);
  view.setUint8(0, header.nextHeader);
  view.setUint8(1, header.reserved);
  view.setUint16(2, header.offset | (header.reservedBits << 1) | (header.more ? 1 : 0));
  view.setUint32(4, header.id);
  out.set(payload, HEADER_LENGTH);
  return out;
}

export function describe(header: Ipv6Fragment, at: number): readonly Field[] {
  return [
    { name: 'ipv6.fraghdr.nxt', text: String(header.nextHeader), at, length: 1 },
    { name: 'ipv6.fraghdr.offset', text: String(header.offset), at: at + 2, length: 2 },
    { name: 'ipv6.fraghdr.more', text: header.more ? 'set' : 'not set', at: at + 3, length: 1 },
    { name: 'ipv6.fraghdr.ident', text: hexNumber(header.id, 8), at: at + 4, length: 4 },
  ];
}

({ parse, serialize, describe }) satisfies WireModule<Ipv6Fragment>;
