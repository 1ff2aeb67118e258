/** The command line's own texts. They stand apart from the catalogue, so that the page need not carry them. */
import type { Catalogue, Lang } from '.';
import { en as pageEn } from './en';
import { cli as en } from './en/cli';
import { zh as pageZh } from './zh';
import { cli as zh } from './zh/cli';

export type { CliProblem } from './en/cli';
export type CliTexts = typeof en & { readonly page: Catalogue };

export const cliTexts = (lang: Lang): CliTexts => (lang === 'zh' ? { ...zh, page: pageZh } : { ...en, page: pageEn });
