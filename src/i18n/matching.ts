/** Words of the matching of whole files: they come with the diagnosis, not with the first screen. */
import type { Lang } from '.';
import type { matching as en } from './en/matching';

export type MatchingTexts = typeof en;

export const loadMatching = async (lang: Lang): Promise<MatchingTexts> =>
  lang === 'zh' ? (await import('./zh/matching')).matching : (await import('./en/matching')).matching;
