import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { openCapture } from '../capture/open';
import { FRAMES, type KnownFrame } from '../testing/frames';
import { compileFilter } from './compile';
import { parseFilter } from './parse';
import type { Frame } from './place';
import type { Filter } from './types';

const SAMPLES = fileURLToPath(new URL('../../../public/samples/article-ping', import.meta.url));

const filter = (text: string): Filter => {
  const parsed = parseFilter(text);
  if (!parsed.ok) throw new Error(`${text}: ${JSON.stringify(parsed.error)}`);
  return parsed.value;
};
const errorOf = (text: string) => {
  const parsed = parseFilter(text);
  return parsed.ok ? null : parsed.error;
};
const matches = (filtered: Filter, frame: Frame, point?: string): boolean => compileFilter(filtered)(frame, point);
const whole = ({ bytes, linkType }: KnownFrame): Frame => ({ bytes, linkType, originalLength: bytes.length });

function sample(name: string): readonly Frame[] {
  const opened = openCapture(new Uint8Array(readFileSync(join(SAMPLES, name))));
  if (!opened.ok) throw new Error(name);
  return opened.value.packets;
}

/** As `tcpdump -r FILE -w - EXPR` 4.99.3 counts them. */
const COUNTS = [
  ['icmp', 2, 2],
  ['arp', 5, 4],
  ['ip', 2, 2],
  ['not arp', 2, 2],
  ['host 10.244.2.2', 2, 2],
  ['src host 10.244.1.4', 4, 1],
  ['dst host 10.244.1.4', 3, 1],
  ['src 10.244.1.4 and dst 10.244.2.2', 1, 1],
  ['src or dst host 10.244.1.1', 5, 0],
  ['arp host 10.244.1.1', 5, 0],
  ['ip host 10.244.1.4', 2, 2],
  ['host 10.244.1.4 and icmp', 2, 2],
  ['host 10.244.1.4 or 10.244.2.2', 7, 2],
  ['host 10.244.1.4 and not 10.244.2.2', 5, 0],
  ['net 10.244.0.0/16', 7, 2],
  ['src net 10.244.1.0/24', 6, 1],
  ['net 192.168.0.0 mask 255.255.255.0', 0, 4],
  ['net 10', 7, 2],
  ['ether host 00:0c:29:a4:51:81', 0, 6],
  ['ether src 00:0c:29:d7:0c:82', 0, 3],
  ['ether dst ff:ff:ff:ff:ff:ff', 2, 1],
  ['ip proto \\icmp', 2, 2],
  ['ether proto 0x0806', 5, 4],
  ['less 60', 5, 4],
  ['icmp[icmptype] == icmp-echo', 1, 1],
  ['ip[8] < 63', 1, 0],
  ['(ip[8] = 63) or (ip[8] & 1 = 0 and not icmp)', 0, 2],
  ['arp[6:2] = 2', 2, 2],
  ['ether[0] & 1 = 1', 2, 1],
  ['broadcast', 2, 1],
  ['multicast', 2, 1],
  ['arp or icmp and host 10.244.1.4', 7, 2],
  ['(arp or icmp) and (host 10.244.1.4 || host 192.168.0.81)', 7, 6],
  ['! (arp && ether broadcast) and not (tcp or udp)', 5, 5],
] as const;

describe('the samples', () => {
  const frames = { pod1: sample('pod1.cap'), node1: sample('node1.cap') };
  test.each(COUNTS)('%s', (text, pod1, node1) => {
    const passes = compileFilter(filter(text));
    const count = (list: readonly Frame[]) => list.filter((frame) => passes(frame)).length;
    expect([count(frames.pod1), count(frames.node1)]).toEqual([pod1, node1]);
  });
});

describe('words of our own', () => {
  const [ping] = sample('node1.cap').filter((frame) => matches(filter('icmp[icmptype] = icmp-echo'), frame));
  if (ping === undefined) throw new Error('no ping');
  test.each([
    ['ttl 63', true],
    ['ttl < 63', false],
    ['ttl <= 63 and ttl > 62', true],
    ['id 0', false],
    ['id != 0', true],
    ['point node1', true],
    ['point node1-cni0', false],
    ['not point pod1 and icmp', true],
  ])('%s', (text, expected) => expect(matches(filter(text), ping, 'node1')).toBe(expected));

  test('IPv6 has a hop limit and no id', () => {
    expect(matches(filter('ttl 64'), whole(FRAMES.rawV6))).toBe(true);
    expect(matches(filter('id 0'), whole(FRAMES.rawV6))).toBe(false);
  });
});

describe('tags and tunnels', () => {
  const { stacked, geneve } = FRAMES;
  test.each([
    ['arp', stacked, false],
    ['vlan', stacked, true],
    ['vlan 200', stacked, true],
    ['vlan 2001', stacked, false],
    ['vlan and arp', stacked, false],
    ['vlan and vlan and arp', stacked, true],
    ['vlan 200 and vlan 2001 and host 172.21.79.97', stacked, true],
    ['host 30.0.0.1', geneve, false],
    ['host 20.0.0.1', geneve, true],
    ['geneve and host 30.0.0.1', geneve, true],
    ['geneve 10 and icmp', geneve, true],
    ['geneve 11', geneve, false],
    ['vxlan', geneve, false],
  ] as const)('%s', (text, frame, expected) => expect(matches(filter(text), whole(frame))).toBe(expected));
});

test('a byte that the capture cut off lets the packet fail, even behind not', () => {
  const { bytes, linkType } = FRAMES.geneve;
  const cut = { bytes: bytes.subarray(0, 30), linkType, originalLength: bytes.length };
  expect(matches(filter('ip'), cut)).toBe(true);
  expect(matches(filter('dst host 10.0.0.1'), cut)).toBe(false);
  expect(matches(filter('not dst host 10.0.0.1'), cut)).toBe(false);
});

test('values without words take those before them, and `and` binds as `or` does', () => {
  expect(filter('host 10.0.0.1 or 10.0.0.2')).toEqual(filter('host 10.0.0.1 or host 10.0.0.2'));
  expect(filter('tcp port 80 or 443')).toEqual(filter('tcp port 80 or tcp port 443'));
  expect(filter('src host (10.0.0.1 or 10.0.0.2)')).toEqual(filter('src host 10.0.0.1 or src host 10.0.0.2'));
  expect(filter('10.0.0.1')).toEqual(filter('host 10.0.0.1'));
  expect(filter('arp or icmp and ip')).toEqual(filter('(arp || icmp) && ip'));
  expect(filter('net 10.244')).toEqual(filter('net 10.244.0.0 mask 255.255.0.0'));
  expect(filter(' ')).toEqual({ kind: 'all' });
});

describe('a wrong filter says where', () => {
  test.each([
    ['host', 'end', 4, 0, 'address'],
    ['host pod1', 'unexpected', 5, 4, 'address'],
    ['icmp and', 'end', 8, 0, 'primitive'],
    ['icmp host 10.0.0.1', 'unexpected', 5, 4, 'and-or'],
    ['(icmp or arp', 'end', 12, 0, 'closing-parenthesis'],
    ['icmpp', 'unknown-word', 0, 5, 'primitive'],
    ['net 10.244.1.4/16', 'host-bits', 4, 10, 'network'],
    ['net 10.244.0.0/33', 'out-of-range', 15, 2, 'number'],
    ['port 70000', 'out-of-range', 5, 5, 'number'],
    ['port http', 'unexpected', 5, 4, 'port'],
    ['ether host 10.0.0.1', 'unexpected', 11, 8, 'mac'],
    ['tcp[13', 'end', 6, 0, 'closing-bracket'],
    ['tcp[0:3] = 1', 'unexpected', 6, 1, 'size'],
    ['tcp[13] & 2', 'end', 11, 0, 'comparison'],
    ['ttl', 'end', 3, 0, 'number'],
    ['point', 'end', 5, 0, 'point-name'],
  ])('%s', (text, kind, at, length, expected) => {
    expect(errorOf(text)).toEqual({ kind, at, length, expected });
  });

  test('parentheses without end are refused, not followed', () => {
    expect(errorOf('('.repeat(5000))).not.toBeNull();
    expect(errorOf(`${'not '.repeat(5000)}icmp`)).toMatchObject({ kind: 'out-of-range' });
  });
});

test('any text gives a filter or an error within the text, and any frame an answer', () => {
  const words = fc.constantFrom(
    ...'host src dst net port portrange tcp udp icmp arp ip ip6 ether vlan vxlan and or not ( ) [ ] : & = != < 1 6 0x10'.split(
      ' ',
    ),
    ...'10.244.1.4 10.0.0.0/8 aa:bb:cc:dd:ee:ff fe80::1 80-90 tcp-syn len ttl id point greater multicast \\tcp ! $ é'.split(
      ' ',
    ),
  );
  const texts = fc.oneof(
    fc.string(),
    fc.array(words, { maxLength: 12 }).map((list) => list.join(' ')),
  );
  fc.assert(
    fc.property(texts, fc.constantFrom(...Object.values(FRAMES)), fc.uint8Array(), (text, frame, bytes) => {
      const parsed = parseFilter(text);
      if (!parsed.ok) {
        const { at, length } = parsed.error;
        expect(at >= 0 && length >= 0 && at + length <= text.length).toBe(true);
        return;
      }
      matches(parsed.value, whole(frame));
      matches(parsed.value, whole({ bytes, linkType: frame.linkType }));
    }),
    { numRuns: 2000 },
  );
});
