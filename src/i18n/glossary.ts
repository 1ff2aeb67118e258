/** Words of the field and what they mean. They come after the first screen, which can be read without them. */
import { glossary as en, type GlossaryEntry } from './en/glossary';
import type { Lang } from './index';
import { glossary as zh } from './zh/glossary';

export type { GlossaryEntry };

export const glossaryOf = (lang: Lang): readonly GlossaryEntry[] => (lang === 'zh' ? zh : en);
