/**
 * Header of BSD's loopback interfaces, https://www.tcpdump.org/linktypes.html, LINKTYPE_NULL (0) and LINKTYPE_LOOP (108).
 *
 *   offset  bytes  field
 *        0      4  address family of the packet, an AF_ number of the system that captured
 *
 * LOOP writes it big-endian, NULL in the order of the machine that captured, which the file need not share: a family is
 * a small number, so the order in which it is small is the right one.
 */
import { NO_BYTES } from '../base/bytes';
import type { Result } from '../base/result';
import { err, ok } from '../base/result';
import type { Field, Parsed, WireError, WireModule } from './types';

export const HEADER_LENGTH = 4; // bytes
export const SOURCE = 'tcpdump.org LINKTYPE_NULL';

const FAMILY_MAX = 0xffff;

/** AF_INET everywhere; AF_INET6 of NetBSD and OpenBSD, FreeBSD, macOS. */
const FAMILY_IPV4 = 2;
const FAMILIES_IPV6: readonly number[] = [24, 28, 30];

export interface Loopback {
  readonly family: number;
  readonly byteOrder: 'le' | 'be';
}

export const versionOf = ({ family }: Loopback): 4 | 6 | null =>
  family === FAMILY_IPV4 ? 4 : FAMILIES_IPV6.includes(family) ? 6 : null;

export function parse(frame: Uint8Array, at: number): Result<Parsed<Loopback>, WireError> {
  const have = frame.length - at;
  if (have < HEADER_LENGTH) return err({ kind: 'truncated', at, need: HEADER_LENGTH, have });
  const view = new DataView(frame.buffer, frame.byteOffset + at, HEADER_LENGTH);
  const little = view.getUint32(0, true);
  const header: Loopback =
    little <= FAMILY_MAX ? { family: little, byteOrder: 'le' } : { family: view.getUint32(0), byteOrder: 'be' };
  return ok({ header, payloadAt: at + HEADER_LENGTH, issues: [] });
}

export function serialize(header: Loopback, payload: Uint8Array = NO_BYTES): Uint8Array {
  const out = new Uint8Array(HEADER_LENGTH + payload.length);
  new DataView(out.buffer).setUint32(0, header.family, header.byteOrder === 'le');
  out.set(payload, HEADER_LENGTH);
  return out;
}

export function describe(header: Loopback, at: number): readonly Field[] {
  return [{ name: 'null.family', text: String(header.family), at, length: HEADER_LENGTH }];
}

({ parse, serialize, describe }) satisfies WireModule<Loopback>;
