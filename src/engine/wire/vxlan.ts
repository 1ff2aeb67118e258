/**
 * VXLAN header, RFC 7348 section 5. 8 bytes, big-endian, followed by an Ethernet frame.
 *
 *   offset  bytes  field
 *        0      1  flags; 0x08 = I, "the VNI is valid", must be 1
 *        1      3  reserved: zero when sent, ignored when received
 *        4      3  VNI (24 bits)
 *        7      1  reserved
 *
 * host-gw never sends this. We read it so that a capture from a vxlan-backend node is named as such instead
 * of being shown as unknown UDP.
 */
import { hexNumber, NO_BYTES } from '../base/bytes';
import type { Result } from '../base/result';
import { err, invariant, ok } from '../base/result';
import type { Field, Issue, Parsed, WireError, WireModule } from './types';

export const HEADER_LENGTH = 8; // bytes
export const SOURCE = 'RFC 7348 section 5';
export const FLAG_VNI_VALID = 0x08;

/** RFC 7348 section 5 assigns 4789; Linux' older default, which flannel keeps, is 8472. */
export const PORTS: readonly number[] = [4789, 8472];

export interface Vxlan {
  readonly flags: number; // 8 bits
  readonly reserved: number; // bytes 1 to 3
  readonly vni: number; // 0 .. 2^24 - 1
  readonly reservedLast: number; // byte 7
}

/** The header a sender writes. */
export const vxlan = (vni: number): Vxlan => ({ flags: FLAG_VNI_VALID, reserved: 0, vni, reservedLast: 0 });

export function parse(frame: Uint8Array, at: number): Result<Parsed<Vxlan>, WireError> {
  const have = frame.length - at;
  if (have < HEADER_LENGTH) return err({ kind: 'truncated', at, need: HEADER_LENGTH, have });
  const view = new DataView(frame.buffer, frame.byteOffset + at, HEADER_LENGTH);
  const header = {
    flags: view.getUint8(0),
    reserved: view.getUint32(0) & 0xff_ffff,
    vni: view.getUint32(4) >>> 8,
    reservedLast: view.getUint8(7),
  };
  const issues: Issue[] = [];
  if ((header.flags & FLAG_VNI_VALID) === 0) {
    const values = { value: hexNumber(header.flags, 2) };
    issues.push({ at, length: 1, rule: 'vxlan-vni-flag', source: SOURCE, values });
  }
  return ok({ header, payloadAt: at + HEADER_LENGTH, issues });
}

export function serialize(header: Vxlan, payload: Uint8Array = NO_BYTES): Uint8Array {
  invariant(header.vni >= 0 && header.vni < 2 ** 24, `VNI ${header.vni} does not fit 24 bits`);
  const out = new Uint8Array(HEADER_LENGTH + payload.length);
  const view = new DataView(out.buffer);
  view.setUint32(0, header.reserved);
  view.setUint8(0, header.flags);
  view.setUint32(4, header.vni * 256 + header.reservedLast); // `<< 8` would go negative from VNI 2^23 on
  out.set(payload, HEADER_LENGTH);
  return out;
}

export function describe(header: Vxlan, at: number): readonly Field[] {
  return [
    { name: 'vxlan.flags', text: hexNumber(header.flags, 2), at, length: 1 },
    { name: 'vxlan.vni', text: String(header.vni), at: at + 4, length: 3 },
  ];
}

({ parse, serialize, describe }) satisfies WireModule<Vxlan>;
