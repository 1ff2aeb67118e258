import { describe, expect, test } from 'vitest';
import { dissect } from '../analysis/dissect';
import { seeded } from '../sim/draws';
import { simulate } from '../sim/simulate';
import { articleCapture, fourCaptures, withByte } from '../testing/article-captures';
import { labCaptures, openLab } from '../testing/lab-captures';
import { article } from '../topology/scenarios/article';
import { align } from './align';
import { compare } from './compare';
import type { Comparison } from './comparison';
import { openSession, type SessionCapture } from './session';

/** A run whose chance values are the seed's, so that no capture can have the same. */
function withStrangersDraws(files: readonly SessionCapture[]): Comparison {
  const trace = simulate(article, { run: ['pod1: ping -c 1 10.244.2.2'] }, seeded(7));
  if (!trace.ok) throw new Error('the article’s ping runs');
  return compare(trace.value, article, article.capturePoints, new Map(files.map((file) => [file.id, file])));
}

const fieldsWith = ({ frames }: Comparison, verdict: string): readonly string[] => [
  ...new Set(
    frames.flat().flatMap(({ fields }) => fields.filter((field) => field.verdict === verdict).map(({ name }) => name)),
  ),
];

describe('values nobody can predict', () => {
  test('are not compared, nor are the checksums over them; all else is', () => {
    const comparison = withStrangersDraws(fourCaptures());
    expect(comparison.totals).toEqual({ agrees: 25, differs: 0, 'not-captured': 0, 'not-predicted': 0 });
    expect([...fieldsWith(comparison, 'drawn')].sort()).toEqual([
      'data',
      'icmp.checksum',
      'icmp.ident',
      'ip.checksum',
      'ip.id',
    ]);
  });
  test('a checksum over them must still be right', () => {
    const broken = withByte(articleCapture('pod2'), 3, 24, 0);
    const comparison = withStrangersDraws([articleCapture('pod1'), broken]);
    expect([comparison.totals.differs, fieldsWith(comparison, 'differs')]).toEqual([1, ['ip.checksum']]);
  });
});

describe('align', () => {
  const [request] = articleCapture('node1').capture.packets.slice(2);
  const pass = (ttl: number) => {
    const bytes = Uint8Array.from(request?.bytes ?? [], (byte, at) => (at === 22 ? ttl : byte));
    return { bytes, frame: dissect(bytes) };
  };
  const captured = (predicted: readonly number[], seen: readonly number[]) =>
    align(predicted.map(pass), seen.map(pass)).map((partner) => partner?.captured ?? null);

  test('pairs a packet that comes by again and again by its bytes where one sight is missing', () => {
    expect(captured([8, 6, 4], [6, 4])).toEqual([null, 0, 1]);
  });
  test('pairs in order what has changed', () => {
    expect(captured([8, 6], [9, 6])).toEqual([0, 1]);
  });
  test('leaves over what is too much', () => {
    expect(captured([8], [8, 8])).toEqual([0]);
  });
});

describe.skipIf(labCaptures.length === 0)('what the lab recorded of a healthy cluster agrees in every frame', () => {
  const HEALTHY = [
    'seed-ping',
    'ping-count5',
    'ping-dscp',
    'ping-reverse',
    'ping-size-1472',
    'ping-warm',
    'node1-to-pod2',
    'pod-absent',
  ];
  const MORE = [
    'pod-to-own-gateway',
    'pod-to-own-node-ip',
    'pod-to-remote-cni0',
    'pod-to-remote-node',
    'ttl1',
    'ttl2',
    'ttl3',
  ];
  const OTHERS = [
    'icmp-rate-limit-ttl',
    'traceroute-icmp',
    'traceroute-udp',
    'udp-closed-port',
    'tcp-closed-port',
    'nomasq-to-gateway',
  ];
  const PLACE = /\/(pod1|node1|node2|pod2|node\d-(cni0|veth\w+))$/;
  const sessionOf = (scenario: string) => {
    const files = labCaptures.filter((lab) => lab.scenario === scenario && PLACE.test(lab.name));
    const captures = files.map((lab) => {
      const id = lab.name.split('/').at(-1) ?? '';
      return { id, name: `${id}.cap`, capture: openLab(lab), role: null };
    });
    return openSession({ topology: article, command: 'pod1: ping -c 1 10.244.2.2', captures });
  };

  test.each([...HEALTHY, ...MORE, ...OTHERS])('%s', (scenario) => {
    const { totals } = sessionOf(scenario).comparison;
    expect(totals).toEqual({ agrees: totals.agrees, differs: 0, 'not-captured': 0, 'not-predicted': 0 });
    expect(totals.agrees).toBeGreaterThan(10);
  });
  test('a capture without questions is of a warm start', () => {
    expect(sessionOf('ping-warm').before).toEqual(['pod1: ping -c 1 10.244.2.2']);
    expect(sessionOf('seed-ping').before).toEqual([]);
    expect(sessionOf('route-missing-node1').before).toEqual([]); // a question other than predicted is no sign of it
  });
  test('a source address rewritten on the way is one field at each point behind, and no lost packet', () => {
    const { comparison } = sessionOf('masq-node1');
    expect(comparison.totals).toMatchObject({ 'not-captured': 0, 'not-predicted': 0 });
    expect(fieldsWith(comparison, 'differs')).toEqual(['ip.checksum', 'ip.src', 'ip.dst']);
  });
  test('without hairpin mode the second sight of the pod’s broadcast is missing', () => {
    const { frames } = sessionOf('seed-ping-hairpin-off').comparison;
    const missing = frames.flat().filter(({ verdict }) => verdict === 'not-captured');
    expect(missing.map(({ point, artefacts }) => `${point} ${artefacts}`)).toEqual([
      'pod1 hairpin-echo',
      'node1-veth5c905d55 hairpin-echo',
    ]);
  });
  test('a tunnel where none was predicted is not taken for other traffic', () => {
    expect(sessionOf('vxlan').comparison.totals).toMatchObject({ 'not-captured': 4, 'not-predicted': 4 });
  });
});
