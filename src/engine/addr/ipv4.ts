import { invariant } from '../base/result';

declare const brand: unique symbol;

/** IPv4 address as an unsigned 32-bit integer, most significant octet first; `===` compares. */
export type Ipv4 = number & { readonly [brand]: 'Ipv4' };

export const IPV4_LENGTH = 4; // bytes

/** An address written in code or in a test; a misspelt one is a bug. */
export function ipv4(text: string): Ipv4 {
  const value = readIpv4(text);
  invariant(value !== null, `not an IPv4 address: ${text}`);
  return value;
}

/**
 * Reads dotted-quad notation, strictly: four decimal numbers of 0 to 255. A leading zero is refused,
 * since some programs read `010` as 8.
 */
export function readIpv4(text: string): Ipv4 | null {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text);
  if (match === null) return null;
  let value = 0;
  for (const octet of match.slice(1)) {
    if ((octet.length > 1 && octet.startsWith('0')) || Number(octet) > 255) return null;
    value = value * 256 + Number(octet);
  }
  return value as Ipv4;
}

export const formatIpv4 = (address: Ipv4): string =>
  `${address >>> 24}.${(address >>> 16) & 0xff}.${(address >>> 8) & 0xff}.${address & 0xff}`;

/** The number as an address. JavaScript's bit operators give signed results; this restores the sign. */
export const ipv4FromNumber = (value: number): Ipv4 => (value >>> 0) as Ipv4;

/** The address in the four bytes from `at`; the caller has checked that they are there. */
export function ipv4FromBytes(bytes: Uint8Array, at: number): Ipv4 {
  invariant(at >= 0 && at + IPV4_LENGTH <= bytes.length, `no IPv4 address at ${at} of ${bytes.length} bytes`);
  return new DataView(bytes.buffer, bytes.byteOffset + at, IPV4_LENGTH).getUint32(0) as Ipv4;
}

export function ipv4ToBytes(address: Ipv4): Uint8Array {
  const out = new Uint8Array(IPV4_LENGTH);
  new DataView(out.buffer).setUint32(0, address);
  return out;
}

/** 224.0.0.0/4 (RFC 1112 section 4) and the limited broadcast address: never the subject of an ICMP error. */
export const isMulticastIp = (address: Ipv4): boolean => address >>> 28 === 14 || address === 0xffff_ffff;
