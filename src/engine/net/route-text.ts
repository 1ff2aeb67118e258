/**
 * A route in words, as `ip route` of iproute2 prints it and as `ip route add|del|replace` takes it (ip-route(8)).
 *
 *   10.244.2.0/24 via 192.168.0.82 dev ens33 proto static metric 100 onlink
 */
import { formatIpv4, type Ipv4, ipv4FromNumber, readIpv4 } from '../addr/ipv4';
import { formatPrefix, type Prefix, readPrefix } from '../addr/prefix';
import { err, ok, type Result } from '../base/result';
import { type Route, type RouteProtocol, type RouteType, route } from './route';

export interface RouteTextError {
  readonly kind: 'unknown-word' | 'bad-value';
  readonly word: string;
}

const TYPES: ReadonlySet<string> = new Set<RouteType>([
  'unicast',
  'local',
  'broadcast',
  'blackhole',
  'prohibit',
  'unreachable',
]);
const PROTOCOLS: ReadonlySet<string> = new Set<RouteProtocol>(['kernel', 'boot', 'static', 'dhcp', 'ra']);

/** Words that stand alone. Only `onlink` is part of the configuration; the others are the kernel's remarks. */
const FLAGS: ReadonlySet<string> = new Set([
  'onlink',
  'linkdown',
  'dead',
  'offload',
  'trap',
  'pervasive',
  'notify',
  'rt_trap',
]);

/** Words with a value that changes nothing in where a packet goes, as far as this model has it. */
const PASSED_OVER: ReadonlySet<string> = new Set([
  'scope',
  'table',
  'tos',
  'dsfield',
  'pref',
  'realm',
  ...[
    'advmss',
    'cwnd',
    'hoplimit',
    'initcwnd',
    'initrwnd',
    'reordering',
    'rto_min',
    'rtt',
    'rttvar',
    'ssthresh',
    'window',
  ],
  'error',
  'proto-error',
]);

const EVERYTHING: Prefix = { base: ipv4FromNumber(0), len: 0 };

/** The fields of a route before they are put together. */
interface Parts {
  type: RouteType;
  dst: Prefix | null;
  via: Ipv4 | null;
  dev: string | null;
  metric: number;
  protocol: RouteProtocol;
  prefSrc: Ipv4 | null;
  onlink: boolean;
  mtuBytes: number | null;
}

/** Reads `[TYPE] PREFIX [via X] [dev D] …`. A word it does not know is an error that names it. */
export function readRoute(words: readonly string[]): Result<Route, RouteTextError> {
  const parts: Parts = { ...route(EVERYTHING), dst: null };
  for (let i = 0; i < words.length; i += 1) {
    const word = words[i] ?? '';
    if (word === '') continue;
    if (FLAGS.has(word)) {
      parts.onlink ||= word === 'onlink';
      continue;
    }
    if (parts.dst === null && TYPES.has(word)) {
      parts.type = word as RouteType;
      continue;
    }
    const takes = OPTIONS[word];
    if (takes !== undefined || PASSED_OVER.has(word)) {
      i += 1;
      // Both spellings are understood: `via 10.0.0.1` and `via inet 10.0.0.1`, `mtu 1400` and `mtu lock 1400`.
      if ((word === 'via' && words[i] === 'inet') || (word === 'mtu' && words[i] === 'lock')) i += 1;
      const value = words[i] ?? '';
      if (value === '' || takes?.(parts, value) === false)
        return err({ kind: 'bad-value', word: value === '' ? word : value });
      continue;
    }
    if (parts.dst !== null) return err({ kind: 'unknown-word', word });
    parts.dst = readDestination(word);
    if (parts.dst === null) return err({ kind: /^[\d.]+(\/|$)/.test(word) ? 'bad-value' : 'unknown-word', word });
  }
  const { dst, ...rest } = parts;
  return dst === null ? err({ kind: 'bad-value', word: words.join(' ') }) : ok(route(dst, rest));
}

/** `default`, a prefix, or a host address, which means /32. */
export function readDestination(word: string): Prefix | null {
  if (word === 'default' || word === 'all' || word === 'any') return EVERYTHING;
  const host = readIpv4(word);
  return host === null ? readPrefix(word) : { base: host, len: 32 };
}

const OPTIONS: Readonly<Record<string, ((parts: Parts, value: string) => boolean) | undefined>> = {
  to: (parts, value) => {
    parts.dst = readDestination(value);
    return parts.dst !== null;
  },
  via: (parts, value) => {
    parts.via = readIpv4(value);
    return parts.via !== null;
  },
  dev: (parts, value) => {
    parts.dev = value;
    return true;
  },
  metric: (parts, value) => readMetric(parts, value),
  preference: (parts, value) => readMetric(parts, value),
  priority: (parts, value) => readMetric(parts, value),
  proto: (parts, value) => readProtocol(parts, value),
  protocol: (parts, value) => readProtocol(parts, value),
  mtu: (parts, value) => {
    parts.mtuBytes = /^\d{1,5}$/.test(value) ? Number(value) : null;
    return parts.mtuBytes !== null;
  },
  src: (parts, value) => {
    parts.prefSrc = readIpv4(value);
    return parts.prefSrc !== null;
  },
};

function readMetric(parts: Parts, value: string): boolean {
  const metric = /^\d{1,10}$/.test(value) ? Number(value) : Number.NaN;
  if (!(metric <= 0xffff_ffff)) return false;
  parts.metric = metric;
  return true;
}

function readProtocol(parts: Parts, value: string): boolean {
  parts.protocol = PROTOCOLS.has(value) ? (value as RouteProtocol) : 'other';
  return true;
}

/** The route as `ip route` prints it. `readRoute` gives the same route back. */
export function formatRoute({ type, dst, via, dev, protocol, prefSrc, metric, onlink, mtuBytes }: Route): string {
  const words = [
    ...(type === 'unicast' ? [] : [type]),
    dst.len === 0 ? 'default' : dst.len === 32 ? formatIpv4(dst.base) : formatPrefix(dst),
    ...(via === null ? [] : ['via', formatIpv4(via)]),
    ...(dev === null ? [] : ['dev', dev]),
    ...(protocol === 'boot' ? [] : ['proto', protocol]),
    ...(via === null && dev !== null ? ['scope', 'link'] : []),
    ...(prefSrc === null ? [] : ['src', formatIpv4(prefSrc)]),
    ...(metric === 0 ? [] : ['metric', String(metric)]),
    ...(onlink ? ['onlink'] : []),
    ...(mtuBytes === null ? [] : ['mtu', String(mtuBytes)]),
  ];
  return words.join(' ');
}
