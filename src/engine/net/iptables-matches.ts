/**
 * What a rule asks of a packet, in the words of iptables(8) and iptables-extensions(8); the numbers of ICMP types and TCP flags
 * as its extensions name them (iptables extensions/libxt_icmp.h, libxt_tcp.c).
 */
import { readIpv4 } from '../addr/ipv4';
import { lenOfMask, type Prefix, prefixOf } from '../addr/prefix';
import type { Range, Rule, TransportMatch } from './netfilter';

export interface RuleTextError {
  readonly kind: 'unknown-word' | 'bad-value' | 'not-supported'; // not-supported: real, but not in this model
  readonly word: string;
}

export type Parts = { -readonly [K in keyof Rule]: Rule[K] };

export const NOTHING: Omit<Rule, 'text' | 'target'> = {
  src: null,
  dst: null,
  inDev: null,
  outDev: null,
  protocol: null,
  transport: [],
  ctState: null,
  mark: null,
};

/** Words that take another number of words after them than one. */
export const ARGUMENTS: Readonly<Record<string, number | undefined>> = { '--tcp-flags': 2, '--syn': 0 };

type ReadMatch = (parts: Parts, value: string, not: boolean) => RuleTextError | null;

export const badValue = (word: string): RuleTextError => ({ kind: 'bad-value', word });
export const notSupported = (word: string): RuleTextError => ({ kind: 'not-supported', word });

/** Modules whose options are read below, or which match by an option that is. */
const MODULES: ReadonlySet<string> = new Set([
  'tcp',
  'udp',
  'icmp',
  'conntrack',
  'state',
  'comment',
  'mark',
  'multiport',
]);
export const PROTOCOLS: Readonly<Record<string, number | null | undefined>> = {
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
/** `80`, `8000:8080`, `:1023`, and of multiport several with commas between them. */
const matchPorts =
  (of: 'src' | 'dst' | 'either'): ReadMatch =>
  (parts, value, not) => {
    const ranges = value.split(',').map(portRange);
    const known = ranges.filter((range) => range !== null);
    if (known.length < ranges.length) return badValue(value);
    return alsoAsk(parts, { kind: 'ports', of, ranges: known, not });
  };

function portRange(text: string): Range | null {
  const [from = '', to = from, more] = text.split(':');
  if (text === ':' || more !== undefined || !/^\d{0,5}$/.test(from) || !/^\d{0,5}$/.test(to) || text === '')
    return null;
  const range = [from === '' ? 0 : Number(from), to === '' ? 65535 : Number(to)] as const;
  return range[0] <= range[1] && range[1] <= 65535 ? range : null;
}

function alsoAsk(parts: Parts, match: TransportMatch): null {
  parts.transport = [...parts.transport, match];
  return null;
}

/** By number, perhaps with a code, as iptables-save has it; or by the names that are typed most. */
const ICMP_TYPES: Readonly<Record<string, string | undefined>> = {
  'echo-reply': '0',
  'destination-unreachable': '3',
  'host-unreachable': '3/1',
  'port-unreachable': '3/3',
  'fragmentation-needed': '3/4',
  redirect: '5',
  'echo-request': '8',
  'time-exceeded': '11',
};

const matchIcmpType: ReadMatch = (parts, value, not) => {
  if (value === 'any') return null;
  const [, type, code] = /^(\d{1,3})(?:\/(\d{1,3}))?$/.exec(ICMP_TYPES[value] ?? value) ?? [];
  if (type === undefined) return badValue(value);
  return alsoAsk(parts, { kind: 'icmp-type', type: Number(type), code: code === undefined ? null : Number(code), not });
};

const TCP_FLAGS: Readonly<Record<string, number | undefined>> = {
  FIN: 0x01,
  SYN: 0x02,
  RST: 0x04,
  PSH: 0x08,
  ACK: 0x10,
  URG: 0x20,
  ALL: 0x3f,
  NONE: 0,
};

const matchTcpFlags: ReadMatch = (parts, value, not) => {
  const [mask, set, more] = value.split(' ').map(flagsIn);
  if (mask == null || set == null || more !== undefined) return badValue(value);
  return alsoAsk(parts, { kind: 'tcp-flags', mask, set, not });
};

function flagsIn(text: string): number | null {
  const bits = text.split(',').map((name) => TCP_FLAGS[name.toUpperCase()]);
  return bits.includes(undefined) ? null : bits.reduce<number>((sum, bit) => sum | (bit ?? 0), 0);
}

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

export const MATCHES: Readonly<Record<string, ReadMatch | undefined>> = {
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
  '--dport': matchPorts('dst'),
  '--destination-port': matchPorts('dst'),
  '--dports': matchPorts('dst'),
  '--destination-ports': matchPorts('dst'),
  '--sport': matchPorts('src'),
  '--source-port': matchPorts('src'),
  '--sports': matchPorts('src'),
  '--source-ports': matchPorts('src'),
  '--ports': matchPorts('either'),
  '--icmp-type': matchIcmpType,
  '--tcp-flags': matchTcpFlags,
  '--syn': (parts, _, not) => matchTcpFlags(parts, 'FIN,SYN,RST,ACK SYN', not),
  '--ctstate': matchState,
  '--state': matchState,
  '--mark': matchMark,
  '--comment': passOver,
};
