/** What the protocol files know beyond reading and writing: rules, builders, checksums. */
import { describe, expect, test } from 'vitest';
import { ipv4 as address, formatIpv4 } from '../addr/ipv4';
import { fromHex } from '../base/bytes';
import type { Result } from '../base/result';
import * as arp from './arp';
import * as icmp from './icmp';
import * as ipv4 from './ipv4';
import * as tcp from './tcp';
import { formatOptions, readOptions, writeOptions } from './tcp-options';
import type { Parsed, WireError } from './types';
import * as udp from './udp';
import * as vxlan from './vxlan';

const rulesOf = (parsed: Result<Parsed<unknown>, WireError>): readonly string[] => {
  if (parsed.ok) return parsed.value.issues.map((issue) => issue.rule);
  return [parsed.error.kind === 'malformed' ? parsed.error.issue.rule : parsed.error.kind];
};

const PING = '45000054 4c484000 4001d573 0af40104 0af40202';
const headerOf = (text: string) => {
  const parsed = ipv4.parse(fromHex(text), 0);
  if (!parsed.ok) throw new Error(parsed.error.kind);
  return parsed.value.header;
};

describe('arp', () => {
  const PACKET = '0001 0800 06 04 0001 7a0bd44cc568 0af40104 000000000000 0af40101';
  test.each([
    ['0006 0800 06 04', 'arp-hardware-type'],
    ['0001 86dd 06 04', 'arp-protocol-type'],
    ['0001 0800 08 04', 'arp-address-sizes'],
    ['0001 0800 06 10', 'arp-address-sizes'],
  ])('%s is named as %s, not misread', (start, rule) => {
    const bytes = fromHex(PACKET);
    bytes.set(fromHex(start));
    expect(rulesOf(arp.parse(bytes, 0))).toEqual([rule]);
  });
});

describe('ipv4', () => {
  test('a correct header has no issues', () => expect(rulesOf(ipv4.parse(fromHex(PING), 0))).toEqual([]));
  test.each([
    ['45000054 4c484000 4001d574 0af40104 0af40202', 'ipv4-checksum'],
    ['45000054 4c48c000 40015573 0af40104 0af40202', 'ipv4-reserved-flag'],
    ['45000013 4c484000 4001d5b4 0af40104 0af40202', 'ipv4-total-length'],
    ['45000000 4c484000 4001d5c7 0af40104 0af40202', 'ipv4-total-length-zero'],
    ['65000054 4c484000 4001d573 0af40104 0af40202', 'ipv4-version'],
    ['44000054 4c484000 4001d573 0af40104 0af40202', 'ipv4-header-length'],
  ])('%s breaks the rule %s', (text, rule) => expect(rulesOf(ipv4.parse(fromHex(text), 0))).toEqual([rule]));
  test('a wrong checksum is shown beside the right one', () => {
    const parsed = ipv4.parse(fromHex(PING.replace('d573', '0000')), 0);
    expect(parsed.ok && parsed.value.issues[0]?.values).toEqual({ stored: '0x0000', computed: '0xd573' });
  });
  test('computes 0xd573, and 0xd673 with a TTL of 63', () => {
    const header = headerOf(PING);
    expect(ipv4.headerChecksum(header)).toBe(0xd573);
    expect(ipv4.withChecksum({ ...header, ttl: 63 }).checksum).toBe(0xd673);
  });
  test('writes a wrong checksum if the header says so', () => {
    expect(ipv4.serialize({ ...headerOf(PING), checksum: 0xbeef }).subarray(10, 12)).toEqual(fromHex('beef'));
  });
  test('first, middle and last parts are fragments, a whole packet is none', () => {
    const whole = headerOf(PING);
    const parts = [{ mf: true }, { mf: true, fragmentOffset: 1376 }, { fragmentOffset: 1376 }];
    expect(parts.map((part) => ipv4.isFragment({ ...whole, ...part }))).toEqual([true, true, true]);
    expect(ipv4.isFragment(whole)).toBe(false);
  });
  test.each([4, 65_536])('a fragment offset of %i bytes cannot be written', (fragmentOffset) => {
    expect(() => ipv4.serialize({ ...headerOf(PING), fragmentOffset })).toThrow('fragment offset');
  });
  test.each([3, 44])('%i bytes of options cannot be written', (length) => {
    expect(() => ipv4.serialize({ ...headerOf(PING), options: new Uint8Array(length) })).toThrow('do not fit');
  });
});

describe('icmp', () => {
  const DATA = fromHex(
    '129b026b00000000b2050b0000000000 101112131415161718191a1b1c1d1e1f 202122232425262728292a2b2c2d2e2f 3031323334353637',
  );
  test("an echo gets the checksum of the capture's", () => {
    expect(icmp.withChecksum(icmp.echo(8, 0x0722, 1), DATA).checksum).toBe(0x5ffe);
    expect(icmp.withChecksum(icmp.echo(0, 0x0722, 1), DATA).checksum).toBe(0x67fe);
  });
  test('an echo has identifier and sequence number, and nothing else', () => {
    const header = icmp.echo(8, 0xffff, 0xfffe);
    expect([icmp.identifierOf(header), icmp.sequenceOf(header)]).toEqual([0xffff, 0xfffe]);
    expect([icmp.mtuOf(header), icmp.gatewayOf(header)]).toEqual([null, null]);
    expect(icmp.isError(header)).toBe(false);
  });
  test('"fragmentation needed" has an MTU', () => {
    const header = icmp.fragmentationNeeded(1400);
    expect(icmp.mtuOf(header)).toBe(1400);
    expect(icmp.identifierOf(header)).toBeNull();
    expect(icmp.isError(header)).toBe(true);
    expect(icmp.describe(header, 0).at(-1)).toEqual({ name: 'icmp.mtu', text: '1400', at: 6, length: 2 });
  });
  test('a redirect has a gateway', () => {
    const header = icmp.redirect(icmp.REDIRECT_CODE.host, address('192.168.0.82'));
    const gateway = icmp.gatewayOf(header);
    expect(gateway !== null && formatIpv4(gateway)).toBe('192.168.0.82');
    expect(icmp.describe(header, 0).at(-1)).toMatchObject({ name: 'icmp.gateway', text: '192.168.0.82' });
  });
  test('a host unreachable has neither', () => {
    expect(icmp.describe(icmp.error(3, 1), 0).map((field) => field.name)).toEqual([
      'icmp.type',
      'icmp.code',
      'icmp.checksum',
    ]);
  });
});

describe('udp and tcp', () => {
  const [src, dst] = [address('10.244.1.4'), address('10.244.2.2')];
  test('a computed UDP checksum of zero is written as 0xffff', () => {
    // Ports are chosen so that the sum of everything else is 0xffff.
    const header = { srcPort: 0, dstPort: 0, length: 0, checksum: 0 };
    const others = udp.withChecksum(header, new Uint8Array(0), src, dst).checksum;
    expect(udp.withChecksum({ ...header, srcPort: others }, new Uint8Array(0), src, dst).checksum).toBe(0xffff);
  });
  test('a UDP length below its own header is an issue', () => {
    expect(rulesOf(udp.parse(fromHex('0001 0002 0007 0000'), 0))).toEqual(['udp-length']);
  });
  test('a TCP header length below 20 cannot be read', () => {
    expect(rulesOf(tcp.parse(fromHex('0001 0002 00000000 00000000 4002 0000 0000 0000'), 0))).toEqual([
      'tcp-header-length',
    ]);
  });
  test.each([
    [0, '0x00'],
    [tcp.TCP_FLAG.syn | tcp.TCP_FLAG.ack, 'SYN, ACK'],
    [0xff, 'FIN, SYN, RST, PSH, ACK, URG, ECE, CWR'],
  ])('flags %i read as %s', (flags, text) => expect(tcp.formatFlags(flags)).toBe(text));
});

describe('tcp options', () => {
  const SYN = '020405b4 0402 080a d9b5199c 00000000 01 03030a'; // as Linux sends them
  test('reads what a Linux SYN carries, and writes it back', () => {
    const { list, complete } = readOptions(fromHex(SYN));
    expect(complete).toBe(true);
    expect(list.map((option) => option.kind)).toEqual(['mss', 'sack-permitted', 'timestamps', 'nop', 'window-scale']);
    expect(writeOptions(list)).toEqual(fromHex(SYN));
    expect(formatOptions(fromHex(SYN))).toBe('mss 1460,sackOK,TS val 3652524444 ecr 0,nop,wscale 10');
  });
  test('pads to four bytes and stops at the end of the list', () => {
    expect(writeOptions([{ kind: 'mss', bytes: 1460 }, { kind: 'nop' }])).toEqual(fromHex('020405b4 01000000'));
    expect(formatOptions(fromHex('01000204'))).toBe('nop,eol');
  });
  test('keeps an option it does not know', () => {
    const list = readOptions(fromHex('fe04 beef')).list;
    expect(list).toEqual([{ kind: 'other', code: 254, data: fromHex('beef') }]);
    expect(writeOptions(list)).toEqual(fromHex('fe04beef'));
    expect(formatOptions(fromHex('0402 0303 07 02 02'))).toBe('sackOK,wscale 7,opt-2');
  });
  test.each(['02', '0200', '0201', '01010b', '020405'])('%s points outside itself', (text) => {
    expect(readOptions(fromHex(text)).complete).toBe(false);
    expect(formatOptions(fromHex(text)).endsWith('?')).toBe(true);
  });
  test('a header with such options is read, with an issue', () => {
    const bytes = fromHex('0001 0002 00000000 00000000 6002 0000 0000 0000 0209 0000');
    expect(rulesOf(tcp.parse(bytes, 0))).toEqual(['tcp-options']);
  });
  test('more than 40 bytes cannot be written', () => {
    const list = new Array(11).fill({ kind: 'mss', bytes: 1 });
    expect(() => writeOptions(list)).toThrow('exceed 40');
  });
});

describe('vxlan', () => {
  test('without the I flag breaks the rule', () => {
    expect(rulesOf(vxlan.parse(fromHex('00 000000 000001 00'), 0))).toEqual(['vxlan-vni-flag']);
  });
  test('the largest VNI comes back', () => {
    const parsed = vxlan.parse(vxlan.serialize(vxlan.vxlan(2 ** 24 - 1)), 0);
    expect(parsed.ok && parsed.value.header.vni).toBe(2 ** 24 - 1);
    expect(() => vxlan.serialize(vxlan.vxlan(2 ** 24))).toThrow('24 bits');
  });
});
