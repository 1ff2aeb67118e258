/**
 * The round trip: clusters are built from namespaces by the exported script, their captures read back, and the engine's
 * prediction must agree with the kernel frame by frame, at every device. Skipped, with the reason, where this machine
 * does not allow it.
 */
import { describe, expect, test } from 'vitest';
import { seeded } from '../sim/draws';
import { simulate } from '../sim/simulate';
import { randomCluster } from '../testing/random-cluster';
import { type RealCase, type RoundTrip, roundTrip, whyNoLab } from '../testing/real-lab';
import { dependsOnTiming } from '../testing/timing';
import { article } from '../topology/scenarios/article';

const SEEDS = (process.env.HOPSCOPE_SEEDS ?? '1-24').split('-').map(Number);
const AT_ONCE = Number(process.env.HOPSCOPE_AT_ONCE ?? 10);

const cases: readonly RealCase[] = [
  { name: 'the article', topology: article, commands: ['pod1: ping -c 1 10.244.2.2'] },
  ...Array.from({ length: (SEEDS[1] ?? 0) - (SEEDS[0] ?? 0) + 1 }, (_, i) => steadyCase((SEEDS[0] ?? 0) + i)),
];

/** The first random cluster from this seed on, in strides, whose frames do not depend on chance in time. */
function steadyCase(seed: number): RealCase {
  for (let at = seed; ; at += STRIDE) {
    const { topology, commands } = randomCluster(at);
    const trace = simulate(topology, { run: commands }, seeded(1));
    if (trace.ok && trace.value.complete && !dependsOnTiming(trace.value))
      return { name: `seed ${at}`, topology, commands };
  }
}
const STRIDE = 10_000;

async function inParallel(): Promise<readonly RoundTrip[]> {
  const waiting = [...cases];
  const done: RoundTrip[] = [];
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const one = next;
      const result = await roundTrip(one).catch((error) => ({
        name: one.name,
        frames: 1,
        agreeing: 0,
        captures: 0,
        differences: [String(error)],
      }));
      done.push(result);
      console.log(
        `${result.name}: ${result.agreeing}/${result.frames} ${one.commands.join(' | ')}\n  ${result.differences.slice(0, 30).join('\n  ')}`,
      );
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return done;
}

describe('the round trip', () => {
  const why = whyNoLab();
  test.skipIf(why !== null)(
    'all',
    async () => {
      const all = await inParallel();
      const sum = (key: 'frames' | 'agreeing'): number => all.reduce((total, one) => total + one[key], 0);
      console.log(
        `TOTAL ${sum('agreeing')}/${sum('frames')} exact ${all.filter((a) => a.agreeing === a.frames).length}/${all.length}`,
      );
      expect(sum('agreeing')).toBe(sum('frames'));
    },
    900_000,
  );
});
