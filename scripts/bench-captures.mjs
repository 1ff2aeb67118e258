/**
 * Measures how the built page opens captures in Chromium, beside tshark and tcpdump with one of the files in the same run, and
 * writes its section of docs/benchmarks.md: `npm run bench:match`, or `node scripts/bench-captures.mjs PACKETS…` for sizes of
 * one's own. Needs Linux, tcpdump and tshark, and some gigabytes for the files. What is measured so far is written at once.
 */
import { build } from 'vite';
import { measure, PORT } from './bench-captures-measure.mjs';
import { writeReport } from './bench-captures-report.mjs';
import { serveCompressed } from './brotli-server.mjs';

/** @param {number} packets of the million tshark alone takes half a minute */
const roundsOf = (packets) => (packets < 1_000_000 ? 3 : 1);
const ALONE = [1_000_000, 10_000_000]; // small packets, in one file

await build({ logLevel: 'error' });
const server = serveCompressed('dist', PORT);
const asked = process.argv.slice(2).map(Number);
/** @type {import('./bench-captures-measure.mjs').Measured[]} */
const four = [];
/** @type {import('./bench-captures-measure.mjs').Measured[]} */
const alone = [];
for (const packets of asked.length > 0 ? asked : [10_000, 100_000, 1_000_000]) {
  four.push(await measure(packets, { rounds: roundsOf(packets) }));
  writeReport(four, alone);
}
for (const packets of asked.length > 0 ? [] : ALONE) {
  alone.push(await measure(packets, { rounds: 1, sizes: 'small', points: ['pod1'], withTshark: false }));
  writeReport(four, alone);
}
server.close();
process.exit(0);
