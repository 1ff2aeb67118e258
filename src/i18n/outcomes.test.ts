import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { en } from './en';

const page = readFileSync(new URL('../../docs/outcomes.md', import.meta.url), 'utf8');

/** The names in the first column of the table under a heading. */
function rowsUnder(heading: string): readonly string[] {
  const part = page.split(/^## /m).find((text) => text.startsWith(heading)) ?? '';
  return [...part.matchAll(/^\| `([\w-]+)` \|/gm)].map((match) => match[1] ?? '');
}

// The compiler holds these keys equal to the unions in engine/sim/drop.ts.
describe('docs/outcomes.md', () => {
  test('has one row for every way a packet is dropped, in the order of the catalogue', () => {
    expect(rowsUnder('Dropped')).toEqual(Object.keys(en.drops));
  });
  test('has one row for every reason to send no error', () => {
    expect(rowsUnder('An error that was not sent')).toEqual(Object.keys(en.withheld));
  });
});
