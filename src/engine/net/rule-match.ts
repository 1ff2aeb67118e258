/**
 * Whether a packet is what a rule asks for, part by part; all of its parts have to fit.
 * Source: Linux net/ipv4/netfilter/ip_tables.c (ip_packet_match, icmp_match), net/netfilter/xt_tcpudp.c.
 */
import type { Ipv4 } from '../addr/ipv4';
import { contains } from '../addr/prefix';
import { type Ipv4Header, PROTOCOL } from '../wire/ipv4';
import type { DevMatch, PrefixMatch, Rule, TransportMatch } from './netfilter';

export const inPrefix = (match: PrefixMatch | null, ip: Ipv4): boolean =>
  match === null || contains(match.prefix, ip) !== match.not;

export function onDevice(match: DevMatch | null, dev: string | null): boolean {
  if (match === null) return true;
  const same = match.dev.endsWith('+') ? (dev ?? '').startsWith(match.dev.slice(0, -1)) : dev === match.dev;
  return same !== match.not;
}

/** Nothing in this model sets marks. */
export const isUnmarked = ({ mark }: Rule): boolean => mark === null || ((0 & mark.mask) === mark.value) !== mark.not;

/** `payload`: the bytes behind the IP header. A fragment that is not the first has no header to be asked about. */
export function hasTransport(
  match: TransportMatch,
  { protocol, fragmentOffset }: Pick<Ipv4Header, 'protocol' | 'fragmentOffset'>,
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
