/** One primitive as a test of one frame's bytes, in the order and with the reach that libpcap's programs have. */
import { BROADCAST, type Mac, macToBytes } from '../addr/mac';
import { unreachable } from '../base/result';
import { ETHERTYPE } from '../wire/ethernet';
import { compileAddress } from './compile-address';
import { compileComparison } from './compile-comparison';
import { bytesAt, hasTag, ip6At, ipAt, isLaterFragment, NONE, protocolOf, transportAt, tunnelIn } from './place';
import { behindLink, inDirection, type PlaceTest, type Side } from './place-test';
import type { Primitive } from './types';

type Tested = Exclude<Primitive, { readonly kind: 'point' }>;

export function compilePrimitive(test: Tested): PlaceTest {
  switch (test.kind) {
    case 'ether-type':
      return behindLink(({ etherType }) => etherType === test.type);
    case 'protocol':
      return behindLink(protocolTest(test.network, test.protocol));
    case 'address':
      return behindLink(compileAddress(test));
    case 'port':
      return behindLink(portTest(test));
    case 'mac':
      return inDirection(test.direction, (side) => macTest(test.mac, side));
    case 'broadcast':
      return macTest(BROADCAST, 'dst');
    case 'multicast':
      return multicastTest(test.network);
    case 'vlan':
      return behindLink(tagTest(test.id));
    case 'tunnel':
      return behindLink(tunnelTest(test));
    case 'compare':
      return compileComparison(test);
    default:
      return unreachable(test);
  }
}

const is = (value: number | null, wanted: number): boolean | null => (value === null ? null : value === wanted);

/** In IPv6 the next header, or that behind a fragment header; libpcap looks no further. */
const protocolTest =
  (network: 'ip' | 'ip6' | null, protocol: number): PlaceTest =>
  (place) => {
    if (ipAt(place) !== NONE) return network === 'ip6' ? false : is(protocolOf(place), protocol);
    const ip6 = ip6At(place);
    if (ip6 === NONE || network === 'ip') return false;
    const next = protocolOf(place);
    if (next !== IPV6_FRAGMENT || protocol === IPV6_FRAGMENT) return is(next, protocol);
    return is(bytesAt(place.bytes, ip6 + 40, 1), protocol);
  };

const IPV6_FRAGMENT = 44;

/** Only a first fragment has ports. */
function portTest({ protocols, direction, from, to }: Extract<Primitive, { kind: 'port' }>): PlaceTest {
  const sides = inDirection(direction, (side) => (place) => {
    const port = bytesAt(place.bytes, transportAt(place) + (side === 'src' ? 0 : 2), 2);
    return port === null ? null : port >= from && port <= to;
  });
  return (place) => {
    const protocol = protocolOf(place);
    if (protocol === null) return null;
    if (!protocols.includes(protocol)) return false;
    const isLater = isLaterFragment(place);
    return isLater === false ? sides(place) : isLater === null ? null : false;
  };
}

function macTest(mac: Mac, side: Side): PlaceTest {
  const wanted = macToBytes(mac);
  const offset = side === 'dst' ? 0 : wanted.length;
  return ({ bytes, ethernetAt }) => {
    const at = ethernetAt + offset;
    if (ethernetAt === NONE || at + wanted.length > bytes.length) return null;
    for (let i = 0; i < wanted.length; i += 1) if (bytes[at + i] !== wanted[i]) return false;
    return true;
  };
}

/** IPv4's group addresses are 224.0.0.0/4; libpcap asks for no more than that the first byte is that large. */
function multicastTest(network: 'ether' | 'ip' | 'ip6'): PlaceTest {
  if (network === 'ether') {
    return ({ bytes, ethernetAt }) => {
      const first = ethernetAt === NONE ? 0 : bytesAt(bytes, ethernetAt, 1);
      return first === null ? null : (first & 1) === 1;
    };
  }
  const [etherType, offset, least] = network === 'ip' ? [ETHERTYPE.ipv4, 16, 224] : [ETHERTYPE.ipv6, 24, 0xff];
  return behindLink((place) => {
    if (place.etherType !== etherType) return false;
    const first = bytesAt(place.bytes, place.networkAt + offset, 1);
    return first === null ? null : first >= least;
  });
}

const tagTest =
  (id: number | null): PlaceTest =>
  (place) => {
    if (!hasTag(place) || place.typeAt === NONE) return false;
    if (id === null) return true;
    const tag = bytesAt(place.bytes, place.networkAt, 2);
    return tag === null ? null : (tag & 0x0fff) === id;
  };

const tunnelTest =
  ({ tunnel, vni }: Extract<Primitive, { kind: 'tunnel' }>): PlaceTest =>
  (place) => {
    const kind = tunnelIn(place);
    if (kind === null) return null;
    if (kind !== tunnel) return false;
    if (vni === null) return true;
    const word = bytesAt(place.bytes, transportAt(place) + 12, 4); // UDP's 8 bytes, and 4 in either tunnel's header
    return word === null ? null : word >>> 8 === vni;
  };
