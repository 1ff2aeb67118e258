/** The headers of one frame that primitives ask for, by their places. */

import { ETHERTYPE } from '../wire/ethernet';
import type { DecodedFrame } from '../wire/layers';
import { type Place, placeIn } from './place';
import type { Level } from './types';

export interface Packet {
  readonly bytes: Uint8Array;
  readonly originalLength: number;
  readonly place: Place;
  readonly tag: number | null; // of the last VLAN that was skipped
  /** First byte of that header; null where the frame has another. */
  readonly arp: number | null;
  readonly rarp: number | null;
  readonly ip: number | null;
  readonly ip6: number | null;
  /** Behind an IPv4 header, by its length, or behind the 40 bytes of an IPv6 header. */
  readonly transport: number | null;
  /** Null: the byte that says it is not in the captured part. */
  readonly isLaterFragment: boolean | null;
}

const ETHERTYPE_RARP = 0x8035;

/** Null if the frame has no such tunnel or tag. */
export function packetIn(decoded: DecodedFrame, level: Level): Packet | null {
  const place = placeIn(decoded, level);
  if (place === null) return null;
  const { bytes, originalLength } = decoded;
  const { network, tag } = place;
  const ip = network?.kind === 'ipv4' ? network.at : null;
  const ip6 = network?.kind === 'ipv6' ? network.at : null;
  const arp = network !== null && place.etherType === ETHERTYPE.arp ? network.at : null;
  const rarp = network !== null && place.etherType === ETHERTYPE_RARP ? network.at : null;
  const fragment = ip === null ? 0 : bytesAt(bytes, ip + 6, 2);
  const transport = ip !== null ? ip + ((bytes[ip] ?? 0) & 0x0f) * 4 : ip6 !== null ? ip6 + 40 : null;
  const isLaterFragment = fragment === null ? null : (fragment & 0x1fff) !== 0;
  return { bytes, originalLength, place, tag, arp, rarp, ip, ip6, transport, isLaterFragment };
}

/** The unsigned big-endian number there; null if the capture does not reach so far. */
export function bytesAt(bytes: Uint8Array, at: number, size: 1 | 2 | 4): number | null {
  if (at < 0 || at + size > bytes.length) return null;
  let value = 0;
  for (let i = at; i < at + size; i += 1) value = value * 256 + (bytes[i] ?? 0);
  return value;
}
