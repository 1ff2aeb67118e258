/** One primitive: qualifiers (`tcp src port`) and a value, or a word that stands alone (`arp`, `broadcast`, `vlan 5`). */
import { readIpv4 } from '../addr/ipv4';
import { readIpv6 } from '../addr/ipv6';
import { readMac } from '../addr/mac';
import { readNumber, takeComparison } from './expression';
import type { Reader } from './reader';
import type { Direction, Network, Primitive } from './types';
import { readNetwork, readPorts, readRange } from './values';

type Type = 'host' | 'net' | 'port' | 'portrange' | 'proto';
type Family = Network | 'ether' | 'tcp' | 'udp' | 'sctp';

/** The words before a value. */
export interface Qualifiers {
  readonly family: Family | null;
  readonly direction: Direction;
  readonly type: Type;
}

const ETHER_TYPE: Readonly<Record<string, number>> = { ip: 0x0800, arp: 0x0806, rarp: 0x8035, ip6: 0x86dd };
/** Words for a protocol over IP, by IANA's "Protocol Numbers"; `ip` or `ip6` where libpcap binds them to one of the two. */
const PROTOCOL: Readonly<Record<string, { readonly network: 'ip' | 'ip6' | null; readonly protocol: number }>> = {
  icmp: { network: 'ip', protocol: 1 },
  igmp: { network: 'ip', protocol: 2 },
  tcp: { network: null, protocol: 6 },
  udp: { network: null, protocol: 17 },
  esp: { network: null, protocol: 50 },
  ah: { network: null, protocol: 51 },
  icmp6: { network: 'ip6', protocol: 58 },
  sctp: { network: null, protocol: 132 },
};
const PORT_PROTOCOL = { tcp: [6], udp: [17], sctp: [132] } as const;
const ANY_PORT_PROTOCOL = [6, 17, 132];
const FAMILIES: readonly Family[] = ['ether', 'ip', 'ip6', 'arp', 'tcp', 'udp', 'sctp'];
const TYPES: readonly Type[] = ['host', 'net', 'port', 'portrange', 'proto'];

/** A whole primitive, or the qualifiers before a value that is still to be read. */
export type Start =
  | { readonly kind: 'whole'; readonly primitive: Primitive }
  | { readonly kind: 'qualified'; readonly qualifiers: Qualifiers };

export function readStart(reader: Reader): Start {
  const alone = readAlone(reader);
  if (alone !== null) return { kind: 'whole', primitive: alone };
  const word = reader.takeIf(...FAMILIES);
  const family = FAMILIES.find((one) => one === word) ?? null;
  const cast = family === null ? null : readCast(reader, family);
  if (cast !== null) return { kind: 'whole', primitive: cast };
  const direction = readDirection(reader);
  const typed = reader.takeIf(...TYPES);
  const type = TYPES.find((one) => one === typed) ?? null;
  if (direction === null && type === null) {
    if (family !== null) return { kind: 'whole', primitive: familyAlone(reader, family) };
    if (!isAddress(reader)) return reader.fail('primitive', 'unknown-word');
  }
  return { kind: 'qualified', qualifiers: { family, direction: direction ?? 'either', type: type ?? 'host' } };
}

function readCast(reader: Reader, family: Family): Primitive | null {
  if (family === 'ether' && reader.takeIf('broadcast') !== null) return { kind: 'broadcast' };
  if (family !== 'ether' && family !== 'ip' && family !== 'ip6') return null;
  return reader.takeIf('multicast') === null ? null : { kind: 'multicast', network: family };
}

function familyAlone(reader: Reader, family: Family): Primitive {
  const type = ETHER_TYPE[family];
  if (type !== undefined) return { kind: 'ether-type', type };
  const protocol = PROTOCOL[family];
  return protocol === undefined ? reader.fail('mac') : { kind: 'protocol', ...protocol };
}

/** Words that need no qualifiers and take none. */
function readAlone(reader: Reader): Primitive | null {
  const word = reader.takeIf(
    ...['icmp', 'icmp6', 'igmp', 'esp', 'ah', 'rarp', 'broadcast', 'multicast', 'vlan', 'vxlan', 'geneve'],
    ...['greater', 'less', 'ttl', 'id', 'point'],
  );
  if (word === null) return null;
  switch (word) {
    case 'rarp':
      return { kind: 'ether-type', type: ETHER_TYPE.rarp ?? 0 };
    case 'broadcast':
      return { kind: 'broadcast' };
    case 'multicast':
      return { kind: 'multicast', network: 'ether' };
    case 'vlan':
      return readVlan(reader);
    case 'vxlan':
    case 'geneve':
      return readTunnel(reader, word);
    case 'greater':
      return { kind: 'compare', how: '>=', left: { kind: 'length' }, right: numberIn(reader, 0xffff_ffff) };
    case 'less':
      return { kind: 'compare', how: '<=', left: { kind: 'length' }, right: numberIn(reader, 0xffff_ffff) };
    case 'ttl':
      return {
        kind: 'compare',
        how: takeComparison(reader),
        left: { kind: 'hop-limit' },
        right: numberIn(reader, 255),
      };
    case 'id': {
      const left = { kind: 'bytes', of: 'ip', at: { kind: 'number', value: 4 }, size: 2 } as const;
      return { kind: 'compare', how: takeComparison(reader), left, right: numberIn(reader, 0xffff) };
    }
    case 'point': {
      if (reader.peek() === null) reader.fail('point-name');
      return { kind: 'point', name: reader.take().text };
    }
    default:
      return { kind: 'protocol', ...(PROTOCOL[word] ?? { network: null, protocol: 0 }) };
  }
}

const numberIn = (reader: Reader, max: number) => ({ kind: 'number', value: readNumber(reader, max) }) as const;
const startsNumber = (reader: Reader): boolean => /^\d/.test(reader.peek() ?? '');

function readVlan(reader: Reader): Primitive {
  const id = startsNumber(reader) ? readNumber(reader, 0xfff) : null;
  reader.level = { ...reader.level, tags: reader.level.tags + 1 };
  return { kind: 'vlan', id };
}

function readTunnel(reader: Reader, tunnel: 'vxlan' | 'geneve'): Primitive {
  const vni = startsNumber(reader) ? readNumber(reader, 0xff_ffff) : null;
  reader.level = { tunnels: reader.level.tunnels + 1, tags: 0 };
  return { kind: 'tunnel', tunnel, vni };
}

/** `src`, `dst`, `src or dst`, `src and dst`; a single `src or` belongs to the next primitive. */
function readDirection(reader: Reader): Direction | null {
  const word = reader.takeIf('src', 'dst');
  if (word === null) return null;
  const join = reader.peek();
  const other = word === 'src' ? 'dst' : 'src';
  if ((join !== 'or' && join !== 'and' && join !== '||' && join !== '&&') || reader.peek(1) !== other)
    return word === 'src' ? 'src' : 'dst';
  reader.take();
  reader.take();
  return join === 'or' || join === '||' ? 'either' : 'both';
}

const isAddress = (reader: Reader): boolean => {
  const word = reader.peek() ?? '';
  return readIpv4(word) !== null || readIpv6(word) !== null;
};

/** A value that stands without its words: it begins with a digit or is an address. */
export const isBareValue = (reader: Reader): boolean => {
  const word = reader.peek() ?? '';
  return /^\d/.test(word) || isAddress(reader) || readMac(word) !== null;
};

export function readValue(reader: Reader, { family, direction, type }: Qualifiers): Primitive {
  switch (type) {
    case 'host':
    case 'net':
      if (family === 'ether') return readEtherHost(reader, direction, type);
      if (family === 'tcp' || family === 'udp' || family === 'sctp') return reader.fail('port');
      return {
        kind: 'address',
        network: family,
        direction,
        range: type === 'host' ? readRange(reader, family) : readNetwork(reader, family),
      };
    case 'port':
    case 'portrange': {
      if (family === 'ether' || family === 'arp') return reader.fail('address');
      const protocols =
        family === 'tcp' || family === 'udp' || family === 'sctp' ? PORT_PROTOCOL[family] : ANY_PORT_PROTOCOL;
      return { kind: 'port', protocols, direction, ...readPorts(reader, type) };
    }
    case 'proto':
      return readProtocol(reader, family);
  }
}

function readEtherHost(reader: Reader, direction: Direction, type: 'host' | 'net'): Primitive {
  const mac = readMac(reader.peek() ?? '');
  if (mac === null || type === 'net') return reader.fail('mac');
  reader.take();
  return { kind: 'mac', direction, mac };
}

/** A name may have the backslash that tcpdump asks for, since names are words of the language too. */
function readProtocol(reader: Reader, family: Family | null): Primitive {
  const word = (reader.peek() ?? '').replace('\\', '');
  if (family === 'ether') {
    const named = ETHER_TYPE[word];
    if (named !== undefined) reader.take();
    return { kind: 'ether-type', type: named ?? readNumber(reader, 0xffff) };
  }
  if (family !== null && family !== 'ip' && family !== 'ip6') return reader.fail('protocol');
  const named = Object.hasOwn(PROTOCOL, word) ? PROTOCOL[word]?.protocol : undefined;
  if (named !== undefined) reader.take();
  return { kind: 'protocol', network: family, protocol: named ?? readNumber(reader, 255) };
}
