/**
 * Judges the checksum of a whole ICMP message, UDP datagram or TCP segment.
 *
 * A sender whose network card computes checksums leaves in the field the sum of the pseudo-header alone, not
 * complemented; between virtual interfaces nobody ever fills it in. A capture taken there shows that sum, and it is
 * no corruption: it gets a rule of its own, 'checksum-offloaded'.
 */
import { hexNumber } from '../base/bytes';
import { checksum, pseudoHeader } from './checksum';
import { SOURCE as ICMP_SOURCE } from './icmp';
import type { Ipv4Header } from './ipv4';
import { PROTOCOL } from './ipv4';
import { SOURCE as TCP_SOURCE } from './tcp';
import type { Issue } from './types';
import { SOURCE as UDP_SOURCE } from './udp';

const ICMP_CHECKSUM_AT = 2; // bytes from the start of the message
const UDP_CHECKSUM_AT = 6;
const TCP_CHECKSUM_AT = 16;

/** `message` is header and data; `at` is where it starts in the frame. */
export function judgeIcmp(message: Uint8Array, at: number): Issue | null {
  const sum = checksum(message);
  if (sum === 0) return null;
  const span = { at: at + ICMP_CHECKSUM_AT, length: 2 };
  return {
    ...span,
    rule: 'icmp-checksum',
    source: ICMP_SOURCE,
    values: valuesOf(word(message, ICMP_CHECKSUM_AT), sum),
  };
}

/** A UDP checksum of zero means that the sender computed none, which is allowed. */
export function judgeUdp(datagram: Uint8Array, at: number, ip: Ipv4Header): Issue | null {
  if (word(datagram, UDP_CHECKSUM_AT) === 0) return null;
  return judge(datagram, at, ip, PROTOCOL.udp);
}

export const judgeTcp = (segment: Uint8Array, at: number, ip: Ipv4Header): Issue | null =>
  judge(segment, at, ip, PROTOCOL.tcp);

function judge(bytes: Uint8Array, at: number, ip: Ipv4Header, protocol: 6 | 17): Issue | null {
  const pseudo = pseudoHeader(ip.src, ip.dst, protocol, bytes.length);
  const sum = checksum(pseudo, bytes);
  if (sum === 0) return null;
  const [checksumAt, source, rule] =
    protocol === PROTOCOL.tcp
      ? ([TCP_CHECKSUM_AT, TCP_SOURCE, 'tcp-checksum'] as const)
      : ([UDP_CHECKSUM_AT, UDP_SOURCE, 'udp-checksum'] as const);
  const stored = word(bytes, checksumAt);
  const offloaded = stored === (~checksum(pseudo) & 0xffff);
  return {
    at: at + checksumAt,
    length: 2,
    rule: offloaded ? 'checksum-offloaded' : rule,
    source,
    values: valuesOf(stored, sum),
  };
}

/**
 * `sum` is the checksum over bytes that include the stored one. Taking the stored word out of it again gives the
 * checksum that should stand there: ~(~sum - stored), in ones' complement arithmetic ~(~sum + ~stored).
 */
function valuesOf(stored: number, sum: number): { readonly stored: string; readonly computed: string } {
  const without = (~sum & 0xffff) + (~stored & 0xffff);
  const computed = ~(without > 0xffff ? without - 0xffff : without) & 0xffff;
  return { stored: hexNumber(stored, 4), computed: hexNumber(computed, 4) };
}

const word = (bytes: Uint8Array, at: number): number => (bytes[at] ?? 0) * 256 + (bytes[at + 1] ?? 0);
