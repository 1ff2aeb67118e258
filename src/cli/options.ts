/** Options of a subcommand, read strictly: a word that it does not know is an error that names it. */
import { parseArgs } from 'node:util';
import { UsageError } from './usage-error';

export type OptionKind = 'flag' | 'value' | 'values'; // values: may come more than once

export interface GivenOptions {
  readonly flags: ReadonlySet<string>;
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** Words that are no option, each with the option they stand behind, or null where they come first. */
  readonly words: readonly { readonly word: string; readonly after: string | null }[];
}

export function readOptions(args: readonly string[], known: Readonly<Record<string, OptionKind>>): GivenOptions {
  const options = Object.fromEntries(
    Object.entries(known).map(([name, kind]) => [
      name,
      kind === 'flag' ? ({ type: 'boolean' } as const) : ({ type: 'string' } as const),
    ]),
  );
  const { tokens } = parseArgs({ args: [...args], options, strict: false, allowPositionals: true, tokens: true });
  const flags = new Set<string>();
  const values = new Map<string, string[]>();
  const words: { word: string; after: string | null }[] = [];
  let after: string | null = null;
  for (const token of tokens) {
    if (token.kind === 'positional') words.push({ word: token.value, after });
    if (token.kind !== 'option') continue;
    const kind = Object.hasOwn(known, token.name) ? known[token.name] : undefined;
    if (kind === undefined) throw new UsageError({ kind: 'unknown-option', option: token.rawName });
    after = token.name;
    if (kind === 'flag') {
      flags.add(token.name);
      continue;
    }
    if (token.value === undefined || token.value === '')
      throw new UsageError({ kind: 'no-value', option: token.rawName });
    const given = values.get(token.name) ?? [];
    if (kind === 'value' && given.length > 0) throw new UsageError({ kind: 'given-twice', option: token.rawName });
    values.set(token.name, [...given, token.value]);
  }
  return { flags, values, words };
}
