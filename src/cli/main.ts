/** The command line: which subcommand, in which language, and how it ends. */
import type { FilterError } from '../engine/filter/types';
import { LANGS, type Lang } from '../i18n';
import { cliTexts } from '../i18n/cli';
import { runCompare } from './compare';
import { runImport } from './import';
import { runCollect, runLab } from './lab';
import type { Output } from './output';
import { runRead } from './read';
import { runSimulate } from './simulate';
import { UsageError } from './usage-error';

const COMMANDS = {
  simulate: runSimulate,
  read: runRead,
  lab: runLab,
  collect: runCollect,
  compare: runCompare,
  import: runImport,
} as const;
type CommandName = keyof typeof COMMANDS;

const isCommand = (word: string): word is CommandName => Object.hasOwn(COMMANDS, word);

/** Exit status: 0 done, 1 done but a file was damaged, 2 bad use. */
export function main(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  output: Output,
): number {
  const { rest, asked } = takeLang(args);
  const lang = asked === null ? fromEnvironment(env) : LANGS.find((one) => one === asked);
  const text = cliTexts(lang ?? 'en');
  const [name = '', ...words] = rest;
  try {
    if (asked !== null && lang === undefined) throw new UsageError({ kind: 'unknown-lang', lang: asked });
    if (name === '' || name === '--help' || name === '-h' || name === 'help') {
      for (const line of text.help.main.split('\n')) output.line(line);
      return name === '' ? 2 : 0;
    }
    if (!isCommand(name))
      throw new UsageError({ kind: 'unknown-command', command: name, known: Object.keys(COMMANDS) });
    if (words.includes('--help') || words.includes('-h')) {
      for (const line of text.help[name].split('\n')) output.line(line);
      return 0;
    }
    return COMMANDS[name](words, text, output);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    const { problem } = error;
    output.note(`hopscope: ${text.problem(problem)}`);
    if (problem.kind === 'filter') for (const line of marked(problem.text, problem.error)) output.note(line);
    return 2;
  }
}

/** The filter with a caret under each sign of the wrong word; one behind its end where something is missing. */
const marked = (text: string, { at, length }: FilterError): readonly string[] => [
  `  ${text.replaceAll(/\s/g, ' ')}`,
  `  ${' '.repeat(at)}${'^'.repeat(Math.max(1, length))}`,
];

/** `--lang` may stand anywhere. */
function takeLang(args: readonly string[]): { readonly rest: readonly string[]; readonly asked: string | null } {
  const at = args.findIndex((arg) => arg === '--lang' || arg.startsWith('--lang='));
  if (at === -1) return { rest: args, asked: null };
  const [, inline] = (args[at] ?? '').split('=');
  const used = inline === undefined ? 2 : 1;
  return { rest: [...args.slice(0, at), ...args.slice(at + used)], asked: inline ?? args[at + 1] ?? '' };
}

const fromEnvironment = (env: Readonly<Record<string, string | undefined>>): Lang =>
  /^zh/i.test(env.LC_ALL || env.LC_MESSAGES || env.LANG || '') ? 'zh' : 'en';
