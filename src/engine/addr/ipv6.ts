import { invariant } from '../base/result';
import { formatIpv4, ipv4FromBytes, readIpv4 } from './ipv4';

declare const brand: unique symbol;

/** IPv6 address, always spelled as RFC 5952 section 4 recommends, so `===` compares. Read for showing; no route uses it. */
export type Ipv6 = string & { readonly [brand]: 'Ipv6' };

export const IPV6_LENGTH = 16; // bytes
const GROUPS = 8; // of 16 bits

/** An address written in code or in a test; a misspelt one is a bug. */
export function ipv6(text: string): Ipv6 {
  const value = readIpv6(text);
  invariant(value !== null, `not an IPv6 address: ${text}`);
  return value;
}

/**
 * Reads every notation of RFC 4291 section 2.2: eight hex groups, `::` for a run of zeros, the last 32 bits as an IPv4
 * address. Null for anything else, a zone (`%eth0`) included.
 */
export function readIpv6(text: string): Ipv6 | null {
  const [head = '', tail, more] = text.split('::');
  if (more !== undefined) return null;
  const left = groupsOf(head, tail === undefined);
  const right = groupsOf(tail ?? '', true);
  if (left === null || right === null) return null;
  const missing = GROUPS - left.length - right.length;
  if (tail === undefined ? missing !== 0 : missing < 1) return null;
  return format([...left, ...new Array<number>(missing).fill(0), ...right]);
}

/** The groups between colons; an IPv4 address may stand at the end of the whole text only. */
function groupsOf(text: string, isEnd: boolean): readonly number[] | null {
  if (text === '') return [];
  const parts = text.split(':');
  const groups: number[] = [];
  for (const [i, part] of parts.entries()) {
    const v4 = isEnd && i === parts.length - 1 ? readIpv4(part) : null;
    if (v4 !== null) groups.push(v4 >>> 16, v4 & 0xffff);
    else if (/^[0-9a-f]{1,4}$/i.test(part)) groups.push(Number.parseInt(part, 16));
    else return null;
  }
  return groups;
}

/** RFC 5952 section 4: no leading zeros, lower case, `::` for the first of the longest runs of at least two zeros. */
function format(groups: readonly number[]): Ipv6 {
  if (isMapped(groups)) return `::ffff:${formatIpv4(lastAsIpv4(groups))}` as Ipv6; // section 5
  const words = groups.map((group) => group.toString(16));
  const run = longestZeros(groups);
  if (run.length < 2) return words.join(':') as Ipv6;
  return `${words.slice(0, run.at).join(':')}::${words.slice(run.at + run.length).join(':')}` as Ipv6;
}

const isMapped = (groups: readonly number[]): boolean =>
  groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff;

const lastAsIpv4 = ([, , , , , , high = 0, low = 0]: readonly number[]) =>
  ipv4FromBytes(Uint8Array.of(high >>> 8, high & 0xff, low >>> 8, low & 0xff), 0);

function longestZeros(groups: readonly number[]): { readonly at: number; readonly length: number } {
  let best = { at: 0, length: 0 };
  for (let at = 0; at < groups.length; at += 1) {
    let length = 0;
    while (groups[at + length] === 0) length += 1;
    if (length > best.length) best = { at, length };
  }
  return best;
}

/** The address in the sixteen bytes from `at`; the caller has checked that they are there. */
export function ipv6FromBytes(bytes: Uint8Array, at: number): Ipv6 {
  invariant(at >= 0 && at + IPV6_LENGTH <= bytes.length, `no IPv6 address at ${at} of ${bytes.length} bytes`);
  const view = new DataView(bytes.buffer, bytes.byteOffset + at, IPV6_LENGTH);
  return format(Array.from({ length: GROUPS }, (_, i) => view.getUint16(2 * i)));
}

export function ipv6ToBytes(address: Ipv6): Uint8Array {
  const out = new Uint8Array(IPV6_LENGTH);
  const [head = '', tail = ''] = address.split('::');
  const left = bytesOfGroups(groupsOf(head, !address.includes('::')));
  const right = bytesOfGroups(groupsOf(tail, true));
  out.set(left);
  out.set(right, IPV6_LENGTH - right.length);
  return out;
}

const bytesOfGroups = (groups: readonly number[] | null): Uint8Array =>
  Uint8Array.from((groups ?? []).flatMap((group) => [group >>> 8, group & 0xff]));

/** ff00::/8, RFC 4291 section 2.7. */
export const isMulticastIpv6 = (address: Ipv6): boolean => /^ff[0-9a-f]{2}:/.test(address);
