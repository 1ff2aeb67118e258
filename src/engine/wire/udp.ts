/**
 * UDP header, RFC 768 ("Format"). 8 bytes, big-endian, then data.
 *
 *   offset  bytes  field
 *        0      2  source port
 *        2      2  destination port
 *        4      2  length of header and data
 *        6      2  checksum over pseudo-header, header and data; 0 = not computed
 */
import type { Ipv4 } from '../addr/ipv4';
import { hexNumber, NO_BYTES } from '../base/bytes';
import type { Result } from '../base/result';
import { err, ok } from '../base/result';
import { checksum, pseudoHeader } from './checksum';
import { PROTOCOL } from './ipv4';
import type { Field, Issue, Parsed, WireError, WireModule } from './types';

export const HEADER_LENGTH = 8; // bytes
export const SOURCE = 'RFC 768';
export const NO_CHECKSUM = 0;

export interface Udp {
  readonly srcPort: number;
  readonly dstPort: number;
  readonly length: number; // bytes, header included
  readonly checksum: number;
}

export function parse(frame: Uint8Array, at: number): Result<Parsed<Udp>, WireError> {
  const have = frame.length - at;
  if (have < HEADER_LENGTH) return err({ kind: 'truncated', at, need: HEADER_LENGTH, have });
  const view = new DataView(frame.buffer, frame.byteOffset + at, HEADER_LENGTH);
  const header = {
    srcPort: view.getUint16(0),
    dstPort: view.getUint16(2),
    length: view.getUint16(4),
    checksum: view.getUint16(6),
  };
  const issues: Issue[] = [];
  if (header.length < HEADER_LENGTH) {
    const values = { value: header.length, min: HEADER_LENGTH };
    issues.push({ at: at + 4, length: 2, rule: 'udp-length', source: SOURCE, values });
  }
  return ok({ header, payloadAt: at + HEADER_LENGTH, issues });
}

export function serialize(header: Udp, payload: Uint8Array = NO_BYTES): Uint8Array {
  const out = new Uint8Array(HEADER_LENGTH + payload.length);
  const view = new DataView(out.buffer);
  view.setUint16(0, header.srcPort);
  view.setUint16(2, header.dstPort);
  view.setUint16(4, header.length);
  view.setUint16(6, header.checksum);
  out.set(payload, HEADER_LENGTH);
  return out;
}

/** The same header with the length and the checksum it should carry before this payload. */
export function withChecksum(header: Udp, payload: Uint8Array, src: Ipv4, dst: Ipv4): Udp {
  const length = HEADER_LENGTH + payload.length;
  const bare = { ...header, length, checksum: 0 };
  const sum = checksum(pseudoHeader(src, dst, PROTOCOL.udp, length), serialize(bare, payload));
  return { ...bare, checksum: sum === NO_CHECKSUM ? 0xffff : sum }; // RFC 768: a computed zero is sent as all ones
}

export function describe(header: Udp, at: number): readonly Field[] {
  return [
    { name: 'udp.srcport', text: String(header.srcPort), at, length: 2 },
    { name: 'udp.dstport', text: String(header.dstPort), at: at + 2, length: 2 },
    { name: 'udp.length', text: String(header.length), at: at + 4, length: 2 },
    { name: 'udp.checksum', text: hexNumber(header.checksum, 4), at: at + 6, length: 2 },
  ];
}

({ parse, serialize, describe }) satisfies WireModule<Udp>;
