/**
 * Where in a frame a primitive finds its headers. It looks at the bytes, as a BPF program does, so that a header that a
 * capture cut still answers for the bytes it has; and it makes nothing anew, since a filter is asked about millions.
 */
import { NO_BYTES } from '../base/bytes';
import { HEADER_LENGTH as ETHERNET_LENGTH, ETHERTYPE } from '../wire/ethernet';
import * as geneve from '../wire/geneve';
import { TRANSPARENT_ETHERNET } from '../wire/gre';
import { PROTOCOL } from '../wire/ipv4';
import * as loopback from '../wire/loopback';
import { HEADER_LENGTH as SLL_LENGTH } from '../wire/sll';
import { HEADER_LENGTH as SLL2_LENGTH } from '../wire/sll2';
import * as vxlan from '../wire/vxlan';
import type { Level } from './types';

/** One captured frame. */
export interface Frame {
  readonly bytes: Uint8Array;
  readonly linkType: number;
  readonly originalLength: number; // bytes on the wire
}

/** In place of an offset or a type: the frame has none. */
export const NONE = -1;

/** Of one frame at one level; filled again for the next. Offsets are those of a header's first byte, or NONE. */
export interface Place {
  bytes: Uint8Array;
  originalLength: number;
  /** Of the link-layer header, or of what stands in its place. */
  linkAt: number;
  ethernetAt: number;
  /** Of the EtherType in the link-layer header, or in the last tag that the level skips. */
  typeAt: number;
  /** As it stands there; of a link without one, what the first bits of the packet or the family imply. */
  etherType: number;
  /** What comes behind the link-layer header and the tags. */
  networkAt: number;
  /** Not even the link-layer header is whole, so nobody can say what is in the frame. */
  isCut: boolean;
}

export const newPlace = (): Place => ({
  bytes: NO_BYTES,
  originalLength: 0,
  linkAt: 0,
  ethernetAt: NONE,
  typeAt: NONE,
  etherType: NONE,
  networkAt: 0,
  isCut: false,
});

/** False if the frame has no such tunnel, or its link has no tags. */
export function findPlace(place: Place, { bytes, linkType, originalLength }: Frame, level: Level): boolean {
  place.bytes = bytes;
  place.originalLength = originalLength;
  findLink(place, linkType);
  for (let i = 0; i < level.tunnels; i += 1) if (!enterTunnel(place)) return false;
  if (level.tags > 0 && place.typeAt === NONE) return false;
  for (let i = 0; i < level.tags; i += 1) skipTag(place);
  return true;
}

/** The unsigned big-endian number there; null if the capture does not reach so far. */
export function bytesAt(bytes: Uint8Array, at: number, size: 1 | 2 | 4): number | null {
  if (at < 0 || at + size > bytes.length) return null;
  if (size === 1) return bytes[at] ?? 0;
  const upper = ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
  return size === 2 ? upper : ((upper << 16) | ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)) >>> 0;
}

/** By the link type of the capture, https://www.tcpdump.org/linktypes.html. */
function findLink(place: Place, linkType: number): void {
  switch (linkType) {
    case 1:
      setEthernet(place, 0);
      break;
    case 113: // LINUX_SLL
      setTyped(place, 0, SLL_LENGTH - 2, SLL_LENGTH);
      break;
    case 276: // LINUX_SLL2
      setTyped(place, 0, 0, SLL2_LENGTH);
      break;
    case 0:
    case 108: // NULL and LOOP
      setUntyped(place, 0, loopback.HEADER_LENGTH, familyType(place.bytes));
      break;
    case 12:
    case 14:
    case 101: // RAW
      setUntyped(place, 0, 0, versionType(place.bytes, 0));
      break;
    case 228:
      setUntyped(place, 0, 0, ETHERTYPE.ipv4);
      break;
    case 229:
      setUntyped(place, 0, 0, ETHERTYPE.ipv6);
      break;
    default:
      setUntyped(place, 0, 0, NONE);
  }
}

function setEthernet(place: Place, at: number): void {
  setTyped(place, at, at + ETHERNET_LENGTH - 2, at + ETHERNET_LENGTH);
  place.ethernetAt = at;
}

function setTyped(place: Place, at: number, typeAt: number, networkAt: number): void {
  setUntyped(place, at, networkAt, bytesAt(place.bytes, typeAt, 2));
  place.typeAt = typeAt;
}

/** `etherType` null: the byte that says it is not in the captured part. */
function setUntyped(place: Place, at: number, networkAt: number, etherType: number | null): void {
  place.linkAt = at;
  place.ethernetAt = NONE;
  place.typeAt = NONE;
  place.etherType = etherType ?? NONE;
  place.networkAt = networkAt;
  place.isCut = etherType === null;
}

/** Loopback headers and raw IP have no EtherType, but what they carry has one. */
function familyType(bytes: Uint8Array): number | null {
  if (bytes.length < loopback.HEADER_LENGTH) return null;
  const parsed = loopback.parse(bytes, 0);
  const version = parsed.ok ? loopback.versionOf(parsed.value.header) : null;
  return version === 4 ? ETHERTYPE.ipv4 : version === 6 ? ETHERTYPE.ipv6 : NONE;
}

function versionType(bytes: Uint8Array, at: number): number | null {
  const first = bytesAt(bytes, at, 1);
  if (first === null) return null;
  return first >>> 4 === 4 ? ETHERTYPE.ipv4 : first >>> 4 === 6 ? ETHERTYPE.ipv6 : NONE;
}

const TAGS: readonly number[] = [ETHERTYPE.vlan, ETHERTYPE.serviceVlan, ETHERTYPE.oldServiceVlan];

export const hasTag = ({ etherType }: Place): boolean => TAGS.includes(etherType);

/** libpcap (`gen_vlan`) reads four bytes further on whether or not there is a tag: the primitive before has asked. */
function skipTag(place: Place): void {
  place.typeAt += 4;
  place.networkAt += 4;
  const etherType = bytesAt(place.bytes, place.typeAt, 2);
  place.etherType = etherType ?? NONE;
  place.isCut = etherType === null;
}

export const ipAt = ({ etherType, networkAt }: Place): number => (etherType === ETHERTYPE.ipv4 ? networkAt : NONE);
export const ip6At = ({ etherType, networkAt }: Place): number => (etherType === ETHERTYPE.ipv6 ? networkAt : NONE);

/** Behind an IPv4 header, by its length, or behind the 40 bytes of an IPv6 header. */
export function transportAt(place: Place): number {
  const ip = ipAt(place);
  if (ip !== NONE) return ip + ((place.bytes[ip] ?? 0) & 0x0f) * 4;
  const ip6 = ip6At(place);
  return ip6 === NONE ? NONE : ip6 + 40;
}

/** The protocol field of either IP; NONE without one, null if it is not in the captured part. */
export function protocolOf(place: Place): number | null {
  const ip = ipAt(place);
  if (ip !== NONE) return bytesAt(place.bytes, ip + 9, 1);
  const ip6 = ip6At(place);
  return ip6 === NONE ? NONE : bytesAt(place.bytes, ip6 + 6, 1);
}

/** Of a later fragment nobody can say what it carries. Null: the bytes that say it are not in the captured part. */
export function isLaterFragment(place: Place): boolean | null {
  const ip = ipAt(place);
  if (ip === NONE) return false;
  const fragment = bytesAt(place.bytes, ip + 6, 2);
  return fragment === null ? null : (fragment & 0x1fff) !== 0;
}

export type TunnelKind = 'vxlan' | 'geneve';

const tunnelOf = (port: number): TunnelKind | null =>
  vxlan.PORTS.includes(port) ? 'vxlan' : port === geneve.PORT ? 'geneve' : null;

/** The tunnel whose header follows, by the port of its UDP header; null if the capture does not reach so far. */
export function tunnelIn(place: Place): TunnelKind | 'none' | null {
  const protocol = protocolOf(place);
  if (protocol === null || place.isCut) return null;
  if (protocol !== PROTOCOL.udp) return 'none';
  const isLater = isLaterFragment(place);
  if (isLater !== false) return isLater === null ? null : 'none';
  const udpAt = transportAt(place);
  const port = bytesAt(place.bytes, udpAt + 2, 2);
  if (port === null) return null;
  const kind = tunnelOf(port);
  if (kind !== 'geneve') return kind ?? 'none';
  const first = bytesAt(place.bytes, udpAt + 8, 1);
  return first === null ? null : first >>> 6 === 0 ? 'geneve' : 'none'; // another version has another header
}

/** Turns to what the frame's tunnel carries, whatever tags stand before it; false without one. */
function enterTunnel(place: Place): boolean {
  while (hasTag(place)) skipTag(place);
  const kind = tunnelIn(place);
  if (kind === 'none') return false;
  const at = transportAt(place) + 8;
  if (kind === 'vxlan') setEthernet(place, at + vxlan.HEADER_LENGTH);
  else setInGeneve(place, at, kind === null ? null : bytesAt(place.bytes, at + 2, 2));
  return true;
}

function setInGeneve(place: Place, at: number, protocol: number | null): void {
  const inner = at + geneve.HEADER_LENGTH_MIN + ((place.bytes[at] ?? 0) & 0x3f) * 4;
  if (protocol === TRANSPARENT_ETHERNET) setEthernet(place, inner);
  else setUntyped(place, protocol === null ? place.bytes.length : inner, inner, protocol);
}
