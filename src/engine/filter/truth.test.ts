/** What a filter must say by definition: of frames made from known values, and of `and`, `or`, `not` and a missing byte. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatIpv4, ipv4FromNumber } from '../addr/ipv4';
import { maskedBy } from '../addr/prefix';
import { compileFilter } from './compile';
import { parseFilter } from './parse';
import type { Frame } from './place';

function passes(text: string, frame: Frame): boolean {
  const parsed = parseFilter(text);
  if (!parsed.ok) throw new Error(`${text}: ${JSON.stringify(parsed.error)}`);
  return compileFilter(parsed.value)(frame);
}

/** An IPv4 packet with two ports in Ethernet, behind that many VLAN tags. */
interface Made {
  readonly src: number;
  readonly dst: number;
  readonly srcPort: number;
  readonly dstPort: number;
  readonly protocol: number;
  readonly ttl: number;
  readonly words: number; // of the IPv4 header
  readonly fragment: number; // offset, in units of 8 bytes
  readonly tags: readonly number[];
}

const port = fc.oneof(fc.integer({ min: 0, max: 0xffff }), fc.constantFrom(0, 53, 80, 8080, 0xffff));
const address = fc.oneof(
  fc.integer({ min: 0, max: 0xffff_ffff }),
  fc.constantFrom(0x0af40104, 0x0af40202, 0xffff_ffff),
);
const made: fc.Arbitrary<Made> = fc.record({
  src: address,
  dst: address,
  srcPort: port,
  dstPort: port,
  protocol: fc.constantFrom(1, 6, 17, 132, 89),
  ttl: fc.integer({ min: 0, max: 255 }),
  words: fc.integer({ min: 5, max: 15 }),
  fragment: fc.constantFrom(0, 0, 0, 1, 0x1fff),
  tags: fc.array(fc.integer({ min: 0, max: 0xfff }), { maxLength: 2 }),
});

function frameOf({ src, dst, srcPort, dstPort, protocol, ttl, words, fragment, tags }: Made): Frame {
  const ip = 14 + 4 * tags.length;
  const bytes = new Uint8Array(ip + 4 * words + 8);
  const view = new DataView(bytes.buffer);
  for (const [i, tag] of tags.entries()) view.setUint32(12 + 4 * i, 0x8100_0000 + tag);
  view.setUint16(ip - 2, 0x0800);
  view.setUint8(ip, 0x40 | words);
  view.setUint16(ip + 6, fragment);
  view.setUint8(ip + 8, ttl);
  view.setUint8(ip + 9, protocol);
  view.setUint32(ip + 12, src);
  view.setUint32(ip + 16, dst);
  view.setUint16(ip + 4 * words, srcPort);
  view.setUint16(ip + 4 * words + 2, dstPort);
  return { bytes, linkType: 1, originalLength: bytes.length };
}

test('a frame made from values passes by those values', () => {
  fc.assert(
    fc.property(made, address, port, fc.integer({ min: 0, max: 32 }), (values, host, wanted, len) => {
      const frame = frameOf(values);
      const { src, dst, srcPort, dstPort, protocol, ttl, fragment, tags } = values;
      const behind = 'vlan and '.repeat(tags.length);
      const hasPorts = [6, 17, 132].includes(protocol) && fragment === 0;
      const text = formatIpv4(ipv4FromNumber(host));
      const net = maskedBy(ipv4FromNumber(host), len);
      const inNet = (one: number) => maskedBy(ipv4FromNumber(one), len) === net;
      const truth: readonly (readonly [string, boolean])[] = [
        ['ip', true],
        ['ip6 or arp', false],
        ['tcp', protocol === 6],
        ['udp', protocol === 17],
        [`host ${text}`, src === host || dst === host],
        [`src and dst host ${text}`, src === host && dst === host],
        [`dst host ${formatIpv4(ipv4FromNumber(dst))}`, true],
        [`src net ${formatIpv4(net)}/${len}`, inNet(src)],
        [`net ${formatIpv4(net)}/${len}`, inNet(src) || inNet(dst)],
        [`port ${wanted}`, hasPorts && (srcPort === wanted || dstPort === wanted)],
        [`udp dst port ${dstPort}`, hasPorts && protocol === 17],
        [`src portrange ${wanted}-65535`, hasPorts && srcPort >= wanted],
        [`ttl < ${wanted & 0xff}`, ttl < (wanted & 0xff)],
        [`ip[12:4] = ${src}`, true],
        [`tcp[0:2] > ${wanted}`, protocol === 6 && fragment === 0 && srcPort > wanted],
        [`ip[6:2] & 0x1fff != 0`, fragment !== 0],
        [`ip multicast`, dst >= 0xe000_0000],
      ];
      for (const [expression, expected] of truth) {
        expect(passes(behind + expression, frame), behind + expression).toBe(expected);
        expect(passes(`${behind}not (${expression})`, frame), `not ${expression}`).toBe(!expected);
      }
      expect(passes('vlan', frame)).toBe(tags.length > 0);
      expect(passes(`vlan ${tags[0] ?? 0}`, frame)).toBe(tags.length > 0);
    }),
  );
});

/** A packet of IPv4 that was cut: `missing` asks for a byte behind the cut. */
const ATOMS = { true: 'ip', false: 'arp', missing: 'ip[2000] = 1' } as const;
type Tree = keyof typeof ATOMS | { readonly not: Tree } | { readonly join: 'and' | 'or'; readonly of: [Tree, Tree] };

const trees = fc.letrec<{ tree: Tree }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom('true' as const, 'false' as const, 'missing' as const),
    fc.record({ not: tie('tree') }),
    fc.record({ join: fc.constantFrom('and' as const, 'or' as const), of: fc.tuple(tie('tree'), tie('tree')) }),
  ),
})).tree;

const textOf = (tree: Tree): string => {
  if (typeof tree === 'string') return ATOMS[tree];
  return 'not' in tree ? `not (${textOf(tree.not)})` : `(${textOf(tree.of[0])} ${tree.join} ${textOf(tree.of[1])})`;
};

class Ended extends Error {}

/** A BPF program ends with 0, "does not pass", at the first load behind the end (libpcap 1.10.3, `bpf_filter.c`). */
function run(tree: Tree): boolean {
  if (tree === 'missing') throw new Ended();
  if (typeof tree === 'string') return tree === 'true';
  if ('not' in tree) return !run(tree.not);
  return tree.join === 'and' ? run(tree.of[0]) && run(tree.of[1]) : run(tree.of[0]) || run(tree.of[1]);
}

test('a missing byte ends a filter as it ends a BPF program', () => {
  const frame = frameOf({
    ...{ src: 1, dst: 2, srcPort: 3, dstPort: 4, protocol: 17, ttl: 64, words: 5, fragment: 0, tags: [] },
  });
  fc.assert(
    fc.property(trees, (tree) => {
      let expected = false;
      try {
        expected = run(tree);
      } catch (error) {
        if (!(error instanceof Ended)) throw error;
      }
      expect(passes(textOf(tree), frame), textOf(tree)).toBe(expected);
    }),
  );
});
