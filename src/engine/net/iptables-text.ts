/**
 * A rule in words, as iptables(8) takes it and iptables-save(8) prints it: everything after `-A CHAIN`.
 * Matches and targets: iptables-extensions(8).
 *
 *   -s 10.244.0.0/16 ! -d 224.0.0.0/4 -m comment --comment "flanneld masq" -j MASQUERADE --random-fully
 */
import { err, ok, type Result } from '../base/result';
import {
  ARGUMENTS,
  badValue,
  MATCHES,
  NOTHING,
  notSupported,
  type Parts,
  PROTOCOLS,
  type RuleTextError,
} from './iptables-matches';
import { FLAGS_OF_TARGETS, readTarget } from './iptables-targets';
import type { Rule } from './netfilter';

/** Reads a rule. Its `text` keeps the words as given, after `-A CHAIN` where the chain is told. */
export function readRule(words: readonly string[], chain?: string): Result<{ readonly rule: Rule }, RuleTextError> {
  const text = textOf(chain === undefined ? words : ['-A', chain, ...words]);
  const parts: Parts = { ...NOTHING, text, target: { kind: 'count' } };
  let not = false;
  let target: { readonly name: string; readonly options: Map<string, string> } | null = null;
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i] ?? '';
    if (word === '!') {
      not = true;
      continue;
    }
    const value = words[i + 1] ?? '';
    if (word === '-j' || word === '--jump' || word === '-g' || word === '--goto') {
      if (value === '') return err({ kind: 'bad-value', word });
      if (not || word === '-g' || word === '--goto') return err(notSupported(not ? '!' : word));
      target = { name: value, options: new Map() };
      i += 1;
      continue;
    }
    if (target !== null && word.startsWith('--')) {
      const takesValue = !FLAGS_OF_TARGETS.has(word);
      target.options.set(word, takesValue ? value : '');
      if (takesValue) i += 1;
      continue;
    }
    const read = MATCHES[word];
    if (read === undefined) return err({ kind: 'unknown-word', word });
    const takes = ARGUMENTS[word] ?? 1;
    if (takes > 0 && value === '') return err({ kind: 'bad-value', word });
    const bad = read(parts, words.slice(i + 1, i + 1 + takes).join(' '), not);
    if (bad !== null) return err(bad);
    not = false;
    i += takes;
  }
  if (not) return err({ kind: 'bad-value', word: '!' });
  if (target !== null) {
    const read = readTarget(target.name, target.options);
    if (!read.ok) return read;
    if (read.value.kind === 'reset' && parts.protocol !== PROTOCOLS.tcp) return err(badValue('tcp-reset'));
    parts.target = read.value;
  }
  return ok({ rule: parts });
}

/** Words joined again; those with a blank get their quotes back. */
const textOf = (words: readonly string[]): string =>
  words.map((word) => (/[\s"]/.test(word) ? `"${word.replaceAll('"', '\\"')}"` : word)).join(' ');
