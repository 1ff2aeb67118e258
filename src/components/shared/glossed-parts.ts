/** Where a text names words of the glossary. The first time only: a page full of dotted lines explains nothing. */
import type { GlossaryEntry } from '../../i18n/glossary';

export interface Part {
  readonly at: number; // in characters
  readonly text: string;
  readonly entry: GlossaryEntry | null; // null: plain, and `**bold**` is still to be read
}

const BOLD = /\*\*[^*]*\*\*/g;

/** A word of a glossary, and how it is found in a text. */
type Wanted = readonly [GlossaryEntry, RegExp];

const wantedOf = new WeakMap<readonly GlossaryEntry[], readonly Wanted[]>();

/** Longest first: 'route table' before 'route'. */
function wantedIn(glossary: readonly GlossaryEntry[]): readonly Wanted[] {
  const known =
    wantedOf.get(glossary) ??
    [...glossary].sort((a, b) => b.term.length - a.term.length).map((entry): Wanted => [entry, wordOf(entry.term)]);
  wantedOf.set(glossary, known);
  return known;
}

/** `before`: what the reader has read in the same place; its words are not marked again. */
export function partsOf(text: string, glossary: readonly GlossaryEntry[], before = ''): readonly Part[] {
  const marked = before === '' ? [] : partsOf(before, glossary).map(({ entry }) => entry);
  // Bold text holds values of this very step, not words to be looked up.
  const bold = [...text.matchAll(BOLD)].map((found) => [found.index, found.index + found[0].length] as const);
  const isBold = (at: number): boolean => bold.some(([from, to]) => at >= from && at < to);
  const found: { readonly from: number; readonly to: number; readonly entry: GlossaryEntry }[] = [];
  for (const [entry, word] of wantedIn(glossary)) {
    if (marked.includes(entry)) continue;
    const hit = [...text.matchAll(word)].find(
      ({ index, 0: { length } }) =>
        !isBold(index) && !found.some(({ from, to }) => index < to && index + length > from),
    );
    if (hit !== undefined) found.push({ from: hit.index, to: hit.index + hit[0].length, entry });
  }
  found.sort((a, b) => a.from - b.from);
  const parts: Part[] = [];
  let at = 0;
  for (const { from, to, entry } of found) {
    if (from > at) parts.push({ at, text: text.slice(at, from), entry: null });
    parts.push({ at: from, text: text.slice(from, to), entry });
    at = to;
  }
  if (at < text.length) parts.push({ at, text: text.slice(at), entry: null });
  return parts;
}

/** Latin words stand alone (a plural s may follow); Chinese is written without gaps. Abbreviations keep their case. */
function wordOf(term: string): RegExp {
  const escaped = term.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  if (/[\u4e00-\u9fff]/.test(term)) return new RegExp(escaped, 'g');
  const caseless = term === term.toLowerCase();
  return new RegExp(`(?<![\\w.-])${escaped}s?(?![\\w-]|\\.\\w)`, caseless ? 'gi' : 'g');
}
