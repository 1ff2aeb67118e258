/** The standard tests of every protocol file: known bytes, every truncation, and writing back what was read. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromHex, hex } from '../base/bytes';
import * as ah from './ah';
import * as arp from './arp';
import * as ethernet from './ethernet';
import * as geneve from './geneve';
import * as gre from './gre';
import * as icmp from './icmp';
import * as icmpv6 from './icmpv6';
import * as ipv4 from './ipv4';
import * as ipv6 from './ipv6';
import { destination, hopByHop, routing } from './ipv6-extension';
import * as ipv6Fragment from './ipv6-fragment';
import * as loopback from './loopback';
import * as sll from './sll';
import * as sll2 from './sll2';
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
  {
    name: 'loopback',
    module: loopback,
    bytes: '02000000', // tcpdump tests/dns-badcookie.pcap
    fields: ['null.family=2'],
  },
  {
    name: 'loopback, the other byte order',
    module: loopback,
    bytes: '0000001c',
    fields: ['null.family=28'],
  },
  {
    name: 'sll',
    module: sll,
    bytes: '0004 0001 0006 06d8efe13828 0000 0800', // tcpdump tests/mptcp-aa-echo.pcap
    fields: ['sll.pkttype=4', 'sll.hatype=1', 'sll.halen=6', 'sll.src.eth=06:d8:ef:e1:38:28', 'sll.etype=0x0800'],
  },
  {
    name: 'sll2',
    module: sll2,
    bytes: '0806 0000 00000002 0001 04 06 5ec1b9a7b856 0000',
    fields: [
      'sll.etype=0x0806',
      'sll.ifindex=2',
      'sll.hatype=1',
      'sll.pkttype=4',
      'sll.halen=6',
      'sll.src.eth=5e:c1:b9:a7:b8:56',
    ],
  },
  {
    name: 'ipv6',
    module: ipv6,
    bytes: '60000000 0025 11 40 20010db8000000000000000000000001 262000fe000000000000000000000009', // tests/LINKTYPE_IPV6.pcap
    fields: [
      'ipv6.version=6',
      'ipv6.tclass=0x00',
      'ipv6.flow=0x00000',
      'ipv6.plen=37',
      'ipv6.nxt=17',
      'ipv6.hlim=64',
      'ipv6.src=2001:db8::1',
      'ipv6.dst=2620:fe::9',
    ],
    fixed: '6b',
  },
  {
    name: 'hop-by-hop options',
    module: hopByHop,
    bytes: '3a 00 0502 0000 0100', // router alert, RFC 2711
    fields: ['ipv6.hopopts.nxt=58', 'ipv6.hopopts.len=0'],
  },
  {
    name: 'destination options',
    module: destination,
    bytes: '06 01 0104 00000000 0106 000000000000',
    fields: ['ipv6.dstopts.nxt=6', 'ipv6.dstopts.len=1'],
    fixed: '06 01',
  },
  {
    name: 'routing header',
    module: routing,
    bytes: '3a 02 00 01 00000000 22000000000002100002000000000004', // tcpdump tests/ipv6-routing-header.pcap
    fields: ['ipv6.routing.nxt=58', 'ipv6.routing.len=2', 'ipv6.routing.type=0', 'ipv6.routing.segleft=1'],
    fixed: '3a 02',
  },
  {
    name: 'ipv6 fragment',
    module: ipv6Fragment,
    bytes: '11 00 05a9 0000002a',
    fields: [
      'ipv6.fraghdr.nxt=17',
      'ipv6.fraghdr.offset=1448',
      'ipv6.fraghdr.more=set',
      'ipv6.fraghdr.ident=0x0000002a',
    ],
  },
  {
    name: 'ah',
    module: ah,
    bytes: '59 04 0000 00000100 00000013 21d3a95c5ffd4d184622b9f8', // tcpdump tests/OSPFv3_with_AH.pcap
    fields: [
      'ah.next_header=89',
      'ah.length=24',
      'ah.spi=0x00000100',
      'ah.sequence=19',
      'ah.icv=21d3a95c5ffd4d184622b9f8',
    ],
  },
  {
    name: 'icmpv6',
    module: icmpv6,
    bytes: '80 00 d3ab 0000 0000', // tcpdump tests/ipv6-routing-header.pcap
    fields: [
      'icmpv6.type=128',
      'icmpv6.code=0',
      'icmpv6.checksum=0xd3ab',
      'icmpv6.echo.identifier=0x0000',
      'icmpv6.echo.sequence_number=0',
    ],
  },
  {
    name: 'geneve with an option',
    module: geneve,
    bytes: '01 40 6558 00000a 00 80010000',
    fields: [
      'geneve.version=0',
      'geneve.flags=0x40',
      'geneve.proto_type=0x6558',
      'geneve.vni=10',
      'geneve.options=80010000',
    ],
    fixed: '01',
  },
  {
    name: 'gre with everything',
    module: gre,
    bytes: 'b000 0800 12340000 0000002a 00000007',
    fields: [
      'gre.flags_and_version=0xb000',
      'gre.proto=0x0800',
      'gre.checksum=0x1234',
      'gre.key=0x0000002a',
      'gre.sequence_number=7',
    ],
    fixed: 'b000',
  },
  {
    name: 'gre of PPTP',
    module: gre,
    bytes: '3081 880b 00300000 00000001 00000002', // RFC 2637 section 4.1
    fields: [
      'gre.flags_and_version=0x3081',
      'gre.proto=0x880b',
      'gre.key.payload_length=48',
      'gre.key.call_id=0',
      'gre.sequence_number=1',
      'gre.ack_number=2',
    ],
    fixed: '3081',
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
