/**
 * GRE header, RFC 2784 section 2 with the key and sequence number of RFC 2890, and version 1 of RFC 2637 section 4.1
 * (PPTP). 4 to 20 bytes, big-endian.
 *
 *   offset  bytes  field
 *        0      2  checksum, routing, key, sequence number present (C R K S, 1 bit each), other bits, version (3 bits)
 *        2      2  protocol: an EtherType
 *        4      4  if C or R: checksum over header and payload, reserved (2 + 2)
 *        …      4  if K: key; in version 1 payload length and call id
 *        …      4  if S: sequence number
 *        …      4  in version 1, if its bit 0x80 is set: acknowledgment number
 *
 * The source routes of RFC 1701 (R), which RFC 2784 took out, are not read.
 */
import { hexNumber, NO_BYTES } from '../base/bytes';
import type { Result } from '../base/result';
import { err, ok } from '../base/result';
import type { Field, Parsed, WireError, WireModule } from './types';

export const HEADER_LENGTH_MIN = 4; // bytes
export const SOURCE = 'RFC 2784 section 2';

/** "Transparent Ethernet Bridging" of the IANA "ETHER TYPES" registry: a whole Ethernet frame follows. */
export const TRANSPARENT_ETHERNET = 0x6558;

const CHECKSUM = 0x8000;
const ROUTING = 0x4000;
const KEY = 0x2000;
const SEQUENCE = 0x1000;
const ACKNOWLEDGMENT = 0x0080;
const VERSION = 0x0007;
const ENHANCED = 1; // version of PPTP

export interface Gre {
  readonly flags: number; // the first 16 bits, version included
  readonly protocol: number;
  readonly checksum: number | null;
  readonly reserved: number; // behind the checksum; 0 without one
  readonly key: number | null;
  readonly sequence: number | null;
  readonly acknowledgment: number | null;
}

export function parse(frame: Uint8Array, at: number): Result<Parsed<Gre>, WireError> {
  const have = frame.length - at;
  if (have < HEADER_LENGTH_MIN) return err({ kind: 'truncated', at, need: HEADER_LENGTH_MIN, have });
  const flags = new DataView(frame.buffer, frame.byteOffset + at, HEADER_LENGTH_MIN).getUint16(0);
  const span = { at, length: 2, source: SOURCE };
  if ((flags & VERSION) > ENHANCED) {
    return err({ kind: 'malformed', issue: { ...span, rule: 'gre-version', values: { value: flags & VERSION } } });
  }
  if ((flags & ROUTING) !== 0) return err({ kind: 'malformed', issue: { ...span, rule: 'gre-routing' } });
  const length = HEADER_LENGTH_MIN + 4 * partsOf(flags).length;
  if (have < length) return err({ kind: 'truncated', at, need: length, have });
  return ok({ header: headerOf(frame, at, flags, length), payloadAt: at + length, issues: [] });
}

type Part = 'checksum' | 'key' | 'sequence' | 'acknowledgment';

/** The optional words that follow, in their order. */
const partsOf = (flags: number): readonly Part[] => [
  ...((flags & CHECKSUM) !== 0 ? (['checksum'] as const) : []),
  ...((flags & KEY) !== 0 ? (['key'] as const) : []),
  ...((flags & SEQUENCE) !== 0 ? (['sequence'] as const) : []),
  ...((flags & VERSION) === ENHANCED && (flags & ACKNOWLEDGMENT) !== 0 ? (['acknowledgment'] as const) : []),
];

function headerOf(frame: Uint8Array, at: number, flags: number, length: number): Gre {
  const view = new DataView(frame.buffer, frame.byteOffset + at, length);
  const word = (part: Part): number | null => {
    const i = partsOf(flags).indexOf(part);
    return i < 0 ? null : view.getUint32(HEADER_LENGTH_MIN + 4 * i);
  };
  const checksumWord = word('checksum');
  return {
    flags,
    protocol: view.getUint16(2),
    checksum: checksumWord === null ? null : checksumWord >>> 16,
    reserved: (checksumWord ?? 0) & 0xffff,
    key: word('key'),
    sequence: word('sequence'),
    acknowledgment: word('acknowledgment'),
  };
}

/** `flags` say which of the optional words are written. */
export function serialize(header: Gre, payload: Uint8Array = NO_BYTES): Uint8Array {
  const parts = partsOf(header.flags);
  const length = HEADER_LENGTH_MIN + 4 * parts.length;
  const out = new Uint8Array(length + payload.length);
  const view = new DataView(out.buffer);
  view.setUint16(0, header.flags);
  view.setUint16(2, header.protocol);
  for (const [i, part] of parts.entries()) {
    const value = header[part] ?? 0;
    view.setUint32(HEADER_LENGTH_MIN + 4 * i, part === 'checksum' ? value * 0x1_0000 + header.reserved : value);
  }
  out.set(payload, length);
  return out;
}

export function describe(header: Gre, at: number): readonly Field[] {
  const fields: Field[] = [
    { name: 'gre.flags_and_version', text: hexNumber(header.flags, 4), at, length: 2 },
    { name: 'gre.proto', text: hexNumber(header.protocol, 4), at: at + 2, length: 2 },
  ];
  for (const [i, part] of partsOf(header.flags).entries()) {
    const partAt = at + HEADER_LENGTH_MIN + 4 * i;
    const isCall = part === 'key' && (header.flags & VERSION) === ENHANCED;
    if (isCall) fields.push(...describeCall(header.key ?? 0, partAt));
    else fields.push(describePart(part, header[part] ?? 0, partAt));
  }
  return fields;
}

/** RFC 2637 section 4.1: the key is cut in two. */
const describeCall = (key: number, at: number): readonly Field[] => [
  { name: 'gre.key.payload_length', text: String(key >>> 16), at, length: 2 },
  { name: 'gre.key.call_id', text: String(key & 0xffff), at: at + 2, length: 2 },
];

function describePart(part: Part, value: number, at: number): Field {
  switch (part) {
    case 'checksum':
      return { name: 'gre.checksum', text: hexNumber(value, 4), at, length: 2 };
    case 'key':
      return { name: 'gre.key', text: hexNumber(value, 8), at, length: 4 };
    case 'sequence':
      return { name: 'gre.sequence_number', text: String(value), at, length: 4 };
    case 'acknowledgment':
      return { name: 'gre.ack_number', text: String(value), at, length: 4 };
  }
}

({ parse, serialize, describe }) satisfies WireModule<Gre>;
