import { describe, expect, test } from 'vitest';
import { seeded } from '../sim/draws';
import { simulate } from '../sim/simulate';
import { articleCapture, fourCaptures, withPackets } from '../testing/article-captures';
import { labCaptures, openLab } from '../testing/lab-captures';
import { article } from '../topology/scenarios/article';
import { drawsFrom } from './seen-draws';
import { openSession } from './session';

const PING = 'pod1: ping -c 1 10.244.2.2';

describe('drawsFrom', () => {
  const trace = simulate(article, { run: [PING] }, seeded(7));
  const files = (names: readonly string[]) =>
    new Map(
      fourCaptures()
        .filter(({ id }) => names.includes(id))
        .map((file) => [file.id, file]),
    );
  const drawn = (names: readonly string[]) => {
    if (!trace.ok) throw new Error('the article’s ping runs');
    return drawsFrom(trace.value, article.capturePoints, files(names));
  };

  test('takes IP ID, ICMP identifier and data where the packet was made', () => {
    const { ipIds, icmpIds, pingData } = drawn(['pod1', 'node1', 'node2', 'pod2']);
    expect([ipIds.get('pod1'), ipIds.get('pod2'), icmpIds.get('pod1')]).toEqual([[0x4c48], [0xc122], [0x0722]]);
    expect(pingData.get('pod1')?.[0]?.subarray(16)).toEqual(Uint8Array.from({ length: 40 }, (_, i) => 16 + i));
  });
  test('takes them at any other point where its own has no file', () => {
    expect(drawn(['node2']).ipIds.get('pod1')).toEqual([0x4c48]);
  });
  test('leaves everything to the seed without files', () => {
    expect(drawn([])).toEqual(seeded(7));
  });
});

const five = labCaptures.filter(({ name }) => /^ping-count5\/(pod1|node1|node2|pod2)$/.test(name));
describe.skipIf(five.length === 0)('an echo that no file holds', () => {
  test('shifts no draw: the echoes behind it still agree in every field', () => {
    const captures = five.map((lab) => {
      const file = { ...articleCapture('pod1'), id: lab.name, name: lab.name, capture: openLab(lab) };
      return withPackets(file, (packets) =>
        packets.filter(({ bytes }) => !(bytes[12] === 8 && bytes[13] === 0 && bytes[41] === 2)),
      );
    });
    const { comparison } = openSession({ topology: article, command: PING, captures });
    expect(comparison.totals).toEqual({ agrees: 57 - 8, differs: 0, 'not-captured': 8, 'not-predicted': 0 });
  });
});
