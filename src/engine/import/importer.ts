/** What every format's file exports: how to know the format, and how to read it. */
import type { Fact } from './facts';

/** Why a line gave nothing: nobody knows it, or it says something that this model has no place for. */
export type UnreadWhy = 'unknown' | 'not-modelled';

/** What was read of some lines. `at` counts them from 0. */
export interface Reading {
  readonly facts: readonly { readonly fact: Fact; readonly at: number }[];
  readonly unread: readonly { readonly at: number; readonly why: UnreadWhy }[];
}

export interface Importer {
  readonly name: string; // the format's name in reports
  readonly tool: string; // whose output this is
  /** True for a command, as words, that prints this format. */
  readonly prints: (command: readonly string[]) => boolean;
  /** True for a line by which this format is known without a command. */
  readonly starts: (line: string) => boolean;
  /** Reads the lines of one output. `command` is empty where it is not known. Never throws. */
  readonly read: (lines: readonly string[], command: readonly string[]) => Reading;
}

/** Collects a reading, line by line. */
export class Notes implements Reading {
  readonly facts: { fact: Fact; at: number }[] = [];
  readonly unread: { at: number; why: UnreadWhy }[] = [];

  add(at: number, fact: Fact): void {
    this.facts.push({ fact, at });
  }

  skip(at: number, why: UnreadWhy = 'unknown'): void {
    this.unread.push({ at, why });
  }
}

/** The word after `key`, or null. */
export function wordAfter(words: readonly string[], key: string): string | null {
  const at = words.indexOf(key);
  return at === -1 ? null : (words[at + 1] ?? null);
}

export const wordsOf = (line: string): readonly string[] => line.split(/\s+/).filter((word) => word !== '');

/** A whole number written in digits alone, or null. */
export const wholeNumber = (text: string | null | undefined): number | null =>
  text !== null && text !== undefined && /^\d{1,10}$/.test(text) ? Number(text) : null;

/**
 * The object and the rest of an `ip` or `bridge` command, options taken out: `ip -d a show ens33` gives
 * `['ip', 'address', 'show', 'ens33']`. Objects may be shortened, as the tools allow.
 */
export function iproute2(command: readonly string[]): readonly string[] {
  const [tool = '', ...rest] = command;
  const name = tool.split('/').at(-1);
  if (name !== 'ip' && name !== 'bridge') return [];
  const words = rest.filter((word) => !word.startsWith('-'));
  const object = OBJECTS.find((full) => words[0] !== undefined && words[0] !== '' && full.startsWith(words[0]));
  return [name, object ?? words[0] ?? '', ...words.slice(1)];
}

const OBJECTS = ['address', 'link', 'route', 'neighbour', 'neighbor', 'fdb'];

/** True where the verb only lists: none at all, `show`, `list`, `ls`. */
export const lists = (verb: string | undefined): boolean =>
  verb === undefined || /^(?:sh(?:ow?)?|l(?:i?s?t?)|lst|ls)$/.test(verb);

/** Asked in JSON: another format. */
export const wantsJson = (command: readonly string[]): boolean =>
  command.some((word) => /^-[a-z]+$/.test(word) && word.includes('j'));

/** A format that is a JSON or YAML document. */
export interface DocumentImporter {
  readonly name: string;
  readonly tool: string;
  /** True for a value that is of this format. */
  readonly takes: (value: unknown) => boolean;
  /** Reads the values taken. `lines` are those they stand in, to say where. Never throws. */
  readonly read: (values: readonly unknown[], lines: readonly string[]) => Reading;
}
