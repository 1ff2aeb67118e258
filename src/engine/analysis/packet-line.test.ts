import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { fromHex } from '../base/bytes';
import { openCapture } from '../capture/open';
import { decodeFrame } from '../wire/decode';
import { packetLineOf } from './packet-line';

const SAMPLE = new URL('../../../public/samples/article-ping/pod1.cap', import.meta.url);

const lineOf = (text: string, linkType = 1) => {
  const bytes = fromHex(text.replaceAll(' ', ''));
  return packetLineOf(decodeFrame(bytes, { linkType, originalLength: bytes.length }));
};

const ETH = '0242c0a80002 0242c0a80001 0800';
const PING = '4500001c 00010000 40010000 0af40102 0af40202 0800 0000 0007 0001'; // no checksums: they are judged elsewhere

describe('a packet of a list', () => {
  test('the first packets of the sample read as tcpdump -n prints them', () => {
    const opened = openCapture(new Uint8Array(readFileSync(SAMPLE)));
    const packets = opened.ok ? opened.value.packets : [];
    const lines = packets.slice(0, 4).map(({ bytes, linkType, originalLength }) => {
      const { source, destination, protocol, info } = packetLineOf(decodeFrame(bytes, { linkType, originalLength }));
      return `${source} > ${destination} ${protocol} ${info}`;
    });
    expect(lines).toEqual([
      '10.244.1.4 > 10.244.1.1 ARP Request who-has 10.244.1.1 tell 10.244.1.4, length 28',
      '10.244.1.4 > 10.244.1.1 ARP Request who-has 10.244.1.1 tell 10.244.1.4, length 28',
      expect.stringMatching(/^10\.244\.1\.1 > 10\.244\.1\.4 ARP Reply 10\.244\.1\.1 is-at [0-9a-f:]{17}, length 28$/),
      expect.stringMatching(/^10\.244\.1\.4 > 10\.244\.2\.\d+ ICMP echo request, id \d+, seq 1, length 64$/),
    ]);
  });

  test('is read behind any link layer: here raw IP', () => {
    expect(lineOf(PING, 101)).toEqual({
      source: '10.244.1.2',
      destination: '10.244.2.2',
      protocol: 'ICMP',
      info: 'echo request, id 7, seq 1, length 8',
      unreadable: null,
    });
  });

  test('of a VXLAN packet the addresses are the nodes’, the words those of the packet inside', () => {
    const inner = `0a0000000002 0a0000000001 0800 ${PING}`;
    const udp = 'c0002118 003a0000 08000000 00000100';
    const line = lineOf(`${ETH} 4500004e 00000000 40110000 c0a80001 c0a80002 ${udp} ${inner}`);
    expect(line).toMatchObject({ source: '192.168.0.1', destination: '192.168.0.2', protocol: 'VXLAN' });
    expect(line.info).toBe('vni 1, 10.244.1.2 > 10.244.2.2: ICMP echo request, id 7, seq 1, length 8');
  });

  test('ports stand before the message', () => {
    const tcp = '1f90 0050 00000001 00000000 5002 ffff 0000 0000';
    const line = lineOf(`${ETH} 45000028 00004000 40060000 0af40102 0af40202 ${tcp}`);
    expect(line).toMatchObject({ protocol: 'TCP', info: '8080 > 80 Flags [S], length 0' });
  });

  test('a frame of another protocol shows its MACs and its EtherType', () => {
    expect(lineOf('0180c200000e 0242c0a80001 88cc 0000')).toMatchObject({
      source: '02:42:c0:a8:00:01',
      destination: '01:80:c2:00:00:0e',
      protocol: '0x88cc',
      info: 'length 16',
    });
  });

  test('says why a frame cannot be read', () => {
    expect(lineOf('0011', 147).unreadable).toEqual({ kind: 'link-type', linkType: 147 });
    expect(lineOf(`${ETH} 4500`).unreadable).toMatchObject({ kind: 'truncated' });
  });
});
