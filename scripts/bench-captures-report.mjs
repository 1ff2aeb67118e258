/** What bench-captures-measure.mjs measured, as the section of docs/benchmarks.md. */
import { cpus, loadavg } from 'node:os';
import { replaceSection } from './benchmarks-file.mjs';

/** @typedef {import('./bench-captures-measure.mjs').Measured} Measured */
/** @typedef {import('./bench-captures-measure.mjs').Run} Run */

/** @param {Measured} of @param {(run: Run) => number} figure */
function median({ runs }, figure) {
  const values = runs.map(figure).sort((a, b) => a - b);
  return values[Math.floor(values.length / 2)] ?? Number.NaN;
}
/** @param {Measured} of @param {'bytes' | 'packets'} what of all files */
const sum = ({ files }, what) => files.reduce((total, file) => total + file[what], 0);
/** @param {number} ms */
const time = (ms) => (Number.isNaN(ms) ? '' : ms < 1000 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(1)} s`);
/** @param {number} bytes */
const mb = (bytes) => `${(bytes / 1e6).toFixed(0)} MB`;
/** @param {number} value */
const ratio = (value) => value.toFixed(2);
/** @param {readonly Measured[]} of */
const longestOf = (of) => Math.max(0, ...of.flatMap(({ runs }) => runs.map(({ longest }) => longest)));

/** @param {Measured} of */
function line(of) {
  /** @param {(run: Run) => number} figure */
  const middle = (figure) => median(of, figure);
  const longest = longestOf([of]);
  const cells = [
    `${of.files.length} × ${of.packets.toLocaleString('en')}`,
    mb(sum(of, 'bytes')),
    time(middle(({ rows }) => rows)),
    time(middle(({ decoded }) => decoded)),
    time(middle(({ matched }) => matched)),
    longest === 0 ? '< 50 ms' : time(longest),
    mb(middle(({ peak }) => peak)),
    time(middle(({ tshark }) => tshark)),
    time(middle(({ tcpdump }) => tcpdump)),
    time(middle(({ drain }) => drain)),
  ];
  return `| ${cells.join(' | ')} |`;
}

/** Of the time in the bytes, between the two largest. @param {readonly Measured[]} of */
function exponentRow(of) {
  const [small, large] = [of.at(-2), of.at(-1)];
  if (small === undefined || large === undefined) return [];
  const times = median(large, ({ all }) => all) / median(small, ({ all }) => all);
  const exponent = Math.log(times) / Math.log(sum(large, 'bytes') / sum(small, 'bytes'));
  const [from, to] = [small.packets.toLocaleString('en'), large.packets.toLocaleString('en')];
  return [
    `| growth of the time in the bytes, ${large.files.length} × ${from} to ${to}: exponent | ${ratio(exponent)} | ≤ 1.1 |`,
  ];
}

/** @param {readonly Measured[]} four files @param {readonly Measured[]} alone one file of small packets */
export function writeReport(four, alone) {
  const last = four.at(-1);
  if (last === undefined) return;
  const perPacket = median(last, ({ peak, empty }) => (peak - empty) / sum(last, 'packets'));
  replaceSection(
    'Capture files',
    `Written by \`npm run bench:match\` on ${new Date().toISOString().slice(0, 10)}, ${cpus().length} × ${cpus()[0]?.model ?? 'CPU'}, load ${loadavg()[0]?.toFixed(0)}: files of scripts/bench-files.mjs, chosen in the
built page in headless Chromium. Medians of three rounds, of a million packets and more one; in each round \`tshark -T fields\`,
\`tcpdump -nner\` (one of the files) and a bare reading of all bytes in two workers take their turn. Times count from the choice of
the files, "matched" from the moment when all are decoded, when the verdict is asked for: the whole way is both together.

| files × packets | bytes | first rows | all decoded | matched | longest task of the page | renderer, peak | tshark, one file | tcpdump, one file | bytes read and thrown away |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
${[...four, ...alone].map(line).join('\n')}

| four files of ${last.packets.toLocaleString('en')} packets | figure | target |
| --- | --- | --- |
| the whole way / \`tshark -T fields\` of one file | ${ratio(median(last, ({ all, tshark }) => all / tshark))} | ≤ 0.12 |
| the whole way / \`tcpdump -nner\` of one file | ${ratio(median(last, ({ all, tcpdump }) => all / tcpdump))} | ≤ 0.75 |
| the whole way / all bytes read and thrown away | ${ratio(median(last, ({ all, drain }) => all / drain))} | ≤ 2 |
| renderer's peak beyond that before the files, a packet | ${perPacket.toFixed(0)} bytes | ≤ 120 bytes |
| renderer's peak / all bytes | ${ratio(median(last, ({ peak }) => peak) / sum(last, 'bytes'))} | ≤ 0.6 |
| longest task of the page, whatever the files | ${time(longestOf([...four, ...alone]))} | ≤ 50 ms |
${[...exponentRow(four), ...exponentRow(alone)].join('\n')}`,
  );
}
