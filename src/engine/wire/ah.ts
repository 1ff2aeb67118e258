/**
 * IP authentication header, RFC 4302 section 2. At least 12 bytes, big-endian; the payload behind it is in clear.
 *
 *   offset  bytes  field
 *        0      1  next header
 *        1      1  length in 4-byte units, minus 2
 *        2      2  reserved
 *        4      4  security parameters index
 *        8      4  sequence number
 *       12   0-..  integrity check value
 */
import { hex, hexNumber, NO_BYTES } from '../base/bytes';
import type { Result } from '../base/result';
import { err, invariant, ok } from '../base/result';
import type { Field, Parsed, WireError, WireModule } from './types';

export const HEADER_LENGTH_MIN = 12; // bytes
export const SOURCE = 'RFC 4302 section 2';

export interface Ah {
  readonly nextHeader: number;
  readonly reserved: number;
  readonly spi: number;
  readonly sequence: number;
  readonly icv: Uint8Array; // a multiple of 4 bytes
}

export function parse(frame: Uint8Array, at: number): Result<Parsed<Ah>, WireError> {
  const have = frame.length - at;
  if (have < HEADER_LENGTH_MIN) return err({ kind: 'truncated', at, need: HEADER_LENGTH_MIN, have });
  const view = new DataView(frame.buffer, frame.byteOffset + at, HEADER_LENGTH_MIN);
  const length = (view.getUint8(1) + 2) * 4;
  if (length < HEADER_LENGTH_MIN) {
    const values = { value: length, min: HEADER_LENGTH_MIN };
    return err({ kind: 'malformed', issue: { at: at + 1, length: 1, rule: 'ah-length', source: SOURCE, values } });
  }
  if (have < length) return err({ kind: 'truncated', at, need: length, have });
  const header = {
    nextHeader: view.getUint8(0),
    reserved: view.getUint16(2),
    spi: view.getUint32(4),
    sequence: view.getUint32(8),
    icv: frame.subarray(at + HEADER_LENGTH_MIN, at + length),
  };
  return ok({ header, payloadAt: at + length, issues: [] });
}

export function serialize(header: Ah, payload: Uint8Array = NO_BYTES): Uint8Array {
  const length = HEADER_LENGTH_MIN + header.icv.length;
  invariant(length % 4 === 0, `${header.icv.length} bytes of check value are not whole words`);
  const out = new Uint8Array(length + payload.length);
  const view = new DataView(out.buffer);
  view.setUint8(0, header.nextHeader);
  view.setUint8(1, length / 4 - 2);
  view.setUint16(2, header.reserved);
  view.setUint32(4, header.spi);
  view.setUint32(8, header.sequence);
  out.set(header.icv, HEADER_LENGTH_MIN);
  out.set(payload, length);
  return out;
}

export function describe(header: Ah, at: number): readonly Field[] {
  const fields: Field[] = [
    { name: 'ah.next_header', text: String(header.nextHeader), at, length: 1 },
    { name: 'ah.length', text: String(HEADER_LENGTH_MIN + header.icv.length), at: at + 1, length: 1 },
    { name: 'ah.spi', text: hexNumber(header.spi, 8), at: at + 4, length: 4 },
    { name: 'ah.sequence', text: String(header.sequence), at: at + 8, length: 4 },
  ];
  if (header.icv.length > 0) {
    fields.push({ name: 'ah.icv', text: hex(header.icv), at: at + HEADER_LENGTH_MIN, length: header.icv.length });
  }
  return fields;
}

({ parse, serialize, describe }) satisfies WireModule<Ah>;
