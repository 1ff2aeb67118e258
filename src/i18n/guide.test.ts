/** The guide names buttons as they stand on the page and shows pictures that a script takes, so it cannot go stale in silence. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { PICTURES } from '../../scripts/pictures.mjs';

const GUIDE = 'docs/guide';
const pages = readdirSync(GUIDE).filter((name) => name.endsWith('.md'));
const langOf = (page: string): 'en' | 'zh' => (page.endsWith('.zh.md') ? 'zh' : 'en');

/** Every plain text of a language: those made of values are no names. */
async function names(lang: 'en' | 'zh'): Promise<ReadonlySet<string>> {
  const found = new Set<string>();
  const walk = (value: unknown): void => {
    if (typeof value === 'string') found.add(value);
    else if (value !== null && typeof value === 'object') Object.values(value).forEach(walk);
  };
  for (const file of readdirSync(`src/i18n/${lang}`)) walk({ ...(await import(`./${lang}/${file}`)) });
  return found;
}

describe.each(pages)('%s', (page) => {
  const text = readFileSync(`${GUIDE}/${page}`, 'utf8');

  test('calls every button by its name', async () => {
    const bold = [...text.matchAll(/\*\*([^*]+)\*\*/g)].map(([, name = '']) => name.replace(/\s+/g, ' '));
    const known = await names(langOf(page));
    expect(bold.filter((name) => !known.has(name))).toEqual([]);
  });

  test('shows pictures that exist and that the script takes, in its own language', () => {
    const shown = [...text.matchAll(/\]\((pictures\/[^)]+)\)/g)].map(([, file = '']) => `${GUIDE}/${file}`);
    const taken = PICTURES.filter(({ lang }) => lang === langOf(page)).map(({ file }) => file);
    expect(shown.filter((file) => !existsSync(file) || !taken.includes(file))).toEqual([]);
  });

  test('links to pages that exist', () => {
    const linked = [...text.matchAll(/\]\(([^)]+\.md)\)/g)].map(([, file = '']) => file);
    expect(linked.filter((file) => !existsSync(`${GUIDE}/${file}`))).toEqual([]);
  });
});
