/**
 * What ICMP and ICMPv6 share: 8 bytes, big-endian, then data (RFC 792; RFC 4443 section 2.1). The four last of them mean
 * something else in each type: see icmp.ts and icmpv6.ts.
 */
import { NO_BYTES } from '../base/bytes';
import type { Result } from '../base/result';
import { err, ok } from '../base/result';
import type { Parsed, WireError } from './types';

export const HEADER_LENGTH = 8; // bytes

export interface IcmpBody {
  readonly type: number;
  readonly code: number;
  readonly checksum: number;
  readonly rest: number; // bytes 4 to 7 as an unsigned number
}

export function parse(frame: Uint8Array, at: number): Result<Parsed<IcmpBody>, WireError> {
  const have = frame.length - at;
  if (have < HEADER_LENGTH) return err({ kind: 'truncated', at, need: HEADER_LENGTH, have });
  const view = new DataView(frame.buffer, frame.byteOffset + at, HEADER_LENGTH);
  const header = {
    type: view.getUint8(0),
    code: view.getUint8(1),
    checksum: view.getUint16(2),
    rest: view.getUint32(4),
  };
  return ok({ header, payloadAt: at + HEADER_LENGTH, issues: [] });
}

export function serialize(header: IcmpBody, payload: Uint8Array = NO_BYTES): Uint8Array {
  const out = new Uint8Array(HEADER_LENGTH + payload.length);
  const view = new DataView(out.buffer);
  view.setUint8(0, header.type);
  view.setUint8(1, header.code);
  view.setUint16(2, header.checksum);
  view.setUint32(4, header.rest);
  out.set(payload, HEADER_LENGTH);
  return out;
}
