/** Whole frames that others recorded, one of each kind that this project's own captures lack. */
import { describe, expect, test } from 'vitest';
import { ipv4 as address } from '../addr/ipv4';
import { concat, fromHex } from '../base/bytes';
import { FRAMES, type KnownFrame } from '../testing/frames';
import { checksum } from './checksum';
import { decodeFrame, fieldsOf } from './decode';
import * as gre from './gre';
import * as ipv4 from './ipv4';
import type { DecodedFrame, Layer } from './layers';

const decode = ({ bytes, linkType }: KnownFrame): DecodedFrame =>
  decodeFrame(bytes, { linkType, originalLength: bytes.length });
const raw = (bytes: Uint8Array): DecodedFrame => decode({ bytes, linkType: 101 });

const shape = ({ layers }: DecodedFrame): string => layers.map(layerText).join(' ');
const layerText = (layer: Layer): string => {
  const detail =
    layer.kind === 'payload' ? `:${layer.role}` : layer.kind === 'unreadable' ? `:${layer.reason.kind}` : '';
  return `${layer.quoted ? 'quoted:' : ''}${layer.kind}${detail}`;
};
const textOf = (decoded: DecodedFrame, name: string): readonly string[] =>
  fieldsOf(decoded).flatMap((field) => (field.name === name ? [field.text] : []));
const checksumOf = ({ layers }: DecodedFrame, kind: Layer['kind']) =>
  layers.flatMap((layer) => (layer.kind === kind && 'checksum' in layer ? [layer.checksum] : []));
const rules = ({ issues }: DecodedFrame): readonly string[] => issues.map(({ rule }) => rule);

describe('frames of other captures', () => {
  test.each([
    ['solicitation', 'ethernet ipv6 icmpv6 neighbour-discovery'],
    ['advertisement', 'ethernet ipv6 icmpv6 neighbour-discovery'],
    ['routed', 'ethernet ipv6 ipv6-routing icmpv6'],
    ['authenticated', 'ethernet ipv6 ah payload:unknown'],
    ['stacked', 'ethernet vlan vlan arp payload:padding'],
    ['geneve', 'ethernet ipv4 udp geneve ethernet ipv4 icmp payload:data'],
    ['cooked', 'sll ipv4 tcp'],
    ['loopback', 'loopback ipv4 udp payload:data'],
    ['rawV6', 'ipv6 udp payload:data'],
  ] as const)('%s is read as %s', (name, layers) => expect(shape(decode(FRAMES[name]))).toBe(layers));

  test('the target of a solicitation and what a router advertises', () => {
    expect(textOf(decode(FRAMES.solicitation), 'icmpv6.nd.ns.target_address')).toEqual(['fe80::546f:f7ff:fee1:f']);
    const router = decode(FRAMES.advertisement);
    expect(textOf(router, 'icmpv6.nd.ra.cur_hop_limit')).toEqual(['64']);
    expect(textOf(router, 'icmpv6.opt.prefix')).toEqual(['2222:3333:4444:5555:6600::/72']);
    expect(textOf(router, 'icmpv6.opt.src_linkaddr')).toEqual(['b0:99:28:c8:d6:6c']);
    expect(textOf(router, 'icmpv6.opt.mtu')).toEqual(['100']);
  });

  test('ICMPv6 checksums are judged, with a routing header over the last address', () => {
    for (const name of ['solicitation', 'advertisement', 'routed'] as const) {
      expect(checksumOf(decode(FRAMES[name]), 'icmpv6')).toEqual(['good']);
      const { bytes, linkType } = FRAMES[name];
      const wrong = bytes.slice();
      wrong[wrong.length - 1] = (wrong.at(-1) ?? 0) ^ 1;
      expect(rules(decode({ bytes: wrong, linkType }))).toEqual(['icmpv6-checksum']);
    }
  });

  test('a UDP checksum over IPv6 is good, bad, and must not be zero', () => {
    const { bytes, linkType } = FRAMES.rawV6;
    expect(checksumOf(decode({ bytes, linkType }), 'udp')).toEqual(['good']);
    const [wrong, zero] = [bytes.slice(), bytes.slice()];
    wrong.set([0x12, 0x34], 46);
    zero.set([0, 0], 46);
    expect(rules(decode({ bytes: wrong, linkType }))).toEqual(['udp-checksum']);
    expect(rules(decode({ bytes: zero, linkType }))).toEqual(['udp-checksum-zero']);
  });

  test('the loopback header is read in either byte order', () => {
    const swapped = FRAMES.loopback.bytes.slice();
    swapped.set([0, 0, 0, 2]);
    expect(shape(decode({ bytes: swapped, linkType: 0 }))).toBe('loopback ipv4 udp payload:data');
    expect(shape(decode({ bytes: swapped, linkType: 108 }))).toBe('loopback ipv4 udp payload:data');
  });

  test('a cooked frame that is no EtherType is not misread', () => {
    const { bytes } = FRAMES.cooked;
    const novell = concat(bytes.subarray(0, 14), fromHex('0001'), bytes.subarray(16));
    expect(shape(decode({ bytes: novell, linkType: 113 }))).toBe('sll payload:unknown');
    const netlink = concat(fromHex('0004 0338'), bytes.subarray(4));
    expect(shape(decode({ bytes: netlink, linkType: 113 }))).toBe('sll payload:unknown');
  });
});

const INNER = FRAMES.rawV6.bytes;
const OUTER: ipv4.Ipv4Header = {
  dscpEcn: 0,
  totalLength: 0,
  id: 1,
  reservedFlag: false,
  df: true,
  mf: false,
  fragmentOffset: 0,
  ttl: 64,
  protocol: ipv4.PROTOCOL.gre,
  checksum: 0,
  src: address('192.168.0.81'),
  dst: address('192.168.0.82'),
  options: new Uint8Array(0),
};
const carried = (protocol: number, payload: Uint8Array): Uint8Array =>
  ipv4.serialize(ipv4.withChecksum({ ...OUTER, protocol, totalLength: 20 + payload.length }), payload);

describe('tunnels', () => {
  test('IPv6 inside IPv4', () => {
    expect(shape(raw(carried(41, INNER)))).toBe('ipv4 ipv6 udp payload:data');
  });

  test('GRE with key and sequence number', () => {
    const decoded = raw(carried(47, concat(fromHex('3000 86dd 0000002a 00000001'), INNER)));
    expect(shape(decoded)).toBe('ipv4 gre ipv6 udp payload:data');
    expect(textOf(decoded, 'gre.key')).toEqual(['0x0000002a']);
    expect([...checksumOf(decoded, 'gre'), ...rules(decoded)]).toEqual(['absent']);
  });

  test('a GRE checksum covers header and payload', () => {
    const bare = { flags: 0x8000, protocol: 0x86dd, checksum: 0, reserved: 0, key: null, sequence: null } as const;
    const header = { ...bare, acknowledgment: null };
    const right = { ...header, checksum: checksum(gre.serialize(header, INNER)) };
    expect(checksumOf(raw(carried(47, gre.serialize(right, INNER))), 'gre')).toEqual(['good']);
    expect(rules(raw(carried(47, gre.serialize(header, INNER))))).toEqual(['gre-checksum']);
  });

  test('an Ethernet frame inside GRE', () => {
    const decoded = raw(carried(47, concat(fromHex('0000 6558'), FRAMES.stacked.bytes)));
    expect(shape(decoded)).toBe('ipv4 gre ethernet vlan vlan arp payload:padding');
  });

  test.each([
    ['0002 0800', 'gre-version'],
    ['4000 0800', 'gre-routing'],
  ])('GRE that begins with %s is named', (start, rule) => {
    const decoded = raw(carried(47, concat(fromHex(start), INNER)));
    expect([shape(decoded), ...rules(decoded)]).toEqual(['ipv4 unreadable:malformed', rule]);
  });
});

describe('IPv6 headers', () => {
  const V6 = INNER.subarray(0, 40);
  const packet = (nextHeader: number, payload: Uint8Array, length = payload.length): Uint8Array => {
    const bytes = concat(V6, payload);
    bytes.set([length >>> 8, length & 0xff, nextHeader], 4);
    return bytes;
  };
  const OPTIONS = fromHex('11 00 0104 00000000');

  test('options are skipped, and a UDP datagram behind them is judged', () => {
    const decoded = raw(packet(0, concat(fromHex('3c 00 0104 00000000'), OPTIONS, INNER.subarray(40))));
    expect(shape(decoded)).toBe('ipv6 ipv6-hop-by-hop ipv6-destination udp payload:data');
    expect(checksumOf(decoded, 'udp')).toEqual(['good']);
  });

  test('of a fragment the first is read and not judged, a later one kept', () => {
    const first = raw(packet(44, concat(fromHex('11 00 0001 0000002a'), INNER.subarray(40))));
    expect(shape(first)).toBe('ipv6 ipv6-fragment udp payload:fragment');
    expect([...checksumOf(first, 'udp'), ...rules(first)]).toEqual(['unverified']);
    expect(shape(raw(packet(44, fromHex('11 00 0048 0000002a 61626364'))))).toBe('ipv6 ipv6-fragment payload:fragment');
  });

  test('a jumbo payload option gives the length, RFC 2675', () => {
    const jumbo = concat(fromHex('11 00 c204 0000002d'), INNER.subarray(40));
    const decoded = raw(packet(0, jumbo, 0));
    expect(shape(decoded)).toBe('ipv6 ipv6-hop-by-hop udp payload:data');
    expect(checksumOf(decoded, 'udp')).toEqual(['good']);
  });

  test('an error quotes the packet it is about', () => {
    const error = concat(fromHex('02 00 0000 00000500'), INNER);
    const decoded = raw(packet(58, error));
    expect(shape(decoded)).toBe('ipv6 icmpv6 quoted:ipv6 quoted:udp quoted:payload:data');
    expect(textOf(decoded, 'icmpv6.mtu')).toEqual(['1280']);
    expect(textOf(decoded, 'quoted.ipv6.dst')).toEqual(['2620:fe::9']);
    expect(rules(decoded)).toEqual(['icmpv6-checksum']);
  });

  test('bytes behind the payload are padding, a payload beyond the frame is named', () => {
    expect(shape(raw(concat(INNER, fromHex('0000'))))).toBe('ipv6 udp payload:data payload:padding');
    expect(rules(raw(packet(17, INNER.subarray(40), 100)))).toEqual(['ipv6-payload-length']);
  });

  test('no next header: nothing is read behind it', () => {
    expect(shape(raw(packet(59, fromHex('00'))))).toBe('ipv6 payload:unknown');
  });
});
