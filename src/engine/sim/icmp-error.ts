/**
 * ICMP errors a host sends about a packet: to whom, from which address, with what, and when not.
 * RFC 1122 section 3.2.2, RFC 1812 section 4.3; Linux net/ipv4/icmp.c (icmp_send, icmpv4_xrlim_allow),
 * route.c (ip_error, ipv4_link_failure), inetpeer.c (inet_peer_xrlim_allow).
 */
import type { Ipv4 } from '../addr/ipv4';
import { isMulticastIp } from '../addr/ipv4';
import { error, ICMP_TYPE, type Icmp, isError, serialize, UNREACHABLE_CODE, withChecksum } from '../wire/icmp';
import * as ipv4 from '../wire/ipv4';
import { isLocal, routeFor } from './addresses';
import { sendIp } from './ip-output';
import { hearLocalError } from './processes/process';
import type { Run } from './run';
import { jiffiesOf } from './timer-wheel';
import type { Packet } from './world';

/** The error's IP packet is at most this long (RFC 1812 section 4.3.2.3). */
const ERROR_BYTES_MAX = 576;
const PRECEDENCE_INTERNETCONTROL = 0xc0; // RFC 1812 section 4.3.2.5
const TOS_MASK = 0x1e;
const ERROR_TTL = 64;

/** Token buckets count in jiffies: one token a second (icmp_ratelimit=1000), at most 6 (XRLIM_BURST_FACTOR). */
const TOKEN_JIFFIES = 250;
const BURST_JIFFIES = 6 * TOKEN_JIFFIES;
const ROUTE_ERROR_BURST_JIFFIES = 5 * TOKEN_JIFFIES; // ip_rt_error_burst

/** Tells the sender of `about` what became of it, unless the rules forbid it or the limit is reached. */
export function sendIcmpError(run: Run, host: string, about: Packet, message: Icmp): void {
  const withheld = whyWithheld(run, host, about, message);
  if (withheld !== null) {
    run.note({ kind: 'error-withheld', host, packet: about.id, why: withheld });
    return;
  }
  const quoteMax = ERROR_BYTES_MAX - ipv4.HEADER_LENGTH_MIN - 8;
  const quote = ipv4.serialize(about.header, about.payload).subarray(0, quoteMax);
  const { host: config } = run.host(host);
  sendIp(run, host, {
    what: { kind: 'icmp-error', type: message.type, code: message.code },
    cause: about.id,
    src: isLocal(config, about.header.dst) ? about.header.dst : null, // else the address its route to the sender gives
    dst: about.header.src,
    protocol: ipv4.PROTOCOL.icmp,
    ttl: ERROR_TTL,
    tos: (about.header.dscpEcn & TOS_MASK) | PRECEDENCE_INTERNETCONTROL,
    pmtu: 'dont',
    id: 'draw',
    purpose: 'answer',
    payload: () => serialize(withChecksum(message, quote), quote),
  });
}

function whyWithheld(run: Run, host: string, about: Packet, message: Icmp) {
  const { header } = about;
  if (header.fragmentOffset > 0) return { kind: 'about-fragment' } as const;
  if (header.protocol === ipv4.PROTOCOL.icmp && isErrorType(about.payload[0]))
    return { kind: 'about-icmp-error' } as const;
  if (isMulticastIp(header.dst)) return { kind: 'about-broadcast' } as const;
  const { route } = routeFor(run.host(host).host, header.src);
  if (route === null || (route.type !== 'unicast' && route.type !== 'local')) {
    return { kind: 'no-route-to-source', src: header.src } as const;
  }
  // Path MTU discovery is never limited (icmpv4_mask_allow), nor what goes to the host itself (icmpv4_xrlim_allow); a
  // redirect has its own limit, which one a second never meets.
  const limited = route.type !== 'local' && message.type !== ICMP_TYPE.redirect && !isFragmentationNeeded(message);
  if (limited && !takeToken(run, host, header.src, BURST_JIFFIES)) {
    return { kind: 'rate-limited', to: header.src } as const;
  }
  return null;
}

const isErrorType = (type: number | undefined): boolean =>
  type !== undefined && isError({ type, code: 0, checksum: 0, rest: 0 });

const isFragmentationNeeded = (message: Icmp): boolean =>
  message.type === ICMP_TYPE.destinationUnreachable && message.code === UNREACHABLE_CODE.fragmentationNeeded;

/** Takes one token of the bucket kept for that destination; a new bucket is full. */
function takeToken(run: Run, host: string, to: Ipv4, burstJiffies: number): boolean {
  const now = jiffiesOf(run.world.nowUs);
  const { icmpBudgets } = run.host(host);
  const bucket = icmpBudgets.get(to);
  const filled = bucket === undefined ? burstJiffies : Math.min(burstJiffies, bucket.tokens + now - bucket.lastJiffies);
  const granted = filled >= TOKEN_JIFFIES;
  const tokens = granted ? filled - TOKEN_JIFFIES : filled;
  run.update(host, { icmpBudgets: new Map(icmpBudgets).set(to, { tokens, lastJiffies: now }) });
  return granted;
}

/**
 * The routing decision failed for a packet that was to be forwarded (ip_error). It takes a token of its own from the same
 * bucket before the error itself takes one, so such errors run dry twice as fast.
 */
export function routeError(
  run: Run,
  host: string,
  about: Packet,
  code: 'net' | 'host' | 'communicationProhibited',
): void {
  if (!takeToken(run, host, about.header.src, ROUTE_ERROR_BURST_JIFFIES)) {
    run.note({ kind: 'error-withheld', host, packet: about.id, why: { kind: 'rate-limited', to: about.header.src } });
    return;
  }
  sendIcmpError(run, host, about, error(ICMP_TYPE.destinationUnreachable, UNREACHABLE_CODE[code]));
}

/** The next hop never answered: host unreachable, told to a local sender without any packet (ipv4_link_failure). */
export function linkFailure(run: Run, host: string, packet: Packet): void {
  const message = error(ICMP_TYPE.destinationUnreachable, UNREACHABLE_CODE.host);
  if (packet.inDev === null && isLocal(run.host(host).host, packet.header.src)) {
    hearLocalError(run, host, packet, { from: packet.header.src, type: message.type, code: message.code, rest: 0 });
  } else sendIcmpError(run, host, packet, message);
}
