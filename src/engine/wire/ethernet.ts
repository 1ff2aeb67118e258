/**
 * Ethernet II header, RFC 894 ("Frame Format"). 14 bytes, big-endian. Preamble and frame check sequence are
 * never in a capture of these links, and frames shorter than 60 bytes may carry padding after their packet.
 *
 *   offset  bytes  field
 *        0      6  destination address
 *        6      6  source address
 *       12      2  type; values up to 1500 are an IEEE 802.3 length instead (RFC 1042)
 *
 * Its two addresses are the part of a frame that every routing hop replaces.
 */
import type { Mac } from '../addr/mac';
import { MAC_LENGTH, macFromBytes, macToBytes } from '../addr/mac';
import { hexNumber, NO_BYTES } from '../base/bytes';
import type { Result } from '../base/result';
import { err, invariant, ok } from '../base/result';
import type { Field, Parsed, WireError, WireModule } from './types';

export const HEADER_LENGTH = 14; // bytes
export const SOURCE = 'RFC 894';

/** Numbers of the IANA "ETHER TYPES" registry that this project names. */
export const ETHERTYPE = {
  ipv4: 0x0800,
  arp: 0x0806,
  vlan: 0x8100,
  serviceVlan: 0x88a8,
  oldServiceVlan: 0x9100,
  ipv6: 0x86dd,
} as const;

/** Up to here the number is the length of an IEEE 802.3 frame's payload, and LLC follows. */
export const LENGTH_MAX = 1500; // bytes

export interface Ethernet {
  readonly dst: Mac;
  readonly src: Mac;
  readonly etherType: number;
}

export function parse(frame: Uint8Array, at: number): Result<Parsed<Ethernet>, WireError> {
  const have = frame.length - at;
  if (have < HEADER_LENGTH) return err({ kind: 'truncated', at, need: HEADER_LENGTH, have });
  const header = {
    dst: macFromBytes(frame, at),
    src: macFromBytes(frame, at + MAC_LENGTH),
    etherType: new DataView(frame.buffer, frame.byteOffset + at, HEADER_LENGTH).getUint16(12),
  };
  return ok({ header, payloadAt: at + HEADER_LENGTH, issues: [] });
}

export function serialize(header: Ethernet, payload: Uint8Array = NO_BYTES): Uint8Array {
  invariant(header.etherType >= 0 && header.etherType <= 0xffff, `type ${header.etherType} does not fit 16 bits`);
  const out = new Uint8Array(HEADER_LENGTH + payload.length);
  out.set(macToBytes(header.dst), 0);
  out.set(macToBytes(header.src), MAC_LENGTH);
  new DataView(out.buffer).setUint16(12, header.etherType);
  out.set(payload, HEADER_LENGTH);
  return out;
}

export function describe(header: Ethernet, at: number): readonly Field[] {
  const isLength = header.etherType <= LENGTH_MAX;
  return [
    { name: 'eth.dst', text: header.dst, at, length: MAC_LENGTH },
    { name: 'eth.src', text: header.src, at: at + MAC_LENGTH, length: MAC_LENGTH },
    isLength
      ? { name: 'eth.len', text: String(header.etherType), at: at + 12, length: 2 }
      : { name: 'eth.type', text: hexNumber(header.etherType, 4), at: at + 12, length: 2 },
  ];
}

({ parse, serialize, describe }) satisfies WireModule<Ethernet>;
