/**
 * Diagnoses every scenario of a folder of recordings and writes the table of docs/diagnosis.md: `npm run diagnose [folder]`.
 * With another folder it prints the table and leaves the page alone.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Diagnosis } from '../src/engine/diagnosis/diagnose';
import { type Diagnosed, diagnosedIn, LAB } from '../src/engine/testing/lab-diagnosis';

const PAGE = 'docs/diagnosis.md';
const [BEGIN, END] = ['<!-- table -->', '<!-- /table -->'];

const root = process.argv[2] ?? LAB;
const all = diagnosedIn(root);

function said({ findings }: Diagnosis): string {
  const [first] = findings;
  if (first === undefined) return '';
  const causes = first.causes.map(({ kind, host }) => (host === null ? kind : `${kind} @${host}`));
  return causes.length === 0 ? first.kind : `${first.kind}: ${causes.join(', ')}`;
}

const wanted = ({ expected }: Diagnosed): string =>
  'host' in expected && expected.host !== null ? `${expected.kind} @${expected.host}` : expected.kind;
const count = (of: (one: Diagnosed) => string, what: string): number => all.filter((one) => of(one) === what).length;
const sum = (of: (one: Diagnosed) => string): string =>
  `${count(of, 'first')} first, ${count(of, 'among')} among, ${count(of, 'missed')} missed`;

const table = [
  `${all.length} scenarios. Captures alone: ${sum((one) => one.aloneRank)}. With transcripts: ${sum((one) => one.withTextsRank)}.`,
  '',
  '| scenario | cause to be named | captures alone | what was said, likeliest cause first | with transcripts |',
  '| --- | --- | --- | --- | --- |',
  ...all.map(
    (one) =>
      `| ${one.name} | ${wanted(one)} | ${one.aloneRank} | ${said(one.alone)} | ${one.withTextsRank}${one.agrees ? '' : ' (not predicted)'} |`,
  ),
].join('\n');

if (root === LAB && all.length > 0) {
  const page = readFileSync(PAGE, 'utf8');
  const [before = '', rest = ''] = page.split(BEGIN);
  const [, after = ''] = rest.split(END);
  writeFileSync(PAGE, `${before}${BEGIN}\n${table}\n${END}${after}`);
}
console.log(table);
