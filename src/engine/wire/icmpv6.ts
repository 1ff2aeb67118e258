/**
 * ICMPv6 header, RFC 4443 section 2.1. 8 bytes, big-endian, then data: for errors the packet they are about, for
 * neighbour discovery what neighbour-discovery.ts reads.
 *
 *   offset  bytes  field
 *        0      1  type; below 128 an error
 *        1      1  code
 *        2      2  checksum over the IPv6 pseudo-header and the whole message
 *        4      4  by type: echo: identifier, sequence number (2 + 2); packet too big: MTU; parameter problem: pointer;
 *                  router advertisement: hop limit, flags, lifetime (1 + 1 + 2); neighbour advertisement: flags;
 *                  otherwise unused
 */
import { hexNumber } from '../base/bytes';
import { type IcmpBody, parse, serialize } from './icmp-body';
import type { Field, WireModule } from './types';

export { HEADER_LENGTH, parse, serialize } from './icmp-body';

export const SOURCE = 'RFC 4443 section 2.1';

/** Numbers of the IANA "ICMPv6 Parameters" registry; the keys name the messages. */
export const ICMPV6_TYPE = {
  destinationUnreachable: 1,
  packetTooBig: 2,
  timeExceeded: 3,
  parameterProblem: 4,
  echoRequest: 128,
  echoReply: 129,
  routerSolicitation: 133,
  routerAdvertisement: 134,
  neighbourSolicitation: 135,
  neighbourAdvertisement: 136,
  redirect: 137,
} as const;

export type Icmpv6 = IcmpBody;

/** True for the messages that quote the packet they are about. Other errors are reserved, and nobody sends them. */
export const isError = ({ type }: Icmpv6): boolean =>
  type >= ICMPV6_TYPE.destinationUnreachable && type <= ICMPV6_TYPE.parameterProblem;

export const isEcho = ({ type }: Icmpv6): boolean => type === ICMPV6_TYPE.echoRequest || type === ICMPV6_TYPE.echoReply;

export function describe(header: Icmpv6, at: number): readonly Field[] {
  return [
    { name: 'icmpv6.type', text: String(header.type), at, length: 1 },
    { name: 'icmpv6.code', text: String(header.code), at: at + 1, length: 1 },
    { name: 'icmpv6.checksum', text: hexNumber(header.checksum, 4), at: at + 2, length: 2 },
    ...describeRest(header, at + 4),
  ];
}

function describeRest({ type, rest }: Icmpv6, at: number): readonly Field[] {
  switch (type) {
    case ICMPV6_TYPE.echoRequest:
    case ICMPV6_TYPE.echoReply:
      return [
        { name: 'icmpv6.echo.identifier', text: hexNumber(rest >>> 16, 4), at, length: 2 },
        { name: 'icmpv6.echo.sequence_number', text: String(rest & 0xffff), at: at + 2, length: 2 },
      ];
    case ICMPV6_TYPE.packetTooBig:
      return [{ name: 'icmpv6.mtu', text: String(rest), at, length: 4 }];
    case ICMPV6_TYPE.parameterProblem:
      return [{ name: 'icmpv6.pointer', text: String(rest), at, length: 4 }];
    case ICMPV6_TYPE.routerAdvertisement: // RFC 4861 section 4.2
      return [
        { name: 'icmpv6.nd.ra.cur_hop_limit', text: String(rest >>> 24), at, length: 1 },
        { name: 'icmpv6.nd.ra.flag', text: hexNumber((rest >>> 16) & 0xff, 2), at: at + 1, length: 1 },
        { name: 'icmpv6.nd.ra.router_lifetime', text: String(rest & 0xffff), at: at + 2, length: 2 },
      ];
    case ICMPV6_TYPE.neighbourAdvertisement: // RFC 4861 section 4.4
      return [
        { name: 'icmpv6.nd.na.flag.r', text: flagText(rest, 0x8000_0000), at, length: 1 },
        { name: 'icmpv6.nd.na.flag.s', text: flagText(rest, 0x4000_0000), at, length: 1 },
        { name: 'icmpv6.nd.na.flag.o', text: flagText(rest, 0x2000_0000), at, length: 1 },
      ];
    default:
      return [];
  }
}

const flagText = (word: number, bit: number): string => ((word & bit) !== 0 ? 'set' : 'not set');

({ parse, serialize, describe }) satisfies WireModule<Icmpv6>;
