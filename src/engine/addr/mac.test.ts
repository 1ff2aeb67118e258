import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromHex, sameBytes } from '../base/bytes';
import { BROADCAST, isBroadcast, isMulticast, mac, macFromBytes, macToBytes, readMac, ZERO_MAC } from './mac';

describe('mac', () => {
  test('is spelled in lower case with colons, however it was written', () => {
    expect(readMac('00:0C:29:A4:51:81')).toBe('00:0c:29:a4:51:81');
    expect(readMac('00-0c-29-a4-51-81')).toBe('00:0c:29:a4:51:81');
  });
  test.each(['', '00:0c:29:a4:51', '00:0c:29:a4:51:81:00', '00:0c:29:a4:51-81', '0:c:29:a4:51:81', '000c29a45181'])(
    'refuses %j',
    (text) => {
      expect(readMac(text)).toBeNull();
      expect(() => mac(text)).toThrow('not a MAC address');
    },
  );
  test('reads the six bytes at an offset', () => {
    expect(macFromBytes(fromHex('ff 000c29a45181 ff'), 1)).toBe('00:0c:29:a4:51:81');
  });
  test('never reads past the end', () => expect(() => macFromBytes(new Uint8Array(6), 1)).toThrow('no MAC address'));
  test('bytes and back is the same', () => {
    const sixBytes = fc.uint8Array({ minLength: 6, maxLength: 6 });
    fc.assert(fc.property(sixBytes, (bytes) => sameBytes(macToBytes(macFromBytes(bytes, 0)), bytes)));
  });
  test('the broadcast address is a group address; a unicast and the zero address are not', () => {
    expect([BROADCAST, ZERO_MAC, mac('01:00:5e:00:00:01'), mac('5e:c1:b9:a7:b8:56')].map(isMulticast)).toEqual([
      true,
      false,
      true,
      false,
    ]);
    expect(isBroadcast(BROADCAST)).toBe(true);
    expect(isBroadcast(mac('01:00:5e:00:00:01'))).toBe(false);
  });
});
