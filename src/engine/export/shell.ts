/**
 * Words for a shell. Names come from files and pasted text, and the scripts made of them are run by root: nothing here
 * may leave its word.
 */
import { splitWords } from '../net/words';
import { hostNamed, type Topology } from '../topology/topology';

const PLAIN = /^[\w@%+=:,./-]+$/;

/** One word as the shell reads it back: `pod1`, `'two words'`. */
export const quoted = (word: string): string => (PLAIN.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`);

/** Text for a comment or a message: one line, no control characters. */
export const oneLine = (text: string): string => text.replace(/[\p{Cc}\s]+/gu, ' ').trim();

/** A word inside a here-document whose end mark is not quoted, where `$` and `` ` `` still mean something. */
export const inDocument = (word: string): string => oneLine(word).replace(/[\\$`]/g, '\\$&');

/**
 * Names as parts of file and namespace names, in the order given. Two that come out alike get numbers, so that no host
 * takes another's place.
 */
export function safeNames(names: readonly string[]): readonly string[] {
  const taken = new Set<string>();
  return names.map((name) => {
    const plain =
      name
        .replace(/[^\w.-]/g, '_')
        .replace(/^[.-]/, '_')
        .slice(0, NAME_MAX) || '_';
    let free = plain;
    for (let n = 2; taken.has(free); n += 1) free = `${plain}_${n}`;
    taken.add(free);
    return free;
  });
}

const NAME_MAX = 100; // a file name has 255 bytes

/** Device names as Linux takes them (dev_valid_name), less what a shell or a file name would misread. */
export const isDeviceName = (name: string): boolean => /^[\w+][\w.+@-]{0,14}$/.test(name);

/** Who runs what: 'pod1: ping -c 1 10.244.2.2' in its parts, each word safe. Only words are kept, never shell syntax. */
export interface ShellCommand {
  readonly host: string;
  readonly text: string;
  readonly tool: string; // the program it needs
}

export function shellCommands(line: string, topology: Topology): readonly ShellCommand[] {
  const colon = line.indexOf(':');
  const host = line.slice(0, colon).trim();
  if (hostNamed(topology, host) === null) return [];
  return line
    .slice(colon + 1)
    .split(/;|&&/)
    .map((part) => part.split('|').map((side) => splitWords(side.trim())))
    .filter(([words]) => words !== undefined && words.length > 0)
    .map((sides) => {
      const last = sides.at(-1) ?? [];
      const piped = sides.length > 1 ? `printf %s ${quoted(sides[0]?.[1] ?? '')} | ` : '';
      return { host, text: `${piped}${last.map(quoted).join(' ')}`, tool: last[0] ?? '' };
    });
}
