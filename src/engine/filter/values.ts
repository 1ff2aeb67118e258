/** Addresses, networks and ports as a filter writes them. */
import { ipv4FromNumber, readIpv4 } from '../addr/ipv4';
import { IPV6_LENGTH, ipv6ToBytes, readIpv6 } from '../addr/ipv6';
import { lenOfMask, maskedBy } from '../addr/prefix';
import { readNumber } from './expression';
import type { Reader } from './reader';
import type { AddressRange } from './types';

type Family = 'ip' | 'ip6' | 'arp' | null;

/** One address. */
export function readRange(reader: Reader, family: Family): AddressRange {
  const word = reader.peek() ?? '';
  const [v4, v6] = [readIpv4(word), readIpv6(word)];
  if (v4 !== null && family !== 'ip6') {
    reader.take();
    return { version: 4, base: v4, len: 32 };
  }
  if (v6 === null || family === 'ip' || family === 'arp') return reader.fail('address');
  reader.take();
  return { version: 6, base: v6, len: 128 };
}

/** `10.244.0.0/16`, `10.244.0.0 mask 255.255.0.0`, `10.244`, `2001:db8::/32`; host bits must be zero, as for tcpdump. */
export function readNetwork(reader: Reader, family: Family): AddressRange {
  const token = reader.take();
  const v6 = readIpv6(token.text);
  if (v6 !== null && family !== 'ip' && family !== 'arp') {
    const len = reader.takeIf('/') === null ? 128 : readNumber(reader, 128);
    return hasHostBits(ipv6ToBytes(v6), len)
      ? reader.fail('network', 'host-bits', token)
      : { version: 6, base: v6, len };
  }
  const octets = token.text.split('.');
  const base = readIpv4([...octets, '0', '0', '0'].slice(0, 4).join('.'));
  if (base === null || octets.length > 4 || family === 'ip6') return reader.fail('network', 'unexpected', token);
  const len = reader.takeIf('/') === null ? readMask(reader, octets.length * 8) : readNumber(reader, 32);
  if (maskedBy(base, len) !== base) return reader.fail('network', 'host-bits', token);
  return { version: 4, base: ipv4FromNumber(base), len };
}

function readMask(reader: Reader, otherwise: number): number {
  if (reader.takeIf('mask') === null) return otherwise;
  const mask = readIpv4(reader.peek() ?? '');
  const len = mask === null ? null : lenOfMask(mask);
  if (len === null) return reader.fail('network');
  reader.take();
  return len;
}

function hasHostBits(bytes: Uint8Array, len: number): boolean {
  for (let bit = len; bit < IPV6_LENGTH * 8; bit += 1)
    if ((((bytes[bit >>> 3] ?? 0) >>> (7 - (bit & 7))) & 1) === 1) return true;
  return false;
}

export function readPorts(reader: Reader, type: 'port' | 'portrange'): { readonly from: number; readonly to: number } {
  const expected = type === 'port' ? 'port' : 'port-range';
  if (!/^\d/.test(reader.peek() ?? '')) reader.fail(expected);
  const from = readNumber(reader, 0xffff);
  if (type === 'port') return { from, to: from };
  if (reader.takeIf('-') === null) reader.fail(expected);
  const to = readNumber(reader, 0xffff);
  return from <= to ? { from, to } : { from: to, to: from };
}
