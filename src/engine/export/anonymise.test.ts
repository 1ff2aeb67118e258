import { describe, expect, test } from 'vitest';
import { seeded } from '../sim/draws';
import { simulate } from '../sim/simulate';
import { framesByDevice } from '../sim/trace';
import { randomCluster } from '../testing/random-cluster';
import { toFile } from '../topology/file';
import { firstQuestion } from '../topology/first-question';
import { article } from '../topology/scenarios/article';
import type { Topology } from '../topology/topology';
import { anonymised } from './anonymise';

/** How many frames each device sees of the first question, in the order of the hosts. */
function counts(topology: Topology): readonly number[] {
  const question = firstQuestion(topology);
  const trace = question === null ? null : simulate(topology, { run: [question] }, seeded(1));
  if (trace === null || !trace.ok) throw new Error(JSON.stringify(trace));
  const seen = framesByDevice(trace.value);
  return topology.hosts.flatMap(({ name, devices }) =>
    devices.map((one) => seen.get(`${name} ${one.name}`)?.length ?? 0),
  );
}

describe('anonymised', () => {
  test('no address, MAC or name of the article’s cluster is left', () => {
    const text = toFile(anonymised(article, 7));
    for (const known of ['10.244.', '192.168.0.', '7a:0b:d4', '5e:c1:b9', 'whale', '7jxzs']) {
      expect(text).not.toContain(known);
    }
  });
  test('the ping goes the same way', () => {
    expect(counts(anonymised(article, 7))).toEqual(counts(article));
  });
  test('whatever the prefixes and faults are, everything happens as before', () => {
    for (let seed = 1; seed <= 40; seed += 1) {
      const { topology } = randomCluster(seed);
      expect({ seed, counts: counts(anonymised(topology, seed)) }).toEqual({ seed, counts: counts(topology) });
    }
  });
  test('the same seed gives the same cluster, another one another', () => {
    expect(toFile(anonymised(article, 7))).toBe(toFile(anonymised(article, 7)));
    expect(toFile(anonymised(article, 7))).not.toBe(toFile(anonymised(article, 8)));
  });
});
