/**
 * ICMP header, RFC 792 (one heading per message). 8 bytes, big-endian, then data.
 *
 *   offset  bytes  field
 *        0      1  type
 *        1      1  code
 *        2      2  checksum over the whole message
 *        4      4  by type: echo: identifier, sequence number (2 + 2);
 *                  3/4 "fragmentation needed": unused, next-hop MTU (2 + 2; RFC 1191 section 4);
 *                  redirect: gateway address; otherwise unused
 *
 * An error message carries the start of the packet it is about: that quote says which packet died, and where
 * its TTL stood.
 */
import type { Ipv4 } from '../addr/ipv4';
import { formatIpv4, ipv4FromNumber } from '../addr/ipv4';
import { hexNumber, NO_BYTES } from '../base/bytes';
import { checksum } from './checksum';
import { type IcmpBody, parse, serialize } from './icmp-body';
import type { Field, WireModule } from './types';

export { HEADER_LENGTH, parse, serialize } from './icmp-body';

export const SOURCE = 'RFC 792';

/** Numbers of the IANA "ICMP Parameters" registry; the keys name the messages. */
export const ICMP_TYPE = {
  echoReply: 0,
  destinationUnreachable: 3,
  sourceQuench: 4,
  redirect: 5,
  echoRequest: 8,
  timeExceeded: 11,
  parameterProblem: 12,
} as const;

/** Codes of "destination unreachable": RFC 792, from 6 on RFC 1122 section 3.2.2.1, 13 RFC 1812 section 5.2.7.1. */
export const UNREACHABLE_CODE = {
  net: 0,
  host: 1,
  protocol: 2,
  port: 3,
  fragmentationNeeded: 4,
  sourceRouteFailed: 5,
  netUnknown: 6,
  hostUnknown: 7,
  netProhibited: 9,
  hostProhibited: 10,
  communicationProhibited: 13,
} as const;

export const REDIRECT_CODE = { net: 0, host: 1, tosNet: 2, tosHost: 3 } as const;
export const TIME_EXCEEDED_CODE = { ttl: 0, reassembly: 1 } as const;

export type Icmp = IcmpBody;

/** Echo request or reply; the checksum is still to be computed. */
export const echo = (type: 0 | 8, identifier: number, sequence: number): Icmp => ({
  type,
  code: 0,
  checksum: 0,
  rest: ((identifier << 16) | sequence) >>> 0,
});

/** Error of any type; `rest` stays zero unless the type uses it. The checksum is still to be computed. */
export const error = (type: number, code: number, rest = 0): Icmp => ({ type, code, checksum: 0, rest });

/** "Fragmentation needed and DF set", with the MTU that would have fitted (RFC 1191 section 4). */
export const fragmentationNeeded = (mtuBytes: number): Icmp =>
  error(ICMP_TYPE.destinationUnreachable, UNREACHABLE_CODE.fragmentationNeeded, mtuBytes);

export const redirect = (code: number, gateway: Ipv4): Icmp => error(ICMP_TYPE.redirect, code, gateway);

export const isEcho = (header: Icmp): boolean =>
  header.type === ICMP_TYPE.echoRequest || header.type === ICMP_TYPE.echoReply;

/** True for the messages that quote the packet they are about (RFC 1122 section 3.2.2). */
export const isError = (header: Icmp): boolean =>
  header.type === ICMP_TYPE.destinationUnreachable ||
  header.type === ICMP_TYPE.sourceQuench ||
  header.type === ICMP_TYPE.redirect ||
  header.type === ICMP_TYPE.timeExceeded ||
  header.type === ICMP_TYPE.parameterProblem;

/** Null where the type gives those bytes another meaning. */
export const identifierOf = (header: Icmp): number | null => (isEcho(header) ? header.rest >>> 16 : null);
export const sequenceOf = (header: Icmp): number | null => (isEcho(header) ? header.rest & 0xffff : null);
export const mtuOf = (header: Icmp): number | null =>
  header.type === ICMP_TYPE.destinationUnreachable && header.code === UNREACHABLE_CODE.fragmentationNeeded
    ? header.rest & 0xffff
    : null;
export const gatewayOf = (header: Icmp): Ipv4 | null =>
  header.type === ICMP_TYPE.redirect ? ipv4FromNumber(header.rest) : null;

/** The same header with the checksum it should carry before this payload. */
export const withChecksum = (header: Icmp, payload: Uint8Array = NO_BYTES): Icmp => ({
  ...header,
  checksum: checksum(serialize({ ...header, checksum: 0 }, payload)),
});

export function describe(header: Icmp, at: number): readonly Field[] {
  return [
    { name: 'icmp.type', text: String(header.type), at, length: 1 },
    { name: 'icmp.code', text: String(header.code), at: at + 1, length: 1 },
    { name: 'icmp.checksum', text: hexNumber(header.checksum, 4), at: at + 2, length: 2 },
    ...describeRest(header, at),
  ];
}

/** Echo, and the pairs of RFC 792 and RFC 950 that nobody sends any more: timestamp, information, address mask. */
const hasIdentifier = (header: Icmp): boolean => isEcho(header) || (header.type >= 13 && header.type <= 18);

function describeRest(header: Icmp, at: number): readonly Field[] {
  if (hasIdentifier(header)) {
    return [
      { name: 'icmp.ident', text: hexNumber(header.rest >>> 16, 4), at: at + 4, length: 2 },
      { name: 'icmp.seq', text: String(header.rest & 0xffff), at: at + 6, length: 2 },
    ];
  }
  const mtu = mtuOf(header);
  if (mtu !== null) return [{ name: 'icmp.mtu', text: String(mtu), at: at + 6, length: 2 }];
  const gateway = gatewayOf(header);
  if (gateway !== null) return [{ name: 'icmp.gateway', text: formatIpv4(gateway), at: at + 4, length: 4 }];
  return [];
}

({ parse, serialize, describe }) satisfies WireModule<Icmp>;
