/** The short run of `npm run fuzz`, the seeds it starts from, and every failure it has found so far. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { openFiles } from '../capture/open-files';
import { faultOf, randomOf, seedFiles } from './fuzz';
import { fuzzRun } from './fuzz-run';
import { sampleFiles } from './samples';

const REGRESSIONS = fileURLToPath(new URL('regressions/', import.meta.url));
const RUNS = 20_000;
const captures = sampleFiles().flatMap(({ name, bytes }) =>
  openFiles(name, bytes).flatMap(({ result }) => (result.ok ? [result.value] : [])),
);

describe('damaged files', () => {
  test('the undamaged ones open without a problem, all with the same packets', () => {
    const [sample] = captures;
    if (sample === undefined) throw new Error('no sample');
    for (const [i, file] of seedFiles([sample]).entries()) {
      for (const { name, result } of openFiles(`seed ${i}`, file)) {
        expect(result.ok && result.value.problem, name).toBeNull();
        expect(result.ok && result.value.packets.length, name).toBe(6);
      }
      expect(faultOf(file, randomOf(i))).toBeNull();
    }
  });

  test(`${RUNS} seeded mutations: no exception, nothing out of range, none slow`, () => {
    const failures = fuzzRun(captures, { runs: RUNS, seed: 1, now: () => process.cpuUsage().user / 1000 });
    expect(failures.map(({ run, fault }) => `seed ${run}: ${fault}`)).toEqual([]);
  }, 60_000);

  const found = readdirSync(REGRESSIONS).filter((name) => name.endsWith('.bin'));
  test.each(found)('%s, which failed once', (name) => {
    expect(faultOf(new Uint8Array(readFileSync(join(REGRESSIONS, name))), randomOf(0))).toBeNull();
  });
});
