import { describe, expect, test } from 'vitest';
import type { Place } from '../../engine/analysis/place';
import { seeded } from '../../engine/sim/draws';
import { simulate } from '../../engine/sim/simulate';
import { article } from '../../engine/topology/scenarios/article';
import { type Moment, momentOf } from './moment';

const made = simulate(article, { run: ['pod1: ping -c 1 10.244.2.2'] }, seeded(1));
if (!made.ok) throw new Error('the article’s ping does not run');
const trace = made.value;
const moments = trace.steps.map((step) => momentOf(trace, step.index, article)).filter((moment) => moment !== null);

const short = (place: Place): string => {
  if (place.kind === 'segment') return place.segment;
  return place.kind === 'device' ? `${place.host} ${place.dev}` : `${place.host} ${place.kind}`;
};
const movesWhere = (wanted: (moment: Moment) => boolean): string[] =>
  moments.filter(wanted).flatMap(({ move }) => (move === null ? [] : [`${short(move.from)} → ${short(move.to)}`]));

describe('momentOf', () => {
  test('the echo request crosses every device and both route lookups, in order', () => {
    expect(movesWhere(({ what }) => what?.kind === 'echo-request')).toEqual([
      'pod1 stack → pod1 eth0',
      'pod1 eth0 → node1 veth5c905d55',
      'node1 veth5c905d55 → node1 cni0',
      'node1 cni0 → node1 stack',
      'node1 stack → node1 ens33',
      'node1 ens33 → lan',
      'lan → node2 ens33',
      'node2 ens33 → node2 stack',
      'node2 stack → node2 cni0',
      'node2 cni0 → node2 vethb2d98351',
      'node2 vethb2d98351 → pod2 eth0',
      'pod2 eth0 → pod2 stack',
    ]);
  });

  test('a broadcast reaches everybody on the segment from its switch', () => {
    const moves = movesWhere(({ what }) => what?.kind === 'arp-request' && !what.unicast);
    expect(moves).toEqual(expect.arrayContaining(['lan → node2 ens33', 'lan → master ens33', 'lan → gateway eth0']));
  });

  test('the TTL on the packet is 64, 63, 62: it falls in each node', () => {
    const ttls = moments.filter(({ what }) => what?.kind === 'echo-request').map(({ ttl }) => ttl);
    expect([...new Set(ttls)]).toEqual([64, 63, 62]);
  });

  test('the move shown at a step is the one that led to where the packet is', () => {
    for (const { lastMove, place } of moments) if (lastMove !== null) expect(lastMove.to).toEqual(place);
  });

  test('a lookup is remembered for its packet on its own host only', () => {
    for (const { lookup, place, packet } of moments) {
      if (lookup === null) continue;
      expect(lookup.packet).toBe(packet);
      expect(place).toMatchObject({ host: lookup.host });
    }
    expect(moments.some(({ lookup }) => lookup?.host === 'node1' && lookup.route?.dev === 'ens33')).toBe(true);
  });

  test('a step beyond the run has no moment', () => {
    expect(momentOf(trace, trace.steps.length, article)).toBeNull();
  });
});
