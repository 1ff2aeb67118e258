import { invariant } from '../base/result';
import type { Ipv4 } from './ipv4';
import { formatIpv4, ipv4FromNumber, readIpv4 } from './ipv4';

/** IPv4 prefix. Invariant: 0 <= len <= 32 and every host bit of `base` is zero. */
export interface Prefix {
  readonly base: Ipv4;
  readonly len: number; // bits
}

/** A prefix written in code or in a test; a misspelt one, or one with host bits, is a bug. */
export function prefix(text: string): Prefix {
  const value = readPrefix(text);
  invariant(value !== null, `not an IPv4 prefix: ${text}`);
  return value;
}

/** Reads `address/length`; null if it is spelled otherwise or if a host bit is set. */
export function readPrefix(text: string): Prefix | null {
  const match = /^([\d.]+)\/(0|[1-9]\d?)$/.exec(text);
  if (match === null) return null;
  const base = readIpv4(match[1] ?? '');
  const len = Number(match[2]);
  if (base === null || len > 32 || maskedBy(base, len) !== base) return null;
  return { base, len };
}

/** The prefix of that length in which the address lies: `10.244.1.4`, 24 gives `10.244.1.0/24`. */
export const prefixOf = (address: Ipv4, len: number): Prefix => ({ base: maskedBy(address, len), len });

/**
 * Network masks by length, as unsigned numbers. JavaScript shifts are signed and take the count modulo 32:
 * `ipv4FromNumber` restores the sign, and a shift by 32 would be a shift by 0, so /0 needs its own case.
 */
const MASKS = Array.from({ length: 33 }, (_, len) => ipv4FromNumber(len === 0 ? 0 : 0xffff_ffff << (32 - len)));

export function maskOf(len: number): Ipv4 {
  const mask = MASKS[len];
  if (mask === undefined) invariant(false, `prefix length ${len} is not in 0..32`); // no text is made for a right one
  return mask;
}

/** The address with its host bits cleared. */
export const maskedBy = (address: Ipv4, len: number): Ipv4 => ipv4FromNumber(address & maskOf(len));

export const contains = (outer: Prefix, address: Ipv4): boolean => maskedBy(address, outer.len) === outer.base;

/** Is every address of the one in the other? */
export const isInside = (inner: Prefix, outer: Prefix): boolean =>
  inner.len >= outer.len && contains(outer, inner.base);

export const overlap = (a: Prefix, b: Prefix): boolean => isInside(a, b) || isInside(b, a);

export const samePrefix = (a: Prefix, b: Prefix): boolean => a.base === b.base && a.len === b.len;

/** All host bits set; for /31 and /32 an ordinary address, which is the caller's to know (RFC 3021). */
export const broadcastOf = (network: Prefix): Ipv4 => ipv4FromNumber(network.base | ~maskOf(network.len));

export const formatPrefix = (value: Prefix): string => `${formatIpv4(value.base)}/${value.len}`;

/** The mask in dotted-quad notation, as `route -n` and `ifconfig` print it. */
export const formatMask = (len: number): string => formatIpv4(maskOf(len));

/** Length of a mask; null if its ones are not all on the left. */
export function lenOfMask(mask: Ipv4): number | null {
  const len = Math.clz32(~mask);
  return maskOf(len) === mask ? len : null;
}
