import { describe, expect, test } from 'vitest';
import { macToBytes } from '../addr/mac';
import { writePcap } from '../capture/pcap';
import { createReader } from '../capture/reader';
import type { CaptureFile } from '../capture/types';
import { articleCapture } from '../testing/article-captures';
import { bytesOf, labCaptures, openLab } from '../testing/lab-captures';
import { decodeFrame } from '../wire/decode';
import type { Headers, Layer } from '../wire/layers';
import { packetColumns } from './packet-columns';
import { FRAGMENT, STATUS } from './packet-status';
import { dstMacOf, type PacketTable, quoteOf, srcMacOf } from './packet-table';

function columnsOf(bytes: Uint8Array, chunk = bytes.length) {
  const { columns, sink } = packetColumns();
  const reader = createReader(sink);
  for (let at = 0; at < bytes.length; at += chunk) reader.push(bytes.slice(at, at + chunk));
  reader.end();
  return columns;
}

const macNumber = (mac: Parameters<typeof macToBytes>[0]): number =>
  macToBytes(mac).reduce((sum, byte) => sum * 256 + byte, 0);

/** What the full decoder says, in the columns' own terms. */
function told(file: CaptureFile, index: number) {
  const packet = file.packets[index];
  if (packet === undefined) throw new Error(`no packet ${index}`);
  const decoded = decodeFrame(packet.bytes, packet);
  const own = decoded.layers.filter(({ quoted }) => !quoted);
  const last = <K extends keyof Headers>(kind: K): Headers[K] | null =>
    (
      own.findLast((layer): layer is Extract<Layer, { kind: K }> => layer.kind === kind) as
        | { header: Headers[K] }
        | undefined
    )?.header ?? null;
  const [eth, arp, ip, icmp, udp, tcp] = [
    own.find(({ kind }) => kind === 'ethernet') as { header: Headers['ethernet'] } | undefined,
    last('arp'),
    last('ipv4'),
    last('icmp'),
    last('udp'),
    last('tcp'),
  ];
  const rules = new Set(decoded.issues.map(({ rule }) => rule));
  const quote = decoded.layers.find(({ kind, quoted }) => quoted && kind === 'ipv4') as
    | { header: Headers['ipv4'] }
    | undefined;
  const hops = own.filter(({ kind }) => kind === 'ipv4').length;
  return {
    atNs:
      (packet.seconds - (file.packets[0]?.seconds ?? 0)) * 1e9 +
      packet.nanoseconds -
      (file.packets[0]?.nanoseconds ?? 0),
    macs: eth === undefined ? [0, 0] : [macNumber(eth.header.src), macNumber(eth.header.dst)],
    ips: [arp?.senderIp ?? ip?.src ?? 0, arp?.targetIp ?? ip?.dst ?? 0],
    arp: arp?.operation ?? 0,
    ip: ip === null ? null : [ip.ttl, ip.protocol, ip.id, ip.totalLength],
    fragment: ip === null ? 0 : (ip.df ? FRAGMENT.df : 0) | (ip.mf ? FRAGMENT.mf : 0) | (ip.fragmentOffset / 8),
    ports:
      icmp !== null
        ? [icmp.type * 256 + icmp.code, icmp.type === 0 || icmp.type === 8 ? icmp.rest >>> 16 : 0]
        : [udp?.srcPort ?? tcp?.srcPort ?? 0, udp?.dstPort ?? tcp?.dstPort ?? 0],
    tcp: tcp === null ? null : [tcp.seq, tcp.ack, tcp.flags, tcp.window],
    tunnelled: hops > 1,
    sums: {
      ip: rules.has('ipv4-checksum'),
      bad: rules.has('icmp-checksum') || rules.has('udp-checksum') || rules.has('tcp-checksum'),
      offloaded: rules.has('checksum-offloaded'),
    },
    cut: decoded.truncated,
    quote: quote === undefined ? null : [quote.header.src, quote.header.dst, quote.header.ttl, quote.header.id],
  };
}

function held(t: PacketTable, row: number): ReturnType<typeof told> {
  const is = (bits: number): boolean => ((t.status[row] ?? 0) & bits) !== 0;
  const quote = quoteOf(t, row);
  const q = t.quotes;
  return {
    atNs: t.atNs[row] ?? 0,
    macs: [srcMacOf(t, row), dstMacOf(t, row)],
    ips: [t.srcIp[row] ?? 0, t.dstIp[row] ?? 0],
    arp: is(STATUS.arpRequest) ? 1 : is(STATUS.arpReply) ? 2 : 0,
    ip: is(STATUS.ipv4) ? [t.ttl[row] ?? 0, t.protocol[row] ?? 0, t.ipId[row] ?? 0, t.totalLength[row] ?? 0] : null,
    fragment: t.fragment[row] ?? 0,
    ports: [t.srcPort[row] ?? 0, t.dstPort[row] ?? 0],
    tcp: is(STATUS.tcp) ? [t.seq[row] ?? 0, t.ack[row] ?? 0, t.flags[row] ?? 0, t.window[row] ?? 0] : null,
    tunnelled: is(STATUS.vxlan | STATUS.ipip),
    sums: { ip: is(STATUS.ipSumBad), bad: is(STATUS.sumBad), offloaded: is(STATUS.sumOffloaded) },
    cut: is(STATUS.cut),
    quote:
      quote < 0 || q === null
        ? null
        : [q.srcIp[quote] ?? 0, q.dstIp[quote] ?? 0, q.ttl[quote] ?? 0, q.ipId[quote] ?? 0],
  };
}

const differences = (file: CaptureFile, t: PacketTable): readonly number[] =>
  file.packets.flatMap(({ index }) => {
    const same = JSON.stringify(held(t, index)) === JSON.stringify(told(file, index));
    return same ? [] : [index + 1];
  });

const SAMPLES = ['pod1', 'node1', 'node2', 'pod2', 'extra/node1-cni0'];

describe('columns hold what the full decoder reads', () => {
  test.each(SAMPLES)('sample %s', (name) => {
    const { capture } = articleCapture(name);
    const { table } = columnsOf(writePcap(capture.packets));
    expect(table.rows).toBe(capture.packets.length);
    expect(differences(capture, table)).toEqual([]);
    expect(table.rows).toBeGreaterThan(0);
  });

  test.skipIf(labCaptures.length === 0)(
    'every frame of the lab',
    () => {
      let frames = 0;
      const wrong = labCaptures.flatMap((one) => {
        const file = openLab(one);
        const { table } = columnsOf(bytesOf(one));
        frames += table.rows;
        if (table.rows !== file.packets.length) return [`${one.name}: ${table.rows} rows`];
        return differences(file, table).map((index) => `${one.name} ${index}`);
      });
      expect(wrong).toEqual([]);
      expect(frames).toBeGreaterThan(4000);
    },
    60_000,
  );
});

test('chunks make no difference, even of one byte', () => {
  const bytes = writePcap(articleCapture('pod1').capture.packets);
  const whole = columnsOf(bytes).table;
  const chunked = columnsOf(bytes, 1).table;
  for (let row = 0; row < whole.rows; row += 1) expect(held(chunked, row)).toEqual(held(whole, row));
});
