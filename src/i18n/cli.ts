/** The command line's own texts. They stand apart from the catalogue, so that the page need not carry them. */
import type { Lang } from '.';
import { cli as en } from './en/cli';
import { cli as zh } from './zh/cli';

export type { CliProblem } from './en/cli';
export type CliTexts = typeof en;

export const cliTexts = (lang: Lang): CliTexts => (lang === 'zh' ? zh : en);
