import { describe, expect, test } from 'vitest';
import { openCapture } from '../capture/open';
import { articleCapture, fourCaptures, withByte, withPackets } from '../testing/article-captures';
import { labCaptures, openLab } from '../testing/lab-captures';
import { article } from '../topology/scenarios/article';
import type { Topology } from '../topology/topology';
import { update16 } from '../wire/checksum';
import type { ComparedFrame, Comparison } from './comparison';
import { captureFileOf } from './predicted';
import { openSession, type Session, type SessionCapture } from './session';

const PING = 'pod1: ping -c 1 10.244.2.2';
const open = (captures: readonly SessionCapture[], topology: Topology = article, command = PING): Session =>
  openSession({ topology, command, captures });

const framesOf = ({ frames }: Comparison): readonly ComparedFrame[] => frames.flat();
const odd = (session: Session): readonly string[] =>
  framesOf(session.comparison)
    .filter(({ verdict }) => verdict !== 'agrees')
    .map(({ point, verdict, fields }) => {
      const wrong = fields.filter((field) => field.verdict !== 'agrees' && field.verdict !== 'one-sided');
      return [point, verdict, ...wrong.map(({ name, predicted, captured }) => `${name} ${predicted} ${captured}`)].join(
        ' ',
      );
    });

const EIGHT = [
  'pod1',
  'extra/node1-veth5c905d55',
  'extra/node1-cni0',
  'node1',
  'node2',
  'extra/node2-cni0',
  'extra/node2-vethb2d98351',
  'pod2',
];

describe('the article’s ping beside its real captures', () => {
  test('every frame of the four files agrees, and none is missing', () => {
    expect(open(fourCaptures()).comparison.totals).toEqual({
      agrees: 25,
      differs: 0,
      'not-captured': 0,
      'not-predicted': 0,
    });
  });

  test('so does every frame at cni0 and at the veths', () => {
    expect(open(EIGHT.map(articleCapture)).comparison.totals).toEqual({
      agrees: 50,
      differs: 0,
      'not-captured': 0,
      'not-predicted': 0,
    });
  });

  test('further capture points stand where the packet passes them', () => {
    expect(open(EIGHT.map(articleCapture).reverse()).comparison.points.map(({ id }) => id)).toEqual(
      EIGHT.map((name) => name.replace('extra/', '')),
    );
  });

  test('the TTL changes in the nodes and stays on the segment', () => {
    const { comparison } = open(fourCaptures());
    const changes = (kind: string): readonly unknown[] =>
      (comparison.journeys.find(({ what }) => what?.kind === kind)?.cells ?? []).map(
        (cell) => cell[0]?.fields.find(({ name }) => name === 'ip.ttl')?.sinceLastPoint,
      );
    expect(changes('echo-request')).toEqual([null, 'changed', 'same', 'changed']);
    expect(changes('echo-reply')).toEqual(['changed', 'same', 'changed', null]);
  });

  test('the two cards of the segment show the same frame in every field', () => {
    const request = open(fourCaptures()).comparison.journeys.find(({ what }) => what?.kind === 'echo-request');
    expect(new Set(request?.cells[2]?.[0]?.fields.map(({ sinceLastPoint }) => sinceLastPoint))).toEqual(
      new Set(['same']),
    );
  });

  test('the pod’s own broadcast coming back is no retransmission', () => {
    const [first, second] = open(fourCaptures()).comparison.frames[0] ?? [];
    expect([first?.artefacts, second?.artefacts]).toEqual([[], ['hairpin-echo']]);
    expect(second?.packet).toBe(first?.packet);
  });

  test('requests travel from the first point to the last, replies back', () => {
    const { journeys } = open(fourCaptures()).comparison;
    expect(journeys.filter(({ what }) => what?.kind.startsWith('echo')).map(({ reversed }) => reversed)).toEqual([
      false,
      true,
    ]);
  });
});

describe('a fault planted in one file shows as itself alone', () => {
  const others = (changed: SessionCapture): readonly SessionCapture[] =>
    fourCaptures().map((file) => (file.id === changed.id ? changed : file));

  test('one TTL byte', () => {
    expect(odd(open(others(withByte(articleCapture('node2'), 3, 22, 9))))).toEqual(['node2 differs ip.ttl 63 9']);
  });
  test('one byte of the destination MAC', () => {
    const wrong = withByte(articleCapture('node1'), 3, 5, 0x83);
    expect(odd(open(others(wrong)))).toEqual(['node1 differs eth.dst 00:0c:29:d7:0c:82 00:0c:29:d7:0c:83']);
  });
  test('an IP ID that changes on the way: where the packet was made counts', () => {
    const wrong = withByte(articleCapture('pod2'), 3, 19, 0x49);
    expect(odd(open(others(wrong)))).toEqual(['pod2 differs ip.id 0x4c48 0x4c49']);
  });
  test('an IP ID changed at its source: every later point disagrees with it', () => {
    const wrong = withByte(articleCapture('pod1'), 4, 19, 0x49);
    expect(odd(open(others(wrong))).map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual([
      'pod1 differs ip.checksum',
      'node1 differs ip.id',
      'node2 differs ip.id',
      'pod2 differs ip.id',
    ]);
  });
  test('a byte of the data', () => {
    const [line, ...rest] = odd(open(others(withByte(articleCapture('node1'), 3, 60, 0xff))));
    expect(rest).toEqual([]);
    expect(line).toMatch(/^node1 differs data /);
  });
  test('a frame missing', () => {
    const without = withPackets(articleCapture('node2'), (packets) => packets.filter(({ index }) => index !== 2));
    expect(odd(open(others(without)))).toEqual(['node2 not-captured']);
  });
  test('a frame twice', () => {
    const twice = withPackets(articleCapture('node2'), (packets) =>
      packets.flatMap((one) => (one.index === 2 ? [one, one] : [one])),
    );
    expect(odd(open(others(twice)))).toEqual(['node2 not-predicted']);
  });
  test('a frame of nobody', () => {
    const stranger = withPackets(articleCapture('node2'), (packets) => [
      ...packets,
      ...packets
        .slice(2, 3)
        .map((one) => ({ ...one, bytes: Uint8Array.from(one.bytes, (byte, at) => (at === 41 ? 7 : byte)) })),
    ]);
    expect(odd(open(others(stranger)))).toEqual(['node2 not-predicted']); // echo with another sequence number
  });
  test('traffic of others is neither predicted nor an objection', () => {
    const busy = withPackets(articleCapture('node1'), (packets) => [
      ...packets,
      ...packets
        .slice(2, 3)
        .map((one) => ({ ...one, bytes: Uint8Array.from(one.bytes, (byte, at) => (at >= 26 && at < 34 ? 9 : byte)) })),
    ]);
    const { comparison } = open(others(busy));
    expect(comparison.totals).toEqual({ agrees: 25, differs: 0, 'not-captured': 0, 'not-predicted': 0 });
    expect(framesOf(comparison).filter(({ artefacts }) => artefacts.includes('unrelated'))).toHaveLength(1);
  });
  test('a file stopped before the late ARP', () => {
    const short = withPackets(articleCapture('pod1'), (packets) => packets.slice(0, 5));
    const { comparison } = open(others(short));
    expect(comparison.totals['not-captured']).toBe(0);
    expect((comparison.frames[0] ?? []).map(({ artefacts }) => artefacts).slice(5)).toEqual([
      ['after-capture-end'],
      ['after-capture-end'],
    ]);
  });
  test('frames padded to 60 bytes by a network card', () => {
    const padded = withPackets(articleCapture('node2'), (packets) =>
      packets.map((one) => {
        const bytes = new Uint8Array(Math.max(60, one.bytes.length));
        bytes.set(one.bytes);
        return { ...one, bytes, originalLength: bytes.length };
      }),
    );
    const { comparison } = open(others(padded));
    expect(comparison.totals.agrees).toBe(25);
    expect((comparison.frames[2] ?? []).map(({ artefacts }) => artefacts.join())).toEqual([
      'padding',
      'padding',
      '',
      '',
      'padding',
      'padding',
    ]);
  });
  test('packets cut short by tcpdump -s 64', () => {
    const cut = withPackets(articleCapture('node2'), (packets) =>
      packets.map((one) => ({ ...one, bytes: one.bytes.subarray(0, 64) })),
    );
    expect(open(others(cut)).comparison.totals).toEqual({
      agrees: 25,
      differs: 0,
      'not-captured': 0,
      'not-predicted': 0,
    });
  });
});

describe('with fewer files', () => {
  test('a point without a file is predicted and counts for nothing', () => {
    const { comparison } = open(fourCaptures().filter(({ id }) => id !== 'node2'));
    expect(comparison.loaded).toEqual([true, true, false, true]);
    expect(comparison.totals).toEqual({ agrees: 19, differs: 0, 'not-captured': 0, 'not-predicted': 0 });
    expect((comparison.frames[2] ?? []).every(({ artefacts }) => artefacts.includes('capture-not-loaded'))).toBe(true);
  });
  test('what no file shows of chance is drawn, and no difference', () => {
    const drawn = framesOf(open([]).comparison).flatMap(({ fields }) => fields.map(({ verdict }) => verdict));
    expect(new Set(drawn)).toEqual(new Set(['one-sided']));
  });
  test('one file alone agrees with the run that takes its draws', () => {
    for (const file of fourCaptures()) expect(odd(open([file])).filter((line) => line.startsWith(file.id))).toEqual([]);
  });
  test('captures of the prediction itself agree in every field', () => {
    const { trace } = open([]);
    const files = fourCaptures().map((file) => {
      const bytes = captureFileOf(trace, file.id, file.id.startsWith('pod') ? 'eth0' : 'ens33');
      const opened = openCapture(bytes);
      return opened.ok ? { ...file, capture: opened.value } : file;
    });
    expect(open(files).comparison.totals).toEqual({ agrees: 25, differs: 0, 'not-captured': 0, 'not-predicted': 0 });
  });
});

describe('captures of a cluster nobody described', () => {
  const NOTHING: Topology = { name: 'none', network: null, hosts: [], segments: [], capturePoints: [], assumed: [] };
  test('give that cluster, and agree with what it predicts', () => {
    const { topology, inferred, command, comparison } = open(fourCaptures(), NOTHING, 'nobody: ping -c 1 10.0.0.1');
    expect(topology.hosts.map(({ name }) => name)).toEqual(['pod1', 'node1', 'node2', 'pod2']);
    expect(inferred).toContainEqual({
      kind: 'host',
      host: 'node2',
      ip: '192.168.0.82',
      mac: '00:0c:29:d7:0c:82',
      from: 'mac',
    });
    expect(inferred?.filter(({ kind }) => kind === 'unknown')).toEqual([]);
    expect(command).toBe(PING);
    expect(comparison.totals).toEqual({ agrees: 25, differs: 0, 'not-captured': 0, 'not-predicted': 0 });
  });
  test('from one file: what it does not show is assumed and said to be', () => {
    const { topology, inferred, comparison } = open([articleCapture('pod1')], NOTHING);
    expect(comparison.totals).toEqual({ agrees: 7, differs: 0, 'not-captured': 0, 'not-predicted': 0 });
    expect(inferred).toContainEqual({ kind: 'unknown', host: 'node1', field: 'ip' });
    expect(topology.assumed).toContainEqual({ host: 'node2', dev: 'ens33', field: 'mac' });
  });
  test('the same plan with other MACs: the captures’ ones are taken over', () => {
    const other: Topology = {
      ...article,
      hosts: article.hosts.map((host) => ({
        ...host,
        devices: host.devices.map((device) => ({
          ...device,
          mac: device.mac.replace(/^../, '0e') as typeof device.mac,
        })),
      })),
    };
    expect(open(fourCaptures(), other).comparison.totals.agrees).toBe(25);
  });
});

/** The ping's echoes with another sequence number (at 40 in the frame) and the checksum that goes with it (at 36; RFC 1624). */
const counted = (seq: number): readonly SessionCapture[] =>
  fourCaptures().map((file) =>
    withPackets(file, (packets) =>
      packets.map((one) => {
        const bytes = Uint8Array.from(one.bytes);
        const view = new DataView(bytes.buffer);
        if (view.getUint16(12) !== 0x0800 || bytes[23] !== 1) return one;
        view.setUint16(36, update16(view.getUint16(36), view.getUint16(40), seq));
        view.setUint16(40, seq);
        return { ...one, bytes };
      }),
    ),
  );

describe('a ping counts from where the captures come in', () => {
  test.each([
    ['it ran long before them', 20_000],
    ['it counts from 0, as that of busybox', 0],
    ['its numbers ran out and began again', 65_535],
  ])('%s', (_why, seq) => {
    const { comparison, command } = open(counted(seq));
    expect(command).toBe('pod1: ping -c 1 10.244.2.2');
    expect(comparison.totals).toEqual({ agrees: 25, differs: 0, 'not-captured': 0, 'not-predicted': 0 });
    const seqs = framesOf(comparison).flatMap(({ fields }) => fields.filter(({ name }) => name === 'icmp.seq'));
    expect(new Set(seqs.map(({ predicted, captured }) => `${predicted} ${captured}`))).toEqual(
      new Set([`${seq} ${seq}`]),
    );
  });
});

describe('openSession takes whatever it is given', () => {
  test('a command that cannot be run leaves a run of no steps, and says why', () => {
    const { trace, problem } = open([], article, 'pod1: make coffee');
    expect([trace.steps.length, problem]).toEqual([0, { kind: 'unknown-command', command: 'make' }]);
  });
  test.skipIf(labCaptures.length === 0)(
    'captures of every kind of failure, alone, in a topology they belong to or not',
    { timeout: 60_000 },
    () => {
      for (const lab of labCaptures.filter((_, i) => i % 7 === 0)) {
        const file = { id: lab.name, name: lab.name, capture: openLab(lab), role: null };
        const topology = lab.name.includes('/extra/')
          ? article
          : { ...article, hosts: [], segments: [], capturePoints: [] };
        const { comparison } = open([file], topology);
        expect(framesOf(comparison).flatMap(({ fields }) => fields).length).toBeGreaterThanOrEqual(0);
      }
    },
  );
  test('damaged packets', () => {
    for (let seed = 1; seed < 60; seed += 1) {
      const files = fourCaptures().map((file) => withByte(file, 1 + (seed % 6), (seed * 7) % 42, (seed * 31) & 0xff));
      const { comparison } = open(files);
      expect(framesOf(comparison).flatMap(({ fields }) => fields).length).toBeGreaterThan(0);
    }
  });
});
