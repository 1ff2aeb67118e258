import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ipv4 } from '../addr/ipv4';
import { mac } from '../addr/mac';
import { concat, fromHex, hex } from '../base/bytes';
import { readFrame, serializeFrame } from './frame';

/** seed-ping, pod1 eth0, frames 1 and 4 */
const ARP = fromHex('ffffffffffff 7a0bd44cc568 0806 0001080006040001 7a0bd44cc568 0af40104 000000000000 0af40101');
const PING = fromHex(`
  5ec1b9a7b856 7a0bd44cc568 0800 45000054 4c484000 4001d573 0af40104 0af40202 08005ffe 07220001
  129b026b00000000b2050b0000000000 101112131415161718191a1b1c1d1e1f 202122232425262728292a2b2c2d2e2f 3031323334353637
`);

describe('frame', () => {
  test('reads an ARP request and writes it back', () => {
    const frame = readFrame(ARP);
    expect(frame).toMatchObject({
      dst: mac('ff:ff:ff:ff:ff:ff'),
      body: { kind: 'arp', arp: { operation: 1, targetIp: ipv4('10.244.1.1') } },
    });
    expect(frame !== null && hex(serializeFrame(frame))).toBe(hex(ARP));
  });
  test('reads an echo request and writes it back', () => {
    const frame = readFrame(PING);
    expect(frame).toMatchObject({ body: { kind: 'ipv4', header: { ttl: 64, dst: ipv4('10.244.2.2') } } });
    expect(frame !== null && hex(serializeFrame(frame))).toBe(hex(PING));
  });
  test('keeps the bytes of a type it does not know', () => {
    const bytes = fromHex('333300000001 7a0bd44cc568 86dd 6000');
    const frame = readFrame(bytes);
    expect(frame?.body).toEqual({ kind: 'other', etherType: 0x86dd, bytes: fromHex('6000') });
    expect(frame !== null && hex(serializeFrame(frame))).toBe(hex(bytes));
  });
  test('leaves out padding', () => {
    const frame = readFrame(concat(PING, new Uint8Array(6)));
    expect(frame !== null && hex(serializeFrame(frame))).toBe(hex(PING));
  });
  test('is null for every frame cut short', () => {
    for (const whole of [ARP, PING]) {
      for (let length = 0; length < whole.length; length += 1) expect(readFrame(whole.subarray(0, length))).toBeNull();
    }
  });
  test('is null where the total length is less than the header', () => {
    const bytes = PING.slice();
    bytes.set(fromHex('0013'), 16);
    expect(readFrame(bytes)).toBeNull();
  });
  test('random bytes never throw, and what is read is written back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 120 }), fc.constantFrom(ARP, PING), (random, start) => {
        const bytes = concat(start.subarray(0, 14 + ((random[0] ?? 0) % 24)), random);
        const frame = readFrame(bytes);
        if (frame === null) return;
        const written = serializeFrame(frame);
        expect(hex(written)).toBe(hex(bytes.subarray(0, written.length)));
      }),
    );
  });
});
