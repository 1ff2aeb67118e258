import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ipv4 as address } from '../addr/ipv4';
import { mac } from '../addr/mac';
import { concat, fromHex } from '../base/bytes';
import { FRAMES } from '../testing/frames';
import { decodeFrame, fieldsOf } from './decode';
import { LAYERS_MAX } from './decoding';
import { serializeFrame } from './frame';
import * as icmp from './icmp';
import type { Ipv4Header } from './ipv4';
import * as ipv4 from './ipv4';
import type { DecodedFrame, Layer } from './layers';
import * as tcp from './tcp';
import * as udp from './udp';
import * as vxlan from './vxlan';

/** seed-ping, pod1 eth0, frames 1 and 4 */
const ARP = fromHex('ffffffffffff 7a0bd44cc568 0806 0001080006040001 7a0bd44cc568 0af40104 000000000000 0af40101');
const PING = fromHex(`
  5ec1b9a7b856 7a0bd44cc568 0800 45000054 4c484000 4001d573 0af40104 0af40202 08005ffe 07220001
  129b026b00000000b2050b0000000000 101112131415161718191a1b1c1d1e1f 202122232425262728292a2b2c2d2e2f 3031323334353637
`);
const PING_PACKET = PING.subarray(14);

const [POD1, POD2] = [address('10.244.1.4'), address('10.244.2.2')];

const decode = (bytes: Uint8Array, originalLength = bytes.length, linkType = 1): DecodedFrame =>
  decodeFrame(bytes, { linkType, originalLength });

/** `ethernet ipv4 icmp quoted:ipv4 payload:data unreadable:truncated` */
const shape = (decoded: DecodedFrame): string => decoded.layers.map(layerText).join(' ');
function layerText(layer: Layer): string {
  const detail =
    layer.kind === 'payload' ? `:${layer.role}` : layer.kind === 'unreadable' ? `:${layer.reason.kind}` : '';
  return `${layer.quoted ? 'quoted:' : ''}${layer.kind}${detail}`;
}
const rules = (decoded: DecodedFrame): readonly string[] => decoded.issues.map((issue) => issue.rule);
const textOf = (decoded: DecodedFrame, name: string): readonly string[] =>
  fieldsOf(decoded).flatMap((field) => (field.name === name ? [field.text] : []));

function packet(protocol: number, payload: Uint8Array, changes: Partial<Ipv4Header> = {}): Uint8Array {
  const header: Ipv4Header = {
    dscpEcn: 0,
    totalLength: 20 + payload.length,
    id: 1,
    reservedFlag: false,
    df: false,
    mf: false,
    fragmentOffset: 0,
    ttl: 64,
    protocol,
    checksum: 0,
    src: POD1,
    dst: POD2,
    options: new Uint8Array(0),
    ...changes,
  };
  return ipv4.serialize(ipv4.withChecksum(header), payload);
}

const framed = (packetBytes: Uint8Array): Uint8Array =>
  serializeFrame({
    dst: mac('5e:c1:b9:a7:b8:56'),
    src: mac('7a:0b:d4:4c:c5:68'),
    body: { kind: 'other', etherType: 0x0800, bytes: packetBytes },
  });

function udpDatagram(dstPort: number, data: Uint8Array): Uint8Array {
  const header = udp.withChecksum({ srcPort: 40_000, dstPort, length: 0, checksum: 0 }, data, POD1, POD2);
  return udp.serialize(header, data);
}

const SYN: tcp.Tcp = {
  srcPort: 33_494,
  dstPort: 8080,
  seq: 1,
  ack: 0,
  reserved: 0,
  flags: tcp.TCP_FLAG.syn,
  window: 64_240,
  checksum: 0,
  urgentPointer: 0,
  options: new Uint8Array(0),
};

const icmpError = (quote: Uint8Array): Uint8Array =>
  framed(packet(1, icmp.serialize(icmp.withChecksum(icmp.error(11, 0), quote), quote)));

describe('decodeFrame', () => {
  test('reads an ARP request', () => {
    const decoded = decode(ARP);
    expect(shape(decoded)).toBe('ethernet arp');
    expect(rules(decoded)).toEqual([]);
    expect(textOf(decoded, 'arp.dst.proto_ipv4')).toEqual(['10.244.1.1']);
  });
  test('reads an echo request, with the place of every header', () => {
    const decoded = decode(PING);
    expect(shape(decoded)).toBe('ethernet ipv4 icmp payload:data');
    expect(rules(decoded)).toEqual([]);
    expect(decoded.layers.map(({ at, length }) => [at, length])).toEqual([
      [0, 14],
      [14, 20],
      [34, 8],
      [42, 56],
    ]);
    expect(textOf(decoded, 'ip.checksum')).toEqual(['0xd573']);
  });
  test('calls bytes after the end of the packet padding', () => {
    expect(shape(decode(concat(ARP, new Uint8Array(18))))).toBe('ethernet arp payload:padding');
    const decoded = decode(concat(PING, fromHex('0000')));
    expect(shape(decoded)).toBe('ethernet ipv4 icmp payload:data payload:padding');
    expect(rules(decoded)).toEqual([]);
  });
  test('reads through a VLAN tag', () => {
    const tagged = concat(PING.subarray(0, 12), fromHex('8100 2064 0800'), PING_PACKET);
    const decoded = decode(tagged);
    expect(shape(decoded)).toBe('ethernet vlan ipv4 icmp payload:data');
    expect(textOf(decoded, 'vlan.id')).toEqual(['100']);
  });
  test.each([
    ['88cc', 'ethernet payload:unknown'],
    ['0054', 'ethernet payload:unknown'],
    ['0026', 'ethernet payload:unknown payload:padding'],
    ['0000', 'ethernet payload:padding'],
  ])('keeps what a type or length of %s carries as bytes', (type, expected) => {
    expect(shape(decode(concat(PING.subarray(0, 12), fromHex(type), PING_PACKET)))).toBe(expected);
  });
  test('keeps what an IP protocol it does not read carries', () => {
    expect(shape(decode(framed(packet(89, fromHex('0201')))))).toBe('ethernet ipv4 payload:unknown');
  });
  test('reads IP in IP', () => {
    const decoded = decode(framed(packet(4, PING_PACKET)));
    expect(shape(decoded)).toBe('ethernet ipv4 ipv4 icmp payload:data');
    expect(rules(decoded)).toEqual([]);
    expect(textOf(decoded, 'ip.ttl')).toEqual(['64', '64']);
  });
  test.each([4789, 8472])('reads a frame inside VXLAN on port %i', (port) => {
    const decoded = decode(framed(packet(17, udpDatagram(port, vxlan.serialize(vxlan.vxlan(1), PING)))));
    expect(shape(decoded)).toBe('ethernet ipv4 udp vxlan ethernet ipv4 icmp payload:data');
    expect(rules(decoded)).toEqual([]);
  });
  test('names a link type it does not read and keeps the bytes', () => {
    const decoded = decode(PING, PING.length, 127);
    expect(decoded.layers).toMatchObject([
      { kind: 'unreadable', expected: null, reason: { kind: 'link-type', linkType: 127 }, at: 0, length: 98 },
    ]);
  });
  test.each([12, 14, 101, 228])('reads a packet without a link-layer header, link type %i', (linkType) => {
    const decoded = decode(PING_PACKET, PING_PACKET.length, linkType);
    expect(shape(decoded)).toBe('ipv4 icmp payload:data');
    expect(rules(decoded)).toEqual([]);
  });
  test('shows the fields of a cut header that are wholly there', () => {
    const segment = tcp.serialize({ ...SYN, seq: 7, options: fromHex('020405b4 0103030a') });
    const cut = framed(packet(6, segment)).subarray(0, 14 + 20 + 24);
    const decoded = decode(cut, 14 + 20 + 28);
    expect(shape(decoded)).toBe('ethernet ipv4 unreadable:truncated');
    expect(textOf(decoded, 'tcp.dstport')).toEqual(['8080']);
    expect(textOf(decoded, 'tcp.hdr_len')).toEqual(['28']);
    expect(textOf(decoded, 'tcp.options')).toEqual([]);
  });
  test.each([20, 16])('shows the fields before a header length that cannot be, of %i bytes', (bytes) => {
    const segment = tcp.serialize({ ...SYN, seq: 7, ack: 9 }).subarray(0, bytes);
    segment[12] = 0x20;
    const decoded = decode(framed(packet(6, segment)));
    expect(decoded.layers[2]).toMatchObject({ kind: 'unreadable', expected: 'tcp', length: bytes });
    const names = ['tcp.srcport', 'tcp.dstport', 'tcp.seq', 'tcp.ack'];
    expect(decoded.layers[2]?.fields.map(({ name }) => name)).toEqual(names);
    expect(names.flatMap((name) => textOf(decoded, name))).toEqual(['33494', '8080', '7', '9']);
  });
  test('of a TCP segment that an ICMP error quotes with eight bytes, ports and number are there', () => {
    const quote = packet(6, tcp.serialize({ ...SYN, seq: 7 })).subarray(0, 28);
    const decoded = decode(icmpError(quote));
    expect(textOf(decoded, 'quoted.tcp.srcport')).toEqual(['33494']);
    expect(textOf(decoded, 'quoted.tcp.seq')).toEqual(['7']);
    expect(textOf(decoded, 'quoted.tcp.ack')).toEqual([]);
  });
  test('reads a frame of no bytes as a missing header', () => {
    const decoded = decode(new Uint8Array(0));
    expect(decoded.layers).toMatchObject([{ expected: 'ethernet', reason: { kind: 'truncated', need: 14, have: 0 } }]);
    expect(rules(decoded)).toEqual(['header-cut']);
  });
});

describe('decodeFrame, ICMP errors', () => {
  test('reads the packet that the error quotes, marked as quoted', () => {
    const decoded = decode(icmpError(PING_PACKET));
    expect(shape(decoded)).toBe('ethernet ipv4 icmp quoted:ipv4 quoted:icmp quoted:payload:data');
    expect(rules(decoded)).toEqual([]);
    expect(textOf(decoded, 'quoted.ip.id')).toEqual(['0x4c48']);
    expect(textOf(decoded, 'ip.id')).toEqual(['0x0001']);
  });
  test('a quote cut after eight bytes is no issue', () => {
    const decoded = decode(icmpError(PING_PACKET.subarray(0, 28)));
    expect(shape(decoded)).toBe('ethernet ipv4 icmp quoted:ipv4 quoted:icmp');
    expect(rules(decoded)).toEqual([]);
  });
  test('a quote whose headers are cut or wrong is shown, not judged', () => {
    const wrong = PING_PACKET.slice();
    wrong.set(fromHex('0000'), 10);
    for (const quote of [wrong, wrong.subarray(0, 12), fromHex('65'), fromHex('41')]) {
      expect(rules(decode(icmpError(quote)))).toEqual([]);
    }
    expect(shape(decode(icmpError(wrong.subarray(0, 12))))).toBe('ethernet ipv4 icmp quoted:unreadable:truncated');
  });
  test('an error without a quote has no further layer', () => {
    expect(shape(decode(icmpError(new Uint8Array(0))))).toBe('ethernet ipv4 icmp');
  });
});

describe('decodeFrame, checksums', () => {
  test.each([
    [24, 'ipv4-checksum', { stored: '0x0573', computed: '0xd573' }],
    [36, 'icmp-checksum', { stored: '0x0ffe', computed: '0x5ffe' }],
  ])('a wrong byte at %i breaks %s, and the right value is told', (at, rule, values) => {
    const bytes = PING.slice();
    bytes[at] = (bytes[at] ?? 0) & 0x0f;
    expect(decode(bytes).issues).toMatchObject([{ rule, at, length: 2, values }]);
  });
  test('a right TCP checksum is no issue', () => {
    const segment = tcp.serialize(tcp.withChecksum(SYN, fromHex('61'), POD1, POD2), fromHex('61'));
    expect(rules(decode(framed(packet(6, segment))))).toEqual([]);
  });
  test('a TCP checksum of 0xffff in the place of zero is right: both are zero in ones’ complement', () => {
    // A window that takes up what the checksum was makes it zero (RFC 1071 section 2).
    const { checksum } = tcp.withChecksum({ ...SYN, window: 0 }, new Uint8Array(0), POD1, POD2);
    const header = { ...SYN, window: checksum };
    expect(tcp.withChecksum(header, new Uint8Array(0), POD1, POD2).checksum).toBe(0);
    const decoded = decode(framed(packet(6, tcp.serialize({ ...header, checksum: 0xffff }))));
    expect(rules(decoded)).toEqual([]);
  });
  test('a wrong TCP checksum is told beside the right one', () => {
    const right = tcp.withChecksum(SYN, new Uint8Array(0), POD1, POD2).checksum;
    const decoded = decode(framed(packet(6, tcp.serialize({ ...SYN, checksum: 0x1234 }))));
    expect(decoded.issues).toMatchObject([
      {
        rule: 'tcp-checksum',
        at: 50,
        values: { stored: '0x1234', computed: `0x${right.toString(16).padStart(4, '0')}` },
      },
    ]);
  });
  test('the bare sum of the pseudo-header is called offloaded, not wrong', () => {
    const options = new Uint8Array(20).fill(1); // 40 bytes of header, as in a Linux SYN
    const decoded = decode(framed(packet(6, tcp.serialize({ ...SYN, options, checksum: 0x191c }))));
    expect(rules(decoded)).toEqual(['checksum-offloaded']);
  });
  test('a UDP checksum of zero is absent, another wrong one is an issue', () => {
    const bytes = udpDatagram(7, fromHex('6869'));
    bytes.set(fromHex('0000'), 6);
    expect(rules(decode(framed(packet(17, bytes))))).toEqual([]);
    bytes.set(fromHex('0001'), 6);
    expect(rules(decode(framed(packet(17, bytes))))).toEqual(['udp-checksum']);
  });
});

describe('decodeFrame, lengths', () => {
  test('reads the first fragment up to its end and keeps later ones as bytes', () => {
    const data = new Uint8Array(1376).fill(0x61);
    const first = packet(17, udpDatagram(7, data).subarray(0, 1376), { mf: true });
    const later = packet(17, new Uint8Array(8), { fragmentOffset: 1376 });
    expect(shape(decode(framed(first)))).toBe('ethernet ipv4 udp payload:fragment');
    expect(shape(decode(framed(later)))).toBe('ethernet ipv4 payload:fragment');
    expect([...rules(decode(framed(first))), ...rules(decode(framed(later)))]).toEqual([]);
  });
  test('a capture cut by its snap length is not blamed on the packet', () => {
    const decoded = decode(PING.subarray(0, 60), PING.length);
    expect(decoded.truncated).toBe(true);
    expect(shape(decoded)).toBe('ethernet ipv4 icmp payload:data');
    expect(rules(decoded)).toEqual([]);
  });
  test('a packet whose total length exceeds its frame is named', () => {
    const decoded = decode(PING.subarray(0, 60));
    expect(decoded.issues).toMatchObject([
      { rule: 'ipv4-total-length', at: 16, length: 2, values: { value: 84, have: 46 } },
    ]);
  });
  test.each([
    [7, ['udp-length']],
    [200, ['udp-length']],
  ])('a UDP length of %i in a datagram of 10 bytes is named', (length, expected) => {
    const bytes = udpDatagram(7, fromHex('6869'));
    new DataView(bytes.buffer).setUint16(4, length);
    expect(rules(decode(framed(packet(17, bytes))))).toEqual(expected);
  });
  test('bytes after the UDP length are padding', () => {
    const decoded = decode(framed(packet(17, concat(udpDatagram(7, fromHex('6869')), fromHex('0000')))));
    expect(shape(decoded)).toBe('ethernet ipv4 udp payload:data payload:padding');
    expect(rules(decoded)).toEqual([]);
  });
  test('a total length of zero leaves the rest of the frame readable, but not judged', () => {
    const segment = tcp.serialize({ ...SYN, checksum: 0x1234 }, fromHex('6869'));
    const decoded = decode(framed(packet(6, segment, { totalLength: 0 })));
    expect(shape(decoded)).toBe('ethernet ipv4 tcp payload:data');
    expect(rules(decoded)).toEqual(['ipv4-total-length-zero']);
  });
  test('headers that nest without end stop at a limit', () => {
    let bytes = PING_PACKET;
    for (let i = 0; i < 100; i += 1) bytes = packet(4, bytes);
    const decoded = decode(framed(bytes));
    expect(decoded.layers).toHaveLength(LAYERS_MAX + 1);
    expect(decoded.layers.at(-1)).toMatchObject({ kind: 'unreadable', reason: { kind: 'too-deep' } });
  });
});

const LINK_TYPES = [0, 1, 12, 14, 101, 108, 113, 228, 229, 276];

const WHOLE: readonly Uint8Array[] = [
  ...Object.values(FRAMES).map(({ bytes }) => bytes),
  ARP,
  PING,
  icmpError(PING_PACKET),
  framed(packet(6, tcp.serialize({ ...SYN, options: fromHex('020405b4') }, fromHex('6162')))),
  framed(packet(17, udpDatagram(4789, vxlan.serialize(vxlan.vxlan(1), PING)))),
];

/** Layers follow each other without gap or overlap and end where the bytes end. */
function expectCovered(decoded: DecodedFrame): void {
  let at = 0;
  const outside: string[] = [];
  for (const layer of decoded.layers) {
    if (layer.at !== at) outside.push(`${layer.kind} at ${layer.at}, not at ${at}`);
    at += layer.length;
    for (const field of layer.fields) {
      if (field.at < layer.at || field.at + field.length > at) outside.push(`${field.name} outside ${layer.kind}`);
    }
  }
  if (at !== decoded.bytes.length) outside.push(`ends at ${at}, not at ${decoded.bytes.length}`);
  if (outside.length > 0) expect(outside).toEqual([]);
}

describe('decodeFrame, any bytes', () => {
  test('every shorter capture of a frame is read without an issue, and covered by layers', () => {
    for (const whole of WHOLE) {
      for (let length = 0; length <= whole.length; length += 1) {
        const decoded = decode(whole.subarray(0, length), whole.length);
        expectCovered(decoded);
        if (length < whole.length) expect(rules(decoded)).toEqual([]);
      }
    }
  });
  test('every shorter frame is read and covered by layers', () => {
    for (const whole of WHOLE) {
      for (let length = 0; length <= whole.length; length += 1) expectCovered(decode(whole.subarray(0, length)));
    }
  });
  test('random bytes, and real frames with random changes, never throw', () => {
    const changes = fc.array(fc.tuple(fc.nat(160), fc.nat(255)), { maxLength: 8 });
    fc.assert(
      fc.property(fc.constantFrom(...WHOLE), changes, fc.uint8Array(), fc.nat(2000), (whole, edits, tail, length) => {
        const bytes = concat(whole, tail);
        for (const [at, value] of edits) if (at < bytes.length) bytes[at] = value;
        expectCovered(decode(bytes, length));
      }),
      { numRuns: 1000 },
    );
    for (const { linkType, bytes: whole } of Object.values(FRAMES)) {
      fc.assert(
        fc.property(changes, fc.uint8Array(), fc.nat(2000), (edits, tail, length) => {
          const bytes = concat(whole, tail);
          for (const [at, value] of edits) if (at < bytes.length) bytes[at] = value;
          expectCovered(decode(bytes, length, linkType));
        }),
        { numRuns: 1000 },
      );
    }
    const anyType = fc.oneof(fc.constantFrom(...LINK_TYPES), fc.nat(300));
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), anyType, (bytes, type) =>
        expectCovered(decode(bytes, bytes.length, type)),
      ),
      { numRuns: 1000 },
    );
  }, 30_000);
});
