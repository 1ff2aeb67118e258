import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromHex, hex } from '../base/bytes';
import { ipv6, ipv6FromBytes, ipv6ToBytes, isMulticastIpv6, readIpv6 } from './ipv6';

describe('ipv6', () => {
  // RFC 5952 sections 1 and 4, RFC 4291 section 2.2
  test.each([
    ['2001:0DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['2001:db8:0:0:1:0:0:1', '2001:db8::1:0:0:1'],
    ['2001:db8:0:1:1:1:1:1', '2001:db8:0:1:1:1:1:1'],
    ['::', '::'],
    ['0:0:0:0:0:0:0:1', '::1'],
    ['FF01::101', 'ff01::101'],
    ['::FFFF:129.144.52.38', '::ffff:129.144.52.38'],
    ['0:0:0:0:0:FFFF:8190:3426', '::ffff:129.144.52.38'],
    ['::13.1.68.3', '::d01:4403'],
  ])('%s is spelled %s', (text, spelled) => expect(readIpv6(text)).toBe(spelled));

  test.each([
    '',
    ':',
    ':::',
    '1::2::3',
    '1:2:3:4:5:6:7',
    '1:2:3:4:5:6:7:8:9',
    '1:2:3:4:5:6:7::8',
    '12345::',
    'g::',
    'fe80::1%eth0',
    '1.2.3.4::',
    '::1.2.3',
  ])('%s is none', (text) => expect(readIpv6(text)).toBeNull());

  test('bytes come back', () => {
    const sixteen = fc.array(fc.constantFrom(0, 0, 0, 1, 0xff), { minLength: 16, maxLength: 16 });
    fc.assert(
      fc.property(sixteen, (bytes) => {
        const address = ipv6FromBytes(Uint8Array.from(bytes), 0);
        expect([...ipv6ToBytes(address)]).toEqual(bytes);
        expect(readIpv6(address)).toBe(address);
      }),
    );
    expect(hex(ipv6ToBytes(ipv6('2001:db8::7')))).toBe('20010db8000000000000000000000007');
    expect(ipv6FromBytes(fromHex('00 20010db8000000000000000000000007'), 1)).toBe('2001:db8::7');
  });

  test('ff00::/8 is multicast', () => {
    expect(['ff02::1', 'ff0e::fb', 'fe80::1', 'ff::1', '::ff02:1'].map((text) => isMulticastIpv6(ipv6(text)))).toEqual([
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});
