/** docs/diagnosis.md names every finding and every cause, and nothing else; so do the sentences, by their types. */
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { CAUSE_KINDS, FINDING_KINDS } from './finding';

const page = readFileSync('docs/diagnosis.md', 'utf8');

function rowsUnder(heading: string): readonly string[] {
  const [, section = ''] = page.split(`\n## ${heading}\n`);
  const [own = ''] = section.split('\n## ');
  return [...own.matchAll(/^\| `([\w-]+)` \|/gm)].map(([, kind]) => kind ?? '');
}

test('findings on the page are those of the code', () => {
  expect(rowsUnder('Findings')).toEqual([...FINDING_KINDS]);
});

test('causes on the page are those of the code', () => {
  expect(rowsUnder('Causes')).toEqual([...CAUSE_KINDS]);
});
