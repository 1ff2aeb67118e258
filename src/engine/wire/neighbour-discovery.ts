/**
 * What stands behind the ICMPv6 header of the five neighbour discovery messages, RFC 4861 sections 4.1 to 4.6: IPv6's
 * ARP, and more.
 *
 *   message                  fixed part, bytes                          then
 *   router solicitation      none                                       options
 *   router advertisement     reachable time (4), retrans timer (4), ms  options
 *   neighbour solicitation   target address (16)                        options
 *   neighbour advertisement  target address (16)                        options
 *   redirect                 target (16), destination (16)              options
 *
 * An option: type (1), length in 8-byte units with these two bytes (1), data. The message has no length of its own, so
 * its options go on to the end of the packet.
 */
import { ipv6FromBytes } from '../addr/ipv6';
import { MAC_LENGTH, macFromBytes } from '../addr/mac';
import { concat, hex, NO_BYTES } from '../base/bytes';
import type { Result } from '../base/result';
import { err, ok } from '../base/result';
import { ICMPV6_TYPE } from './icmpv6';
import type { Field, HeaderFieldName, Issue, Parsed, WireError, WireModule } from './types';

export const SOURCE = 'RFC 4861 section 4';

const FIXED_LENGTH: ReadonlyMap<number, number> = new Map([
  [ICMPV6_TYPE.routerSolicitation, 0],
  [ICMPV6_TYPE.routerAdvertisement, 8],
  [ICMPV6_TYPE.neighbourSolicitation, 16],
  [ICMPV6_TYPE.neighbourAdvertisement, 16],
  [ICMPV6_TYPE.redirect, 32],
]);
const OPTION_UNIT = 8; // bytes
const OPTION = { sourceAddress: 1, targetAddress: 2, prefix: 3, mtu: 5 } as const;

export interface NeighbourDiscovery {
  readonly fixed: Uint8Array;
  readonly options: Uint8Array;
}

/** Null for an ICMPv6 type that is no neighbour discovery. */
export function neighbourDiscovery(type: number): WireModule<NeighbourDiscovery> | null {
  const fixedLength = FIXED_LENGTH.get(type);
  if (fixedLength === undefined) return null;
  return {
    parse: (frame, at) => parse(frame, at, fixedLength),
    serialize: ({ fixed, options }, payload = NO_BYTES) => concat(fixed, options, payload),
    describe: (header, at) => [
      ...describeFixed(type, header.fixed, at),
      ...optionsOf(header.options).list.map((option) => describeOption(option, at + header.fixed.length)),
    ],
  };
}

function parse(frame: Uint8Array, at: number, fixedLength: number): Result<Parsed<NeighbourDiscovery>, WireError> {
  const have = frame.length - at;
  if (have < fixedLength) return err({ kind: 'truncated', at, need: fixedLength, have });
  const header = { fixed: frame.subarray(at, at + fixedLength), options: frame.subarray(at + fixedLength) };
  const { badAt } = optionsOf(header.options);
  const issues: Issue[] = [];
  if (badAt !== null) {
    issues.push({ at: at + fixedLength + badAt, length: 2, rule: 'icmpv6-option', source: SOURCE });
  }
  return ok({ header, payloadAt: frame.length, issues });
}

interface Option {
  readonly type: number;
  readonly at: number; // bytes from the first option
  readonly bytes: Uint8Array; // type and length included
}

/** `badAt`: a length of zero, which makes the rest unreadable. An option beyond the end is left out: it may be cut. */
function optionsOf(bytes: Uint8Array): { readonly list: readonly Option[]; readonly badAt: number | null } {
  const list: Option[] = [];
  for (let at = 0; at + 1 < bytes.length; ) {
    const length = (bytes[at + 1] ?? 0) * OPTION_UNIT;
    if (length === 0) return { list, badAt: at };
    if (at + length > bytes.length) break;
    list.push({ type: bytes[at] ?? 0, at, bytes: bytes.subarray(at, at + length) });
    at += length;
  }
  return { list, badAt: null };
}

function describeFixed(type: number, fixed: Uint8Array, at: number): readonly Field[] {
  const view = new DataView(fixed.buffer, fixed.byteOffset, fixed.length);
  const address = (name: HeaderFieldName, from: number): Field => {
    return { name, text: ipv6FromBytes(fixed, from), at: at + from, length: 16 };
  };
  switch (type) {
    case ICMPV6_TYPE.routerAdvertisement:
      return [
        { name: 'icmpv6.nd.ra.reachable_time', text: String(view.getUint32(0)), at, length: 4 },
        { name: 'icmpv6.nd.ra.retrans_timer', text: String(view.getUint32(4)), at: at + 4, length: 4 },
      ];
    case ICMPV6_TYPE.neighbourSolicitation:
      return [address('icmpv6.nd.ns.target_address', 0)];
    case ICMPV6_TYPE.neighbourAdvertisement:
      return [address('icmpv6.nd.na.target_address', 0)];
    case ICMPV6_TYPE.redirect:
      return [address('icmpv6.nd.rd.target_address', 0), address('icmpv6.rd.na.destination_address', 16)];
    default:
      return [];
  }
}

/** An option in a shape that is not the usual one is shown as its bytes. */
function describeOption({ type, at: offset, bytes }: Option, optionsAt: number): Field {
  const at = optionsAt + offset;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const isAddress = type === OPTION.sourceAddress || type === OPTION.targetAddress;
  if (isAddress && bytes.length === 8) {
    const name = type === OPTION.sourceAddress ? 'icmpv6.opt.src_linkaddr' : 'icmpv6.opt.target_linkaddr';
    return { name, text: macFromBytes(bytes, 2), at: at + 2, length: MAC_LENGTH };
  }
  if (type === OPTION.prefix && bytes.length === 32) {
    const text = `${ipv6FromBytes(bytes, 16)}/${view.getUint8(2)}`;
    return { name: 'icmpv6.opt.prefix', text, at, length: bytes.length };
  }
  if (type === OPTION.mtu && bytes.length === 8) {
    return { name: 'icmpv6.opt.mtu', text: String(view.getUint32(4)), at: at + 4, length: 4 };
  }
  return { name: 'icmpv6.opt', text: hex(bytes), at, length: bytes.length };
}
