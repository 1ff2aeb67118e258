/** Texts of the lecture's screens. Not in the catalogue of the first screen: they come with the screens that show them. */
import { lecture as en } from './en/lecture';
import type { Lang } from './index';
import { lecture as zh } from './zh/lecture';

export type LectureTexts = typeof en;

export const lectureTexts = (lang: Lang): LectureTexts => (lang === 'zh' ? zh : en);
