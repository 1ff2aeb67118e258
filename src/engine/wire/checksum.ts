/**
 * Internet checksum, RFC 1071 section 1: the ones' complement of the ones' complement sum of 16-bit big-endian
 * words; an odd last byte is padded with a zero byte on its right. Used by IPv4 (header only), ICMP (message), GRE
 * (header and payload), UDP, TCP and ICMPv6 (pseudo-header, header and data).
 */
import type { Ipv4 } from '../addr/ipv4';
import type { Ipv6 } from '../addr/ipv6';
import { ipv6ToBytes } from '../addr/ipv6';

/**
 * Checksum over the regions in order, each padded to whole words. Summing regions that already hold their
 * correct checksum gives 0.
 */
export function checksum(...regions: readonly Uint8Array[]): number {
  let sum = 0; // stays below 2^53 for any capture: 65535 per two bytes
  for (const region of regions) {
    for (let i = 0; i < region.length; i += 2) sum += (region[i] ?? 0) * 256 + (region[i + 1] ?? 0);
  }
  return ~fold(sum) & 0xffff;
}

/**
 * The checksum after one 16-bit word changed, without summing again: RFC 1624 section 3, equation 3,
 * HC' = ~(~HC + ~m + m'). For TTL less one this is Linux' `ip_decrease_ttl`: add 0x0100 with end-around carry.
 */
export const update16 = (before: number, oldWord: number, newWord: number): number =>
  ~fold((~before & 0xffff) + (~oldWord & 0xffff) + newWord) & 0xffff;

/**
 * What UDP (RFC 768) and TCP (RFC 9293 section 3.1) sum before their own bytes: source, destination, a zero byte,
 * the protocol, and the length of transport header and data. It is never sent.
 */
export function pseudoHeader(src: Ipv4, dst: Ipv4, protocol: number, length: number): Uint8Array {
  const out = new Uint8Array(12);
  const view = new DataView(out.buffer);
  view.setUint32(0, src);
  view.setUint32(4, dst);
  view.setUint8(9, protocol);
  view.setUint16(10, length);
  return out;
}

/** The same for IPv6, RFC 8200 section 8.1: source, destination, length (4 bytes), three zero bytes, the next header. */
export function pseudoHeaderV6(src: Ipv6, dst: Ipv6, protocol: number, length: number): Uint8Array {
  const out = new Uint8Array(40);
  out.set(ipv6ToBytes(src), 0);
  out.set(ipv6ToBytes(dst), 16);
  const view = new DataView(out.buffer);
  view.setUint32(32, length);
  view.setUint8(39, protocol);
  return out;
}

function fold(sum: number): number {
  let folded = sum;
  while (folded > 0xffff) folded = (folded % 0x1_0000) + Math.floor(folded / 0x1_0000);
  return folded;
}
