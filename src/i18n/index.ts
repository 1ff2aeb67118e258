/**
 * The two languages, each a file of its own that is loaded when it is wanted. `zh` has the type of `en`, so a missing or
 * extra text does not compile.
 */
import { invariant } from '../engine/base/result';
import type { en } from './en';

export type Lang = 'en' | 'zh';
export type Catalogue = typeof en;
export const LANGS: readonly Lang[] = ['en', 'zh'];

const loaded = new Map<Lang, Catalogue>();

/** Makes a language ready for `catalogue`. Loads it once. */
export async function loadCatalogue(lang: Lang): Promise<Catalogue> {
  const texts = loaded.get(lang) ?? (lang === 'zh' ? (await import('./zh')).zh : (await import('./en')).en);
  loaded.set(lang, texts);
  return texts;
}

export const isLoaded = (lang: Lang): boolean => loaded.has(lang);

/** The texts of a language that has been loaded; until then those of the one that has. */
export function catalogue(lang: Lang): Catalogue {
  const texts = loaded.get(lang) ?? [...loaded.values()][0];
  invariant(texts !== undefined, 'a language is loaded before anything is shown');
  return texts;
}
