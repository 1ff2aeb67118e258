/** `npm run fuzz -- COUNT SEED`, ten million mutations from seed 1 by default. Prints each failure with its seed and keeps its bytes. */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openFiles } from '../src/engine/capture/open-files';
import { type Failure, fuzzRun } from '../src/engine/testing/fuzz-run';

const SAMPLES = 'public/samples';
const FAILURES = 'reports/fuzz';
const REPORT_EVERY = 500_000; // runs

const [runs = 10_000_000, seed = 1] = process.argv.slice(2).map(Number);
const captures = readdirSync(SAMPLES, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.cap'))
  .sort()
  .flatMap((name) => openFiles(name, new Uint8Array(readFileSync(join(SAMPLES, name)))))
  .flatMap(({ result }) => (result.ok ? [result.value] : []));

const start = performance.now();
function found({ run, fault, bytes }: Failure): void {
  mkdirSync(FAILURES, { recursive: true });
  writeFileSync(join(FAILURES, `${run}.bin`), bytes);
  console.log(`seed ${run}: ${fault}\n  its bytes are in ${FAILURES}/${run}.bin; again: npm run fuzz -- 1 ${run}`);
}

const failures = fuzzRun(captures, {
  runs,
  seed,
  found,
  now: () => process.cpuUsage().user / 1000, // a busy machine takes time, but not this time
  progress(done) {
    if (done % REPORT_EVERY === 0)
      process.stderr.write(`${done} runs, ${((performance.now() - start) / 1000).toFixed(0)} s\n`);
  },
});
console.log(
  `${runs} mutations from seed ${seed}, ${failures.length} failed, ${((performance.now() - start) / 1000).toFixed(0)} s`,
);
process.exitCode = failures.length > 0 ? 1 : 0;
