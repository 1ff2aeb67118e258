/** Every text of the page in both languages: none missing, none empty, none left in English, and the same values in each. */
import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

type Said = readonly [path: string, en: unknown, zh: unknown];

const FILES = readdirSync('src/i18n/en').filter((name) => name !== 'index.ts');

/** Both trees side by side, down to what is no tree. */
function leaves(path: string, en: unknown, zh: unknown): readonly Said[] {
  if (en === null || typeof en !== 'object') return [[path, en, zh]];
  const other = (zh ?? {}) as Readonly<Record<string, unknown>>;
  const keys = new Set([...Object.keys(en), ...Object.keys(other)]);
  return [...keys].flatMap((key) => leaves(`${path}.${key}`, (en as Record<string, unknown>)[key], other[key]));
}

const saidIn = async (file: string): Promise<readonly Said[]> =>
  leaves(
    file,
    { ...(await import(`./en/${file.replace('.ts', '')}.ts`)) },
    { ...(await import(`./zh/${file.replace('.ts', '')}.ts`)) },
  );

/** What a text may be given: of each place the same in both languages, and found again in what is said. */
const GIVEN: readonly ((i: number) => unknown)[] = [
  (i) => `given${i}`,
  (i) => 731 + i,
  () => 1,
  (i) => [`given${i}`],
  (i) => i % 2 === 0,
];

/** A text made of values, said with every mixture of what it may be given that it takes. */
function tried(en: unknown, zh: unknown): readonly (readonly [string, string])[] {
  if (typeof en !== 'function' || typeof zh !== 'function') return [];
  const count = Math.max(en.length, zh.length);
  const mixtures = GIVEN.length ** Math.min(count, 3);
  return Array.from({ length: mixtures }, (_, m) => {
    const args = Array.from({ length: count }, (_, i) => GIVEN[Math.floor(m / GIVEN.length ** i) % GIVEN.length]?.(i));
    try {
      const pair = [en(...args) as unknown, zh(...args) as unknown];
      return pair.every((one) => typeof one === 'string') ? [pair as [string, string]] : [];
    } catch {
      return []; // this one takes something else
    }
  }).flat();
}

const valuesIn = (text: string): readonly string[] =>
  [...new Set(text.toLowerCase().match(/given\d|73\d/g) ?? [])].sort();

/** Five Latin words in a row, two of which only a sentence needs: no command, no name. What a tool says is quoted. */
const ENGLISH = /[a-z’'-]+(?:,? [a-z’'-]+){4,}/gi;
const NEEDED = /\b(?:the|is|are|was|of|and|with|that|this|which|what|when|where|has|have|its|an|does|to|for|not)\b/gi;
const isEnglish = (text: string): boolean =>
  (text.replace(/“[^”]*”/g, '').match(ENGLISH) ?? []).some((words) => (words.match(NEEDED) ?? []).length > 1);

describe.each(FILES)('%s', (file) => {
  test('says everything in both languages', async () => {
    const said = await saidIn(file);
    const bad = said.filter(
      ([, en, zh]) => typeof en !== typeof zh || en === undefined || (String(en) === '') !== (String(zh) === ''),
    );
    expect(bad).toEqual([]);
  });
  test('has no English sentence in Chinese, and no Chinese one in English', async () => {
    const said = await saidIn(file);
    const texts = said.flatMap(([path, en, zh]) =>
      typeof en === 'string'
        ? [[path, en, String(zh)] as const]
        : tried(en, zh).map((pair) => [path, ...pair] as const),
    );
    expect(texts.filter(([, , zh]) => isEnglish(zh))).toEqual([]);
    expect(texts.filter(([, en]) => /[\u4e00-\u9fff]/.test(en.replace('中文', '')))).toEqual([]);
  });
  test('names the same values in both', async () => {
    const said = await saidIn(file);
    const unlike = said.flatMap(([path, en, zh]) =>
      tried(en, zh)
        .filter(([a, b]) => valuesIn(a).join() !== valuesIn(b).join())
        .slice(0, 1)
        .map((pair) => [path, ...pair]),
    );
    expect(unlike).toEqual([]);
  });
});
