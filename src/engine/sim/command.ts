/**
 * Commands a user types at a host, as far as the model can carry them out. An option it does not know is an error that
 * names it, never ignored.
 */
import { readIpv4 } from '../addr/ipv4';
import { err, ok, type Result } from '../base/result';
import { splitWords } from '../net/words';
import { type ChangeError, readChange } from '../topology/change-text';
import type { Change } from '../topology/configure';
import type { CurlOptions } from './processes/curl';
import type { NcOptions } from './processes/nc';
import type { PingOptions } from './processes/ping';
import type { TracerouteOptions } from './processes/traceroute';

export type Command =
  | { readonly kind: 'ping'; readonly options: PingOptions }
  | { readonly kind: 'traceroute'; readonly options: TracerouteOptions }
  | { readonly kind: 'curl'; readonly options: CurlOptions }
  | { readonly kind: 'nc'; readonly options: NcOptions }
  | { readonly kind: 'configure'; readonly changes: readonly Change[] };

export type CommandError =
  | { readonly kind: 'no-host'; readonly line: string } // not 'host: command'
  | { readonly kind: 'unknown-host'; readonly host: string }
  | { readonly kind: 'unknown-command'; readonly command: string }
  | ChangeError
  | { readonly kind: 'missing'; readonly command: string; readonly what: 'destination' | 'count' | 'port' };

export interface PlacedCommand {
  readonly host: string;
  readonly text: string; // as typed, without the host
  readonly command: Command;
}

/** Reads 'host: command; command …'. */
export function readCommands(line: string): Result<readonly PlacedCommand[], CommandError> {
  const colon = line.indexOf(':');
  if (colon < 1) return err({ kind: 'no-host', line });
  const host = line.slice(0, colon).trim();
  const placed: PlacedCommand[] = [];
  for (const part of line.slice(colon + 1).split(/;|&&/)) {
    const text = part.trim();
    if (text === '') continue;
    const command = readCommand(text);
    if (!command.ok) return command;
    placed.push({ host, text, command: command.value });
  }
  return placed.length === 0 ? err({ kind: 'no-host', line }) : ok(placed);
}

function readCommand(text: string): Result<Command, CommandError> {
  const [first = '', second = ''] = text.split('|').map((part) => part.trim());
  const words = splitWords(second === '' ? first : second);
  const [name = '', ...rest] = words;
  const change = readChange(words);
  if (change !== null) return change.ok ? ok({ kind: 'configure', changes: change.value }) : change;
  switch (name) {
    case 'ping':
      return readPing(rest);
    case 'traceroute':
      return readTraceroute(rest);
    case 'curl':
      return readCurl(rest);
    case 'nc':
      return readNc(rest, second === '' ? '' : (splitWords(first)[1] ?? ''));
    default:
      return err({ kind: 'unknown-command', command: name });
  }
}

const PING_DEFAULTS = {
  count: null as number | null,
  intervalUs: 1_000_000,
  dataBytes: 56,
  ttl: 64,
  lingerUs: 10_000_000,
  pmtu: 'want' as PingOptions['pmtu'],
  tos: 0,
  src: null as PingOptions['src'],
};

/** ping(8) of iputils: -c -i -s -t -W -M -Q -I -n. */
function readPing(words: readonly string[]): Result<Command, CommandError> {
  const options = { ...PING_DEFAULTS };
  let dst: PingOptions['dst'] | null = null;
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i] ?? '';
    if (word === '-n') continue;
    if (!word.startsWith('-')) {
      dst = readIpv4(word);
      if (dst === null) return err({ kind: 'bad-value', command: 'ping', option: 'destination', value: word });
      continue;
    }
    i += 1;
    const value = words[i] ?? '';
    const read = PING_OPTIONS[word];
    if (read === undefined) return err({ kind: 'unknown-option', command: 'ping', option: word });
    if (!read(options, value)) return err({ kind: 'bad-value', command: 'ping', option: word, value });
  }
  if (dst === null) return err({ kind: 'missing', command: 'ping', what: 'destination' });
  if (options.count === null) return err({ kind: 'missing', command: 'ping', what: 'count' });
  return ok({ kind: 'ping', options: { ...options, count: options.count, dst } });
}

type Reader = (options: typeof PING_DEFAULTS, value: string) => boolean;

/** A number within limits, or null. */
const inRange = (value: string, min: number, max: number): number | null => {
  const number = value === '' ? Number.NaN : Number(value);
  return number >= min && number <= max ? number : null;
};

const PING_OPTIONS: Readonly<Record<string, Reader>> = {
  '-c': (options, value) => {
    const count = inRange(value, 1, 10_000);
    options.count = count === null ? null : Math.floor(count);
    return count !== null;
  },
  '-i': (options, value) => {
    const seconds = inRange(value, 0.002, 3600);
    options.intervalUs = (seconds ?? 0) * 1_000_000;
    return seconds !== null;
  },
  '-s': (options, value) => {
    const bytes = inRange(value, 0, 65_507);
    options.dataBytes = Math.floor(bytes ?? 0);
    return bytes !== null;
  },
  '-t': (options, value) => {
    const ttl = inRange(value, 1, 255);
    options.ttl = Math.floor(ttl ?? 0);
    return ttl !== null;
  },
  '-W': (options, value) => {
    const seconds = inRange(value, 0.001, 86_400);
    options.lingerUs = (seconds ?? 0) * 1_000_000;
    return seconds !== null;
  },
  '-M': (options, value) => {
    if (value !== 'do' && value !== 'want' && value !== 'dont') return false;
    options.pmtu = value;
    return true;
  },
  '-Q': (options, value) => {
    const tos = inRange(value, 0, 255);
    options.tos = Math.floor(tos ?? 0);
    return tos !== null;
  },
  '-I': (options, value) => {
    options.src = readIpv4(value);
    return options.src !== null;
  },
};

/** Walks words as getopt does: options with a value, flags, and what is left. */
function readOptions(
  command: string,
  words: readonly string[],
  flags: ReadonlySet<string>,
  valued: ReadonlySet<string>,
): Result<{ readonly values: ReadonlyMap<string, string>; readonly rest: readonly string[] }, CommandError> {
  const values = new Map<string, string>();
  const rest: string[] = [];
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i] ?? '';
    const glued = word.length > 2 && !word.startsWith('--') ? word.slice(0, 2) : null; // -w1
    if (flags.has(word)) values.set(word, '');
    else if (valued.has(word)) {
      i += 1;
      values.set(word, words[i] ?? '');
    } else if (glued !== null && valued.has(glued)) values.set(glued, word.slice(2));
    else if (word.startsWith('-') && word !== '-') return err({ kind: 'unknown-option', command, option: word });
    else rest.push(word);
  }
  return ok({ values, rest });
}

const bad = (command: string, option: string, value: string): Result<never, CommandError> =>
  err({ kind: 'bad-value', command, option, value });

/** traceroute(8): -n -I -m -q -w; UDP unless -I. */
function readTraceroute(words: readonly string[]): Result<Command, CommandError> {
  const read = readOptions('traceroute', words, new Set(['-n', '-I']), new Set(['-m', '-q', '-w']));
  if (!read.ok) return read;
  const { values, rest } = read.value;
  const dst = readIpv4(rest[0] ?? '');
  if (rest[0] === undefined) return err({ kind: 'missing', command: 'traceroute', what: 'destination' });
  if (dst === null || rest.length > 1) return bad('traceroute', 'destination', rest.join(' '));
  const number = (option: string, fallback: number, max: number): number | null =>
    values.has(option) ? inRange(values.get(option) ?? '', 1, max) : fallback;
  const [hopsMax, perHop, waitS] = [number('-m', 30, 255), number('-q', 3, 10), number('-w', 5, 3600)];
  if (hopsMax === null || perHop === null || waitS === null) return bad('traceroute', '-m -q -w', words.join(' '));
  const method = values.has('-I') ? 'icmp' : 'udp';
  return ok({ kind: 'traceroute', options: { dst, method, hopsMax, perHop, waitUs: waitS * 1_000_000 } });
}

/** curl(1): http://ADDRESS:PORT/ with -s, -m, --connect-timeout. */
function readCurl(words: readonly string[]): Result<Command, CommandError> {
  const read = readOptions(
    'curl',
    words,
    new Set(['-s', '-S', '-sS']),
    new Set(['-m', '--max-time', '--connect-timeout']),
  );
  if (!read.ok) return read;
  const { values, rest } = read.value;
  const url = rest[0];
  if (url === undefined) return err({ kind: 'missing', command: 'curl', what: 'destination' });
  const [, address = '', port = '80'] = /^(?:http:\/\/)?([\d.]+)(?::(\d+))?(?:\/.*)?$/.exec(url) ?? [];
  const dst = readIpv4(address);
  const number = inRange(port, 1, 65_535);
  if (dst === null || number === null) return bad('curl', 'URL', url);
  const limit = values.get('-m') ?? values.get('--max-time') ?? values.get('--connect-timeout');
  const seconds = limit === undefined ? null : inRange(limit, 0.001, 86_400);
  if (limit !== undefined && seconds === null) return bad('curl', '-m', limit);
  return ok({ kind: 'curl', options: { dst, port: number, timeoutUs: seconds === null ? null : seconds * 1_000_000 } });
}

/** nc(1): -u -w SECONDS ADDRESS PORT, with something piped in. */
function readNc(words: readonly string[], text: string): Result<Command, CommandError> {
  const read = readOptions('nc', words, new Set(['-u']), new Set(['-w']));
  if (!read.ok) return read;
  const { values, rest } = read.value;
  if (!values.has('-u')) return err({ kind: 'missing', command: 'nc', what: 'port' });
  const dst = readIpv4(rest[0] ?? '');
  const port = inRange(rest[1] ?? '', 1, 65_535);
  if (dst === null) return bad('nc', 'destination', rest[0] ?? '');
  if (port === null) return err({ kind: 'missing', command: 'nc', what: 'port' });
  const seconds = values.has('-w') ? inRange(values.get('-w') ?? '', 0.001, 86_400) : 1;
  if (seconds === null) return bad('nc', '-w', values.get('-w') ?? '');
  return ok({ kind: 'nc', options: { dst, port, text, waitUs: seconds * 1_000_000 } });
}
