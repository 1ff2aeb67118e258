/** The diagnosis in words. It stands apart from the catalogue, so that the first screen need not carry it. */
import type { Lang } from '.';
import type { diagnosis as en } from './en/diagnosis';

export type DiagnosisTexts = typeof en;

export const loadDiagnosis = async (lang: Lang): Promise<DiagnosisTexts> =>
  lang === 'zh' ? (await import('./zh/diagnosis')).diagnosis : (await import('./en/diagnosis')).diagnosis;
