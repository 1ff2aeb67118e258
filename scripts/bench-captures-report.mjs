/** @param {number} ms */
const time = (ms) => (ms < 1000 ? `${ms.toFixed(0)} ms` : `${(ms / 1000).toFixed(1)} s`);
/** @param {number} bytes */
const mb = (bytes) => `${(bytes / 1e6).toFixed(0)} MB`;
/** @typedef {Awaited<ReturnType<typeof measure>>} Row */
/** @param {Row} row */
const line = (row) =>
  `| ${row.files} × ${row.packets.toLocaleString('en')} | ${mb(row.bytes)} | ${time(row.rows)} | ${time(row.decoded)} | ${time(row.matched)} | ${row.longest === 0 ? '< 50 ms' : time(row.longest)} | ${mb(row.peak)} | ${time(row.tshark)} | ${time(row.tcpdump)} | ${time(row.drain)} |`;
/** @param {readonly Row[]} of */
function growth(of) {
  const [small, large] = [of.at(-2), of.at(-1)];
  return small === undefined || large === undefined
    ? null
    : Math.log(large.all / small.all) / Math.log(large.bytes / small.bytes);
}
const last = rows.at(-1);
if (last === undefined) throw new Error('no sizes');
const [exponent, exponentAlone] = [growth(rows), growth(alone)];
/** @param {number} value */
const ratio = (value) => value.toFixed(2);
replaceSection(
  'Capture files',
  `Written by \`npm run bench:match\` on ${new Date().toISOString().slice(0, 10)}: files of scripts/bench-files.mjs, chosen in the built page in headless
Chromium; medians of three rounds, of a million packets one, in each of which tshark (\`-T fields\`, seven of them), \`tcpdump -nner\` and a bare reading of the
bytes in two workers take their turn. Times count from the choice of the files; "matched" from the look at the verdict, so that
the whole way is "all decoded" and "matched" together. tshark and tcpdump read one of the files.

| files × packets | bytes | first rows | all decoded | matched | longest task of the page | renderer, peak | tshark, one file | tcpdump, one file | bytes read and thrown away |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
${[...rows, ...alone].map(line).join('\n')}

| ratio, four files of ${last.packets.toLocaleString('en')} packets | figure | goal |
| --- | --- | --- |
| the whole way / \`tshark -T fields\` of one file | ${ratio(last.overTshark)} | ≤ 0.12 |
| the whole way / \`tcpdump -nner\` of one file | ${ratio(last.overTcpdump)} | ≤ 0.75 |
| the whole way / the bytes read and thrown away | ${ratio(last.overDrain)} | ≤ 2 |
| renderer's peak without that of the page before, a packet | ${last.perPacket.toFixed(0)} bytes | ≤ 120 bytes |
| renderer's peak / all bytes | ${ratio(last.peak / last.bytes)} | ≤ 0.6 |
| longest task of the page | ${Math.max(...[...rows, ...alone].map(({ longest }) => longest)).toFixed(0)} ms | ≤ 50 ms |
${exponent === null ? '' : `| growth of the time in the bytes, exponent (the two largest) | ${ratio(exponent)} | ≤ 1.1 |\n`}${exponentAlone === null ? '' : `| the same for one file of ${(LARGEST / 10).toLocaleString('en')} and of ${LARGEST.toLocaleString('en')} small packets | ${ratio(exponentAlone)} | ≤ 1.1 |\n`}`,
);
process.exit(0);
