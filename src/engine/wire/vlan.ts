/**
 * VLAN tag, IEEE 802.1Q clause 9.6. 4 bytes after the type 0x8100, of which these are what follows that type:
 *
 *   offset  bytes  field
 *        0      2  priority code point (3 bits), drop eligible (1 bit), VLAN identifier (12 bits)
 *        2      2  type of what follows, as in the Ethernet header
 *
 * The lab's links carry no tags. We read them so that a capture from a trunk port shows what is inside.
 */
import { hexNumber, NO_BYTES } from '../base/bytes';
import type { Result } from '../base/result';
import { err, invariant, ok } from '../base/result';
import type { Field, Parsed, WireError, WireModule } from './types';

export const HEADER_LENGTH = 4; // bytes, from after the type 0x8100
export const SOURCE = 'IEEE 802.1Q clause 9.6';

export interface Vlan {
  readonly pcp: number; // 0 .. 7
  readonly dei: boolean;
  readonly vid: number; // 0 .. 4095
  readonly etherType: number;
}

export function parse(frame: Uint8Array, at: number): Result<Parsed<Vlan>, WireError> {
  const have = frame.length - at;
  if (have < HEADER_LENGTH) return err({ kind: 'truncated', at, need: HEADER_LENGTH, have });
  const view = new DataView(frame.buffer, frame.byteOffset + at, HEADER_LENGTH);
  const tag = view.getUint16(0);
  const header = { pcp: tag >>> 13, dei: (tag & 0x1000) !== 0, vid: tag & 0x0fff, etherType: view.getUint16(2) };
  return ok({ header, payloadAt: at + HEADER_LENGTH, issues: [] });
}

export function serialize(header: Vlan, payload: Uint8Array = NO_BYTES): Uint8Array {
  invariant(header.pcp >= 0 && header.pcp <= 7, `priority ${header.pcp} does not fit 3 bits`);
  invariant(header.vid >= 0 && header.vid <= 0x0fff, `VLAN ${header.vid} does not fit 12 bits`);
  const out = new Uint8Array(HEADER_LENGTH + payload.length);
  const view = new DataView(out.buffer);
  view.setUint16(0, (header.pcp << 13) | (header.dei ? 0x1000 : 0) | header.vid);
  view.setUint16(2, header.etherType);
  out.set(payload, HEADER_LENGTH);
  return out;
}

export function describe(header: Vlan, at: number): readonly Field[] {
  return [
    { name: 'vlan.priority', text: String(header.pcp), at, length: 1 },
    { name: 'vlan.dei', text: header.dei ? 'set' : 'not set', at, length: 1 },
    { name: 'vlan.id', text: String(header.vid), at, length: 2 },
    { name: 'vlan.etype', text: hexNumber(header.etherType, 4), at: at + 2, length: 2 },
  ];
}

({ parse, serialize, describe }) satisfies WireModule<Vlan>;
