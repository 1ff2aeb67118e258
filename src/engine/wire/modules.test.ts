/** The standard tests of every protocol file: known bytes, every truncation, and writing back what was read. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromHex, hex } from '../base/bytes';
import * as arp from './arp';
import * as ethernet from './ethernet';
import * as icmp from './icmp';
import * as ipv4 from './ipv4';
import * as tcp from './tcp';
import type { WireModule } from './types';
import * as udp from './udp';
import * as vlan from './vlan';
import * as vxlan from './vxlan';

interface Case<H> {
  readonly name: string;
  readonly module: WireModule<H>;
  /** One header as captured, without payload. */
  readonly bytes: string;
  /** What the header says, as `name=text`. */
  readonly fields: readonly string[];
  /** Bytes that every readable header of this kind starts with. */
  readonly fixed?: string;
}

const CASES: readonly Case<never>[] = [
  {
    name: 'ethernet',
    module: ethernet,
    bytes: '000c29d70c82 000c29a45181 0800', // seed-ping, node1 ens33, frame 3
    fields: ['eth.dst=00:0c:29:d7:0c:82', 'eth.src=00:0c:29:a4:51:81', 'eth.type=0x0800'],
  },
  {
    name: 'vlan',
    module: vlan,
    bytes: 'b064 0806',
    fields: ['vlan.priority=5', 'vlan.dei=set', 'vlan.id=100', 'vlan.etype=0x0806'],
  },
  {
    name: 'arp',
    module: arp,
    bytes: '0001 0800 06 04 0001 7a0bd44cc568 0af40104 000000000000 0af40101', // seed-ping, pod1 eth0, frame 1
    fields: [
      'arp.hw.type=1',
      'arp.proto.type=0x0800',
      'arp.hw.size=6',
      'arp.proto.size=4',
      'arp.opcode=1',
      'arp.src.hw_mac=7a:0b:d4:4c:c5:68',
      'arp.src.proto_ipv4=10.244.1.4',
      'arp.dst.hw_mac=00:00:00:00:00:00',
      'arp.dst.proto_ipv4=10.244.1.1',
    ],
    fixed: '0001 0800 06 04',
  },
  {
    name: 'ipv4',
    module: ipv4,
    bytes: '45000054 4c484000 4001d573 0af40104 0af40202', // seed-ping, pod1 eth0, frame 4
    fields: [
      'ip.version=4',
      'ip.hdr_len=20',
      'ip.dsfield=0x00',
      'ip.len=84',
      'ip.id=0x4c48',
      'ip.flags.rb=not set',
      'ip.flags.df=set',
      'ip.flags.mf=not set',
      'ip.frag_offset=0',
      'ip.ttl=64',
      'ip.proto=1',
      'ip.checksum=0xd573',
      'ip.src=10.244.1.4',
      'ip.dst=10.244.2.2',
    ],
    fixed: '45',
  },
  {
    name: 'ipv4 with options',
    module: ipv4,
    bytes: '4600001c 00012000 01020000 0a000001 0a000002 94040000',
    fields: [
      'ip.version=4',
      'ip.hdr_len=24',
      'ip.dsfield=0x00',
      'ip.len=28',
      'ip.id=0x0001',
      'ip.flags.rb=not set',
      'ip.flags.df=not set',
      'ip.flags.mf=set',
      'ip.frag_offset=0',
      'ip.ttl=1',
      'ip.proto=2',
      'ip.checksum=0x0000',
      'ip.src=10.0.0.1',
      'ip.dst=10.0.0.2',
      'ip.options=94040000',
    ],
    fixed: '46',
  },
  {
    name: 'icmp',
    module: icmp,
    bytes: '0800 5ffe 0722 0001', // seed-ping, pod1 eth0, frame 4
    fields: ['icmp.type=8', 'icmp.code=0', 'icmp.checksum=0x5ffe', 'icmp.ident=0x0722', 'icmp.seq=1'],
  },
  {
    name: 'udp',
    module: udp,
    bytes: 'a0a4 0007 000d 1bf9',
    fields: ['udp.srcport=41124', 'udp.dstport=7', 'udp.length=13', 'udp.checksum=0x1bf9'],
  },
  {
    name: 'tcp',
    module: tcp,
    bytes: '82d6 1f90 5c9c1a2e 00000000 70 02 faf0 191c 0000 020405b4 0103030a',
    fields: [
      'tcp.srcport=33494',
      'tcp.dstport=8080',
      'tcp.seq=1553734190',
      'tcp.ack=0',
      'tcp.hdr_len=28',
      'tcp.flags=SYN',
      'tcp.window_size=64240',
      'tcp.checksum=0x191c',
      'tcp.urgent_pointer=0',
      'tcp.options=mss 1460,nop,wscale 10',
    ],
  },
  {
    name: 'vxlan',
    module: vxlan,
    bytes: '08 000000 000001 00',
    fields: ['vxlan.flags=0x08', 'vxlan.vni=1'],
  },
] as unknown as readonly Case<never>[];

const BEFORE = fromHex('a5a5a5'); // every header is read at an offset, inside a larger buffer

function framed(bytes: Uint8Array): Uint8Array {
  const out = new Uint8Array(BEFORE.length + bytes.length);
  out.set(BEFORE);
  out.set(bytes, BEFORE.length);
  return out;
}

describe.each(CASES)('$name', ({ module, bytes: text, fields, fixed }) => {
  const bytes = fromHex(text);
  const at = BEFORE.length;

  test('reads known bytes', () => {
    const parsed = module.parse(framed(bytes), at);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
    expect(parsed.value.payloadAt).toBe(at + bytes.length);
    expect(module.describe(parsed.value.header, at).map((field) => `${field.name}=${field.text}`)).toEqual(fields);
  });

  test('every field lies inside the header', () => {
    const parsed = module.parse(framed(bytes), at);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
    for (const field of module.describe(parsed.value.header, at)) {
      expect(field.length).toBeGreaterThan(0);
      expect(field.at).toBeGreaterThanOrEqual(at);
      expect(field.at + field.length).toBeLessThanOrEqual(at + bytes.length);
    }
  });

  test('says at every shorter length how much is there and how much is needed', () => {
    for (let length = 0; length < bytes.length; length += 1) {
      const parsed = module.parse(framed(bytes.subarray(0, length)), at);
      expect(parsed).toMatchObject({ ok: false, error: { kind: 'truncated', at, have: length } });
      if (!parsed.ok && parsed.error.kind === 'truncated') {
        expect(parsed.error.need).toBeGreaterThan(length);
        expect(parsed.error.need).toBeLessThanOrEqual(bytes.length);
      }
    }
  });

  test('writes back exactly the bytes it read, whatever they say', () => {
    const someBytes = fc.uint8Array({ minLength: bytes.length, maxLength: bytes.length + 60 });
    fc.assert(
      fc.property(someBytes, (random) => {
        if (fixed !== undefined) random.set(fromHex(fixed));
        const parsed = module.parse(framed(random), at);
        if (!parsed.ok) return;
        const payload = random.subarray(parsed.value.payloadAt - at);
        expect(hex(module.serialize(parsed.value.header, payload))).toBe(hex(random));
        expect(module.serialize(parsed.value.header)).toHaveLength(parsed.value.payloadAt - at);
      }),
      { numRuns: 300 },
    );
  });

  test('the edges of every field come back', () => {
    for (const fill of [0x00, 0x7f, 0x80, 0xff]) {
      const filled = new Uint8Array(bytes.length).fill(fill);
      if (fixed !== undefined) filled.set(fromHex(fixed));
      const parsed = module.parse(filled, 0);
      if (parsed.ok)
        expect(hex(module.serialize(parsed.value.header, filled.subarray(parsed.value.payloadAt)))).toBe(hex(filled));
    }
  });
});
