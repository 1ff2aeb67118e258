/**
 * Records of a name resolution block, draft-ietf-opsawg-pcapng section 4.5: a type (2 bytes), a length (2), the value,
 * padding to four bytes; the type 0 ends them, and options follow. A value is an address and after it names, each ended
 * by a zero byte.
 *
 *   type  address of
 *      1  IPv4 (4 bytes)
 *      2  IPv6 (16)
 *      3  a card, EUI-48 (6)
 *      4  a card, EUI-64 (8): nothing here shows one
 */
import { formatIpv4, ipv4FromNumber } from '../addr/ipv4';
import { ipv6FromBytes } from '../addr/ipv6';
import { macFromBytes } from '../addr/mac';
import { utf8 } from '../base/text';
import type { AddressName } from './types';

/** Of a file: a table of hosts that somebody put in whole says nothing about its packets. */
export const NAMES_MAX = 10_000;
/** Longer blocks are passed over. */
export const NAMES_BLOCK_LENGTH_MAX = 4 * 1024 * 1024; // bytes
const NAME_LENGTH_MAX = 255; // bytes; RFC 1035 section 2.3.4. Longer ones are left out

const END = 0;
const HEADER_LENGTH = 4; // bytes

interface Kind {
  readonly length: number; // bytes of the address
  readonly text: (bytes: Uint8Array, view: DataView, at: number) => string;
}

/** Written as the fields of a packet write them. */
const KINDS: ReadonlyMap<number, Kind> = new Map([
  [1, { length: 4, text: (_bytes, view, at) => formatIpv4(ipv4FromNumber(view.getUint32(at))) }],
  [2, { length: 16, text: (bytes, _view, at) => ipv6FromBytes(bytes, at) }],
  [3, { length: 6, text: (bytes, _view, at) => macFromBytes(bytes, at) }],
]);

export interface Names {
  readonly names: readonly AddressName[];
  readonly optionsAt: number;
  /** The first record that is longer than what is left of its block, or too short for its address. */
  readonly bad: { readonly at: number; readonly length: number; readonly left: number } | null;
}

export function readNames(bytes: Uint8Array, view: DataView, start: number, end: number, little: boolean): Names {
  const names: AddressName[] = [];
  let bad: Names['bad'] = null;
  let at = start;
  while (end - at >= HEADER_LENGTH) {
    const type = view.getUint16(at, little);
    const length = view.getUint16(at + 2, little);
    const valueAt = at + HEADER_LENGTH;
    const left = end - valueAt;
    if (length > left) return { names, optionsAt: end, bad: bad ?? { at, length, left } };
    const kind = KINDS.get(type);
    if (kind !== undefined && length < kind.length) bad ??= { at, length, left };
    else if (kind !== undefined) {
      const address = kind.text(bytes, view, valueAt);
      const texts = bytes.subarray(valueAt + kind.length, valueAt + length);
      for (const name of namesIn(texts)) {
        if (names.length < NAMES_MAX) names.push({ address, name });
      }
    }
    at = valueAt + length + (-length & 3);
    if (type === END) break;
  }
  return { names, optionsAt: Math.min(at, end), bad };
}

/** The last one may lack its zero byte. */
function* namesIn(bytes: Uint8Array): Generator<string> {
  let at = 0;
  while (at < bytes.length) {
    const zero = bytes.indexOf(0, at);
    const end = zero < 0 ? bytes.length : zero;
    if (end > at && end - at <= NAME_LENGTH_MAX) yield utf8(bytes.subarray(at, end));
    at = end + 1;
  }
}
