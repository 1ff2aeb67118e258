/**
 * Configuration commands in words: `ip route …`, `ip link set …`, `sysctl -w …`, `iptables …`. A word that is not
 * understood is an error that names it, since a command half carried out would show a wrong world.
 */
import { err, ok, type Result } from '../base/result';
import { readRule } from '../net/iptables-text';
import { isTable, type TableName } from '../net/netfilter';
import { readRoute } from '../net/route-text';
import type { Change } from './configure';

export type ChangeError =
  | { readonly kind: 'unknown-option'; readonly command: string; readonly option: string }
  | { readonly kind: 'bad-value'; readonly command: string; readonly option: string; readonly value: string };

type Read = Result<readonly Change[], ChangeError>;

const unknown = (command: string, option: string): Read => err({ kind: 'unknown-option', command, option });
const bad = (command: string, option: string, value: string): Read =>
  err({ kind: 'bad-value', command, option, value });

/** The changes of a command, by the command's own words; null if it is none of these tools. */
export function readChange(words: readonly string[]): Read | null {
  const [tool, object, ...rest] = words;
  if (tool === 'sysctl') return readSysctl(words.slice(1));
  if (tool === 'iptables') return readIptables(words.slice(1));
  if (tool !== 'ip') return null;
  if (object === 'route' || object === 'r') return readRouteChange(rest);
  if (object === 'link' || object === 'l') return readLink(rest);
  return unknown('ip', object ?? '');
}

function readRouteChange([verb, ...words]: readonly string[]): Read {
  if (verb !== 'add' && verb !== 'replace' && verb !== 'del' && verb !== 'delete')
    return unknown('ip route', verb ?? '');
  const read = readRoute(words);
  if (!read.ok)
    return read.error.kind === 'unknown-word'
      ? unknown('ip route', read.error.word)
      : bad('ip route', verb, read.error.word);
  return ok([{ kind: 'route', verb: verb === 'delete' ? 'del' : verb, route: read.value }]);
}

function readLink([verb, ...words]: readonly string[]): Read {
  if (verb !== 'set') return unknown('ip link', verb ?? '');
  const rest = words[0] === 'dev' ? words.slice(1) : words;
  const [dev, ...options] = rest;
  if (dev === undefined) return bad('ip link', 'set', '');
  const changes: Change[] = [];
  for (let i = 0; i < options.length; i += 1) {
    const option = options[i] ?? '';
    if (option === 'up' || option === 'down') changes.push({ kind: 'link', dev, set: { up: option === 'up' } });
    else if (option === 'nomaster') changes.push({ kind: 'link', dev, set: { master: null } });
    else if (option === 'mtu' || option === 'master') {
      i += 1;
      const value = options[i] ?? '';
      const mtuBytes = Number(value);
      if (option === 'mtu' && !(mtuBytes >= 68 && mtuBytes <= 65_535)) return bad('ip link', option, value);
      changes.push({ kind: 'link', dev, set: option === 'mtu' ? { mtuBytes } : { master: value } });
    } else return unknown('ip link', option);
  }
  return ok(changes);
}

function readSysctl(words: readonly string[]): Read {
  const changes: Change[] = [];
  for (const word of words) {
    if (/^-[qwe]+$/.test(word)) continue;
    if (word.startsWith('-')) return unknown('sysctl', word);
    const [key = '', value = ''] = word.split('=');
    if (!/^\d+$/.test(value)) return bad('sysctl', key, value);
    changes.push({ kind: 'sysctl', key, value: Number(value) });
  }
  return ok(changes);
}

function readIptables(words: readonly string[]): Read {
  const tableAt = words.indexOf('-t');
  const table = tableAt < 0 ? 'filter' : words[tableAt + 1];
  if (!isTable(table)) return bad('iptables', '-t', table ?? '');
  const rest = tableAt < 0 ? words : words.filter((_, i) => i !== tableAt && i !== tableAt + 1);
  const [verb = '', chain = '', ...spec] = rest.filter((word) => word !== '-w');
  switch (verb) {
    case '-P': {
      const policy = spec[0]?.toLowerCase();
      return policy === 'accept' || policy === 'drop'
        ? ok([{ kind: 'policy', table, chain, policy }])
        : bad('iptables', verb, spec[0] ?? '');
    }
    case '-N':
      return ok([{ kind: 'chain', table, chain, verb: 'new' }]);
    case '-F':
      return ok([{ kind: 'chain', table, chain, verb: 'flush' }]);
    case '-A':
    case '-D':
      return readRuleChange(table, chain, verb === '-A' ? 'append' : 'delete', spec);
    case '-I':
      return readRuleChange(table, chain, 'insert', spec[0] === '1' ? spec.slice(1) : spec);
    default:
      return unknown('iptables', verb);
  }
}

function readRuleChange(
  table: TableName,
  chain: string,
  verb: 'append' | 'insert' | 'delete',
  spec: readonly string[],
): Read {
  const read = readRule(spec, chain);
  if (!read.ok) return unknown('iptables', read.error.word);
  const { rule } = read.value;
  return ok([{ kind: 'rule', table, chain, verb, rule }]);
}
