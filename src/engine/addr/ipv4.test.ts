import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromHex } from '../base/bytes';
import { formatIpv4, ipv4, ipv4FromBytes, ipv4FromNumber, ipv4ToBytes, readIpv4 } from './ipv4';

const anyAddress = fc.nat(0xffff_ffff).map(ipv4FromNumber);

describe('ipv4', () => {
  test('is an unsigned number, also in the upper half', () => {
    expect(ipv4('10.244.1.4')).toBe(0x0af4_0104);
    expect(ipv4('255.255.255.255')).toBe(0xffff_ffff);
    expect(ipv4('192.168.0.81')).toBeGreaterThan(0);
  });
  test.each(['', '10.244.1', '10.244.1.4.5', '10.244.1.256', '10.244.01.4', ' 10.0.0.1', '10.0.0.1/8', '0x0a.0.0.1'])(
    'refuses %j',
    (text) => {
      expect(readIpv4(text)).toBeNull();
      expect(() => ipv4(text)).toThrow('not an IPv4 address');
    },
  );
  test('text and back is the same', () => {
    fc.assert(fc.property(anyAddress, (address) => readIpv4(formatIpv4(address)) === address));
  });
  test('bytes and back is the same', () => {
    fc.assert(fc.property(anyAddress, (address) => ipv4FromBytes(ipv4ToBytes(address), 0) === address));
  });
  test('reads the four bytes at an offset, also of a view into a larger file', () => {
    const view = fromHex('00 00 0af40104').subarray(1);
    expect(formatIpv4(ipv4FromBytes(view, 1))).toBe('10.244.1.4');
    expect(() => ipv4FromBytes(view, 2)).toThrow('no IPv4 address');
  });
});
