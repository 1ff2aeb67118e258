/**
 * Geneve header, RFC 8926 section 3.4. 8 bytes and options, big-endian, on UDP port 6081.
 *
 *   offset  bytes  field
 *        0      1  version (2 bits), length of the options in 4-byte units (6 bits)
 *        1      1  control packet, critical options (1 bit each), reserved
 *        2      2  protocol: an EtherType
 *        4      3  VNI (24 bits)
 *        7      1  reserved
 *        8  0-252  options
 *
 * No backend of flannel sends it; other networks of Kubernetes clusters do (OVN, Cilium).
 */
import { hex, hexNumber, NO_BYTES } from '../base/bytes';
import type { Result } from '../base/result';
import { err, invariant, ok } from '../base/result';
import type { Field, Parsed, WireError, WireModule } from './types';

export const HEADER_LENGTH_MIN = 8; // bytes
export const SOURCE = 'RFC 8926 section 3.4';
export const PORT = 6081; // RFC 8926 section 3.3

const VERSION = 0;
const OPTIONS_LENGTH_MAX = 252; // bytes: 6 bits of 4-byte units

export interface Geneve {
  readonly flags: number; // 8 bits, the reserved ones included
  readonly protocol: number;
  readonly vni: number; // 0 .. 2^24 - 1
  readonly reserved: number; // byte 7
  readonly options: Uint8Array; // 0 to 252 bytes, a multiple of 4
}

export function parse(frame: Uint8Array, at: number): Result<Parsed<Geneve>, WireError> {
  const have = frame.length - at;
  if (have < HEADER_LENGTH_MIN) return err({ kind: 'truncated', at, need: HEADER_LENGTH_MIN, have });
  const view = new DataView(frame.buffer, frame.byteOffset + at, HEADER_LENGTH_MIN);
  const first = view.getUint8(0);
  if (first >>> 6 !== VERSION) {
    const values = { value: first >>> 6 };
    return err({ kind: 'malformed', issue: { at, length: 1, rule: 'geneve-version', source: SOURCE, values } });
  }
  const length = HEADER_LENGTH_MIN + (first & 0x3f) * 4;
  if (have < length) return err({ kind: 'truncated', at, need: length, have });
  const header = {
    flags: view.getUint8(1),
    protocol: view.getUint16(2),
    vni: view.getUint32(4) >>> 8,
    reserved: view.getUint8(7),
    options: frame.subarray(at + HEADER_LENGTH_MIN, at + length),
  };
  return ok({ header, payloadAt: at + length, issues: [] });
}

export function serialize(header: Geneve, payload: Uint8Array = NO_BYTES): Uint8Array {
  const { length } = header.options;
  invariant(length <= OPTIONS_LENGTH_MAX && length % 4 === 0, `${length} bytes of options do not fit`);
  invariant(header.vni >= 0 && header.vni < 2 ** 24, `VNI ${header.vni} does not fit 24 bits`);
  const out = new Uint8Array(HEADER_LENGTH_MIN + length + payload.length);
  const view = new DataView(out.buffer);
  view.setUint8(0, (VERSION << 6) | (length / 4));
  view.setUint8(1, header.flags);
  view.setUint16(2, header.protocol);
  view.setUint32(4, header.vni * 256 + header.reserved);
  out.set(header.options, HEADER_LENGTH_MIN);
  out.set(payload, HEADER_LENGTH_MIN + length);
  return out;
}

export function describe(header: Geneve, at: number): readonly Field[] {
  const fields: Field[] = [
    { name: 'geneve.version', text: String(VERSION), at, length: 1 },
    { name: 'geneve.flags', text: hexNumber(header.flags, 2), at: at + 1, length: 1 },
    { name: 'geneve.proto_type', text: hexNumber(header.protocol, 4), at: at + 2, length: 2 },
    { name: 'geneve.vni', text: String(header.vni), at: at + 4, length: 3 },
  ];
  if (header.options.length > 0) {
    const span = { at: at + HEADER_LENGTH_MIN, length: header.options.length };
    fields.push({ name: 'geneve.options', text: hex(header.options), ...span });
  }
  return fields;
}

({ parse, serialize, describe }) satisfies WireModule<Geneve>;
