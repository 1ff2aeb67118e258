/**
 * Whether a packet is what a rule asks for, part by part; all of its parts have to fit.
 * Source: Linux net/ipv4/netfilter/ip_tables.c (ip_packet_match, icmp_match), net/netfilter/xt_tcpudp.c.
 */
import type { Ipv4 } from '../addr/ipv4';
import { contains } from '../addr/prefix';
import { type Ipv4Header, PROTOCOL } from '../wire/ipv4';
import type { DevMatch, PrefixMatch, Rule, TransportMatch } from './netfilter';

/** As much of a packet as a rule asks about. `payload`: the bytes behind the IP header. */
export interface Asked {
  readonly header: Pick<Ipv4Header, 'src' | 'dst' | 'protocol' | 'fragmentOffset'>;
  readonly payload: Uint8Array;
}

/** Devices it came in by and goes out by; null where the hook knows none. */
export interface Devices {
  readonly inDev: string | null;
  readonly outDev: string | null;
}

/** Of its connection, as far as it is tracked. */
export type ConnectionState = 'new' | 'established' | 'related' | 'invalid';

export const matchesRule = (
  rule: Rule,
  { header, payload }: Asked,
  { inDev, outDev }: Devices,
  state: ConnectionState,
): boolean =>
  inPrefix(rule.src, header.src) &&
  inPrefix(rule.dst, header.dst) &&
  onDevice(rule.inDev, inDev) &&
  onDevice(rule.outDev, outDev) &&
  (rule.protocol === null || rule.protocol === header.protocol) &&
  rule.transport.every((match) => hasTransport(match, header, payload)) &&
  (rule.ctState === null || rule.ctState.some((wanted) => wanted === state)) &&
  isUnmarked(rule);

const inPrefix = (match: PrefixMatch | null, ip: Ipv4): boolean =>
  match === null || contains(match.prefix, ip) !== match.not;

function onDevice(match: DevMatch | null, dev: string | null): boolean {
  if (match === null) return true;
  const same = match.dev.endsWith('+') ? (dev ?? '').startsWith(match.dev.slice(0, -1)) : dev === match.dev;
  return same !== match.not;
}

/** Nothing in this model sets marks. */
const isUnmarked = ({ mark }: Rule): boolean => mark === null || ((0 & mark.mask) === mark.value) !== mark.not;

/** A fragment that is not the first has no header to be asked about. */
function hasTransport(
  match: TransportMatch,
  { protocol, fragmentOffset }: Asked['header'],
  payload: Uint8Array,
): boolean {
  if (fragmentOffset > 0) return false;
  const word = (at: number): number => (payload[at] ?? 0) * 256 + (payload[at + 1] ?? 0);
  switch (match.kind) {
    case 'ports': {
      if ((protocol !== PROTOCOL.tcp && protocol !== PROTOCOL.udp) || payload.length < 4) return false;
      const asked = { src: [word(0)], dst: [word(2)], either: [word(0), word(2)] }[match.of];
      const isIn = asked.some((port) => match.ranges.some(([from, to]) => port >= from && port <= to));
      return isIn !== match.not;
    }
    case 'icmp-type': {
      if (protocol !== PROTOCOL.icmp || payload.length < 2) return false;
      const isIt = payload[0] === match.type && (match.code === null || payload[1] === match.code);
      return isIt !== match.not;
    }
    case 'tcp-flags': {
      if (protocol !== PROTOCOL.tcp || payload.length < 14) return false;
      return (((payload[13] ?? 0) & match.mask) === match.set) !== match.not;
    }
  }
}
