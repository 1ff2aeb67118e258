/** Texts of the time line. Not in the catalogue of the first screen: they come with what shows them. */
import { timeline as en } from './en/timeline';
import type { Lang } from './index';
import { timeline as zh } from './zh/timeline';

export const timelineTexts = (lang: Lang): typeof en => (lang === 'zh' ? zh : en);
