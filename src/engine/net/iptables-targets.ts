/** What a rule does with a packet: iptables(8), iptables-extensions(8). */
import { type Ipv4, readIpv4 } from '../addr/ipv4';
import { err, ok, type Result } from '../base/result';
import { badValue, notSupported, type RuleTextError } from './iptables-matches';
import type { Target } from './netfilter';

export const FLAGS_OF_TARGETS: ReadonlySet<string> = new Set([
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

export function readTarget(name: string, options: ReadonlyMap<string, string>): Result<Target, RuleTextError> {
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
