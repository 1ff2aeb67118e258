/**
 * A rule in words, as iptables(8) takes it and iptables-save(8) prints it: everything after `-A CHAIN`.
 * Matches and targets: iptables-extensions(8).
 *
 *   -s 10.244.0.0/16 ! -d 224.0.0.0/4 -m comment --comment "flanneld masq" -j MASQUERADE --random-fully
 */
import { type Ipv4, readIpv4 } from '../addr/ipv4';
import { lenOfMask, type Prefix, prefixOf } from '../addr/prefix';
import { err, ok, type Result } from '../base/result';
import type { Rule, Target } from './netfilter';

export interface RuleTextError {
  readonly kind: 'unknown-word' | 'bad-value' | 'not-supported'; // not-supported: real, but not in this model
  readonly word: string;
}

type Parts = { -readonly [K in keyof Rule]: Rule[K] };

const NOTHING: Omit<Rule, 'text' | 'target'> = {
  src: null,
  dst: null,
  inDev: null,
  outDev: null,
  protocol: null,
  dport: null,
  ctState: null,
  mark: null,
};

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
      if (not || word === '-g' || word === '--goto') return err({ kind: 'not-supported', word: not ? '!' : word });
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
    if (value === '') return err({ kind: 'bad-value', word });
    const bad = read(parts, value, not);
    if (bad !== null) return err(bad);
    not = false;
    i += 1;
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

// ---- matches

type ReadMatch = (parts: Parts, value: string, not: boolean) => RuleTextError | null;

const badValue = (word: string): RuleTextError => ({ kind: 'bad-value', word });
const notSupported = (word: string): RuleTextError => ({ kind: 'not-supported', word });

/** Modules whose options are read below, or which match by an option that is. */
const MODULES: ReadonlySet<string> = new Set(['tcp', 'udp', 'icmp', 'conntrack', 'state', 'comment', 'mark']);
const PROTOCOLS: Readonly<Record<string, number | null | undefined>> = {
  all: null,
  icmp: 1,
  ipencap: 4,
  tcp: 6,
  udp: 17,
};

/** `10.0.0.0/8`, `10.0.0.0/255.0.0.0` or a host; host bits are cleared, as iptables does. */
function readMatchPrefix(text: string): Prefix | null {
  const [address = '', length, more] = text.split('/');
  const base = readIpv4(address);
  if (base === null || more !== undefined) return null;
  if (length === undefined) return { base, len: 32 };
  const mask = readIpv4(length);
  const len = mask === null ? (/^\d{1,2}$/.test(length) ? Number(length) : null) : lenOfMask(mask);
  return len === null || len > 32 ? null : prefixOf(base, len);
}

const matchAddress =
  (field: 'src' | 'dst'): ReadMatch =>
  (parts, value, not) => {
    const prefix = readMatchPrefix(value);
    if (prefix === null) return badValue(value);
    parts[field] = { prefix, not };
    return null;
  };
const matchDev =
  (field: 'inDev' | 'outDev'): ReadMatch =>
  (parts, dev, not) => {
    parts[field] = { dev, not };
    return null;
  };
const matchProtocol: ReadMatch = (parts, value, not) => {
  if (not) return notSupported('!');
  const number = /^\d{1,3}$/.test(value) ? Number(value) || null : PROTOCOLS[value.toLowerCase()];
  if (number === undefined || (number !== null && number > 255)) return badValue(value);
  parts.protocol = number;
  return null;
};
const matchPort: ReadMatch = (parts, value, not) => {
  if (not) return notSupported('!');
  if (/^\d+:\d+$/.test(value)) return notSupported(value);
  if (!/^\d{1,5}$/.test(value) || Number(value) > 65535) return badValue(value);
  parts.dport = Number(value);
  return null;
};
const matchState: ReadMatch = (parts, value, not) => {
  if (not) return notSupported('!');
  const states = value.split(',').map((state) => state.toLowerCase());
  const known = states.filter((state) => state === 'new' || state === 'established' || state === 'related');
  if (known.length < states.length) return notSupported(value);
  parts.ctState = known;
  return null;
};
const matchMark: ReadMatch = (parts, text, not) => {
  const [value, mask] = /^(0x[0-9a-f]{1,8}|\d{1,10})(?:\/(0x[0-9a-f]{1,8}|\d{1,10}))?$/i.exec(text)?.slice(1) ?? [];
  if (value === undefined) return badValue(text);
  parts.mark = { value: Number(value), mask: mask === undefined ? 0xffff_ffff : Number(mask), not };
  return null;
};
const matchModule: ReadMatch = (_, value) => (MODULES.has(value) ? null : notSupported(value));
const passOver: ReadMatch = () => null;

const MATCHES: Readonly<Record<string, ReadMatch | undefined>> = {
  '-s': matchAddress('src'),
  '--source': matchAddress('src'),
  '--src': matchAddress('src'),
  '-d': matchAddress('dst'),
  '--destination': matchAddress('dst'),
  '--dst': matchAddress('dst'),
  '-i': matchDev('inDev'),
  '--in-interface': matchDev('inDev'),
  '-o': matchDev('outDev'),
  '--out-interface': matchDev('outDev'),
  '-p': matchProtocol,
  '--protocol': matchProtocol,
  '-m': matchModule,
  '--match': matchModule,
  '--dport': matchPort,
  '--destination-port': matchPort,
  '--ctstate': matchState,
  '--state': matchState,
  '--mark': matchMark,
  '--comment': passOver,
};

// ---- targets

const FLAGS_OF_TARGETS: ReadonlySet<string> = new Set([
  '--random',
  '--random-fully',
  '--persistent',
  '--log-uid',
  '--log-ip-options',
]);

/** `--reject-with` to ICMP type and code; iptables-extensions(8), REJECT. */
const REJECT_WITH: Readonly<Record<string, number | undefined>> = {
  'icmp-net-unreachable': 0,
  'icmp-host-unreachable': 1,
  'icmp-proto-unreachable': 2,
  'icmp-port-unreachable': 3,
  'icmp-net-prohibited': 9,
  'icmp-host-prohibited': 10,
  'icmp-admin-prohibited': 13,
};

/** Targets of the kernel that this model does not carry out. Any other name is a user chain's. */
const OTHER_TARGETS =
  /^(AUDIT|CHECKSUM|CLASSIFY|CLUSTERIP|CONNMARK|CONNSECMARK|CT|DSCP|ECN|HMARK|IDLETIMER|LED|MARK|NETMAP|NFQUEUE|NOTRACK|QUEUE|RATEEST|REDIRECT|SECMARK|SET|SYNPROXY|TCPMSS|TCPOPTSTRIP|TEE|TOS|TPROXY|TRACE|TTL)$/;

function readTarget(name: string, options: ReadonlyMap<string, string>): Result<Target, RuleTextError> {
  switch (name) {
    case 'ACCEPT':
    case 'DROP':
    case 'RETURN':
      return noOptions(options, { kind: name.toLowerCase() as 'accept' | 'drop' | 'return' });
    case 'REJECT':
      return readReject(options);
    case 'MASQUERADE':
      return options.has('--to-ports') ? err(notSupported('--to-ports')) : ok({ kind: 'masquerade' });
    case 'SNAT': {
      const to = readTo(options.get('--to-source') ?? options.get('--to') ?? '');
      if (!to.ok) return to;
      return to.value.port === null ? ok({ kind: 'snat', to: to.value.ip }) : err(notSupported('--to-source'));
    }
    case 'DNAT': {
      const to = readTo(options.get('--to-destination') ?? options.get('--to') ?? '');
      return to.ok ? ok({ kind: 'dnat', to: to.value.ip, port: to.value.port }) : to;
    }
    case 'LOG':
    case 'NFLOG':
      return ok({ kind: 'count' });
    default:
      if (OTHER_TARGETS.test(name)) return err(notSupported(name));
      return noOptions(options, { kind: 'jump', chain: name });
  }
}

function noOptions(options: ReadonlyMap<string, string>, target: Target): Result<Target, RuleTextError> {
  const [first] = options.keys();
  return first === undefined ? ok(target) : err({ kind: 'unknown-word', word: first });
}

function readReject(options: ReadonlyMap<string, string>): Result<Target, RuleTextError> {
  const how = options.get('--reject-with') ?? 'icmp-port-unreachable';
  if (how === 'tcp-reset') return ok({ kind: 'reset' });
  const code =
    REJECT_WITH[how] ?? REJECT_WITH[`icmp-${how.replace(/^(net|host|proto|port)-unreach$/, '$1-unreachable')}`];
  if (code !== undefined) return ok({ kind: 'reject', type: 3, code });
  return err(badValue(how));
}

function readTo(text: string): Result<{ readonly ip: Ipv4; readonly port: number | null }, RuleTextError> {
  const [address = '', port, more] = text.split(':');
  const ip = readIpv4(address);
  if (ip !== null && more === undefined) {
    if (port === undefined) return ok({ ip, port: null });
    if (/^\d{1,5}$/.test(port) && Number(port) <= 65535) return ok({ ip, port: Number(port) });
  }
  return err(text.includes('-') ? notSupported(text) : badValue(text));
}
