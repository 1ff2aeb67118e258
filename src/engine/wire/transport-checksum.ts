/**
 * Judges the checksum of a whole ICMP message, UDP datagram, TCP segment or GRE packet.
 *
 * A sender whose network card computes checksums leaves in the field the sum of the pseudo-header alone, not
 * complemented; between virtual interfaces nobody ever fills it in. A capture taken there shows that sum, and it is
 * no corruption: it gets a rule of its own, 'checksum-offloaded'.
 */
import { hexNumber } from '../base/bytes';
import { checksum } from './checksum';
import { type ChecksumVerdict, UNVERIFIED } from './decoding';
import { SOURCE as GRE_SOURCE } from './gre';
import { SOURCE as ICMP_SOURCE } from './icmp';
import { SOURCE as ICMPV6_SOURCE } from './icmpv6';
import { SOURCE as TCP_SOURCE } from './tcp';
import type { IssueRule } from './types';
import { SOURCE as UDP_SOURCE } from './udp';

/** What the network layer puts before the bytes of a transport of this length; null where an address is not known. */
export type Pseudo = (protocol: number, length: number) => Uint8Array | null;

interface Place {
  readonly checksumAt: number; // bytes from the start of the message
  readonly rule: IssueRule;
  readonly source: string;
}

const ICMP: Place = { checksumAt: 2, rule: 'icmp-checksum', source: ICMP_SOURCE };
const ICMPV6: Place = { checksumAt: 2, rule: 'icmpv6-checksum', source: ICMPV6_SOURCE };
const UDP: Place = { checksumAt: 6, rule: 'udp-checksum', source: UDP_SOURCE };
const TCP: Place = { checksumAt: 16, rule: 'tcp-checksum', source: TCP_SOURCE };
const GRE: Place = { checksumAt: 4, rule: 'gre-checksum', source: GRE_SOURCE };

const PROTOCOL_TCP = 6;
const PROTOCOL_UDP = 17;
const PROTOCOL_ICMPV6 = 58;

const GOOD: ChecksumVerdict = { status: 'good', issue: null };
/** The sender computed none. */
export const ABSENT: ChecksumVerdict = { status: 'absent', issue: null };

/** `message` is header and data; `at` is where it starts in the frame. */
export const judgeIcmp = (message: Uint8Array, at: number): ChecksumVerdict => judgeAlone(message, at, ICMP);

/** `message` is header and payload; only for a header with a checksum. */
export const judgeGre = (message: Uint8Array, at: number): ChecksumVerdict => judgeAlone(message, at, GRE);

export const judgeIcmpv6 = (message: Uint8Array, at: number, pseudo: Pseudo): ChecksumVerdict =>
  judge(message, at, pseudo(PROTOCOL_ICMPV6, message.length), ICMPV6);

export const judgeTcp = (segment: Uint8Array, at: number, pseudo: Pseudo): ChecksumVerdict =>
  judge(segment, at, pseudo(PROTOCOL_TCP, segment.length), TCP);

/** A UDP checksum of zero, which says that the sender computed none, is allowed over IPv4 and for tunnels (RFC 6935). */
export function judgeUdp(datagram: Uint8Array, at: number, pseudo: Pseudo): ChecksumVerdict {
  if (word(datagram, UDP.checksumAt) !== 0) return judge(datagram, at, pseudo(PROTOCOL_UDP, datagram.length), UDP);
  const span = { at: at + UDP.checksumAt, length: 2 };
  return { status: 'bad', issue: { ...span, rule: 'udp-checksum-zero', source: 'RFC 8200 section 8.1' } };
}

function judgeAlone(bytes: Uint8Array, at: number, place: Place): ChecksumVerdict {
  const sum = checksum(bytes);
  return sum === 0 ? GOOD : bad(bytes, at, place, sum);
}

function judge(bytes: Uint8Array, at: number, pseudo: Uint8Array | null, place: Place): ChecksumVerdict {
  if (pseudo === null) return UNVERIFIED;
  const sum = checksum(pseudo, bytes);
  if (sum === 0) return GOOD;
  const verdict = bad(bytes, at, place, sum);
  const isOffloaded = word(bytes, place.checksumAt) === (~checksum(pseudo) & 0xffff);
  if (!isOffloaded || verdict.issue === null) return verdict;
  return { status: 'offloaded', issue: { ...verdict.issue, rule: 'checksum-offloaded' } };
}

function bad(bytes: Uint8Array, at: number, { checksumAt, rule, source }: Place, sum: number): ChecksumVerdict {
  const values = valuesOf(word(bytes, checksumAt), sum);
  return { status: 'bad', issue: { at: at + checksumAt, length: 2, rule, source, values } };
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
