import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { formatIpv4, ipv4, ipv4FromNumber } from './ipv4';
import {
  broadcastOf,
  contains,
  formatMask,
  formatPrefix,
  lenOfMask,
  maskedBy,
  maskOf,
  prefix,
  prefixOf,
  readPrefix,
  samePrefix,
} from './prefix';

const anyAddress = fc.nat(0xffff_ffff).map(ipv4FromNumber);
const anyLength = fc.integer({ min: 0, max: 32 });

describe('prefix', () => {
  test.each(['0.0.0.0/0', '10.244.1.0/24', '128.0.0.0/1', '192.168.0.81/32'])('%s is read and written back', (text) => {
    expect(formatPrefix(prefix(text))).toBe(text);
  });
  test.each(['10.244.1.4/24', '10.244.1.0/33', '10.244.1.0', '10.244.1.0/', '10.244.1.0/024', '10.244.1/24'])(
    'refuses %s',
    (text) => {
      expect(readPrefix(text)).toBeNull();
      expect(() => prefix(text)).toThrow('not an IPv4 prefix');
    },
  );
  test('clears the host bits of an address that has some', () => {
    expect(formatPrefix(prefixOf(ipv4('10.244.1.4'), 24))).toBe('10.244.1.0/24');
    expect(formatIpv4(maskedBy(ipv4('192.168.0.81'), 0))).toBe('0.0.0.0');
  });
  test('/0 contains everything, /32 only itself', () => {
    expect(contains(prefix('0.0.0.0/0'), ipv4('255.255.255.255'))).toBe(true);
    expect(contains(prefix('10.244.2.2/32'), ipv4('10.244.2.2'))).toBe(true);
    expect(contains(prefix('10.244.2.2/32'), ipv4('10.244.2.3'))).toBe(false);
  });
  test('a /22 contains addresses whose third octets differ', () => {
    expect(contains(prefix('192.168.0.0/22'), ipv4('192.168.3.82'))).toBe(true);
    expect(contains(prefix('192.168.0.0/24'), ipv4('192.168.1.82'))).toBe(false);
  });
  test('contains its base and its broadcast address, and nothing beyond them', () => {
    fc.assert(
      fc.property(anyAddress, anyLength, (address, len) => {
        const network = prefixOf(address, len);
        const last = broadcastOf(network);
        expect(contains(network, address) && contains(network, network.base) && contains(network, last)).toBe(true);
        if (last < 0xffff_ffff) expect(contains(network, ipv4FromNumber(last + 1))).toBe(false);
        if (network.base > 0) expect(contains(network, ipv4FromNumber(network.base - 1))).toBe(false);
      }),
    );
  });
  test('writes masks as ifconfig does and measures them', () => {
    expect(formatMask(24)).toBe('255.255.255.0');
    expect(formatMask(0)).toBe('0.0.0.0');
    for (let len = 0; len <= 32; len += 1) expect(lenOfMask(maskOf(len))).toBe(len);
  });
  test.each(['255.0.255.0', '0.0.0.255', '255.255.255.1'])('%s is no mask', (text) => {
    expect(lenOfMask(ipv4(text))).toBeNull();
  });
  test('a length outside 0..32 is a bug', () => expect(() => maskOf(33)).toThrow('prefix length'));
  test('prefixes are the same by base and length', () => {
    expect(samePrefix(prefix('10.0.0.0/8'), prefixOf(ipv4('10.1.2.3'), 8))).toBe(true);
    expect(samePrefix(prefix('10.0.0.0/8'), prefix('10.0.0.0/9'))).toBe(false);
  });
});
