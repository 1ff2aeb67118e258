/** Comparisons, in the unsigned 32-bit arithmetic of BPF. */
import { unreachable } from '../base/result';
import { ETHERTYPE } from '../wire/ethernet';
import { bytesAt, isLaterFragment, type Place, protocolOf, transportAt } from './place';
import type { Answer, PlaceTest } from './place-test';
import type { Accessor, Arithmetic, Comparison, Expression, Primitive } from './types';

/** Null: a byte is not captured, or a division by zero, which ends a BPF program just so. */
type Value = (place: Place) => number | null;

/** False where the packet has not the header that one side asks for; null where a byte of it is not captured. */
export function compileComparison({ how, left, right }: Extract<Primitive, { kind: 'compare' }>): PlaceTest {
  const headers = [...headersOf(left), ...headersOf(right)];
  const [a, b] = [evaluation(left), evaluation(right)];
  const holds = HOLDS[how];
  return (place) => {
    for (const has of headers) {
      const answer = has(place);
      if (answer !== true) return answer;
    }
    const [x, y] = [a(place), b(place)];
    return x === null || y === null ? null : holds(x, y);
  };
}

/** The headers that an expression asks for, in the order it does. */
function headersOf(expression: Expression): readonly PlaceTest[] {
  switch (expression.kind) {
    case 'number':
    case 'length':
      return [];
    case 'hop-limit':
      return [isIp];
    case 'bytes':
      return [headerTest(expression.of), ...headersOf(expression.at)];
    case 'arithmetic':
      return [...headersOf(expression.left), ...headersOf(expression.right)];
    default:
      return unreachable(expression);
  }
}

const isIp: PlaceTest = ({ isCut, etherType }) =>
  isCut ? null : etherType === ETHERTYPE.ipv4 || etherType === ETHERTYPE.ipv6;

const networkTest =
  (wanted: number): PlaceTest =>
  ({ isCut, etherType }) =>
    isCut ? null : etherType === wanted;

function headerTest(of: Accessor): PlaceTest {
  switch (of) {
    case 'ether':
      return () => true;
    case 'arp':
      return networkTest(ETHERTYPE.arp);
    case 'ip':
      return networkTest(ETHERTYPE.ipv4);
    case 'ip6':
      return networkTest(ETHERTYPE.ipv6);
    case 'icmp6':
      return carriedTest(ETHERTYPE.ipv6, 58);
    case 'icmp':
      return carriedTest(ETHERTYPE.ipv4, 1);
    case 'tcp':
      return carriedTest(ETHERTYPE.ipv4, 6);
    case 'udp':
      return carriedTest(ETHERTYPE.ipv4, 17);
    default:
      return unreachable(of);
  }
}

/** libpcap reads a transport's bytes in IPv4 only (`gen_load_internal`), and not in a later fragment. */
function carriedTest(network: number, protocol: number): PlaceTest {
  const inNetwork = networkTest(network);
  return (place): Answer => {
    const has = inNetwork(place);
    if (has !== true) return has;
    const found = protocolOf(place);
    if (found !== protocol) return found === null ? null : false;
    const isLater = isLaterFragment(place);
    return isLater === null ? null : !isLater;
  };
}

function startOf(of: Accessor): (place: Place) => number {
  switch (of) {
    case 'ether':
      return ({ linkAt }) => linkAt;
    case 'arp':
    case 'ip':
    case 'ip6':
      return ({ networkAt }) => networkAt;
    case 'icmp':
    case 'icmp6':
    case 'tcp':
    case 'udp':
      return transportAt;
    default:
      return unreachable(of);
  }
}

function evaluation(expression: Expression): Value {
  switch (expression.kind) {
    case 'number':
      return () => expression.value;
    case 'length':
      return ({ originalLength }) => originalLength;
    case 'hop-limit':
      return ({ bytes, etherType, networkAt }) => bytesAt(bytes, networkAt + (etherType === ETHERTYPE.ipv4 ? 8 : 7), 1);
    case 'bytes': {
      const [start, offset, { size }] = [startOf(expression.of), evaluation(expression.at), expression];
      return (place) => {
        const at = offset(place);
        return at === null ? null : bytesAt(place.bytes, start(place) + at, size);
      };
    }
    case 'arithmetic': {
      const [left, right] = [evaluation(expression.left), evaluation(expression.right)];
      const calculate = CALCULATE[expression.how];
      return (place) => {
        const [a, b] = [left(place), right(place)];
        return a === null || b === null ? null : calculate(a, b);
      };
    }
    default:
      return unreachable(expression);
  }
}

const CALCULATE: Readonly<Record<Arithmetic, (a: number, b: number) => number | null>> = {
  '+': (a, b) => (a + b) >>> 0,
  '-': (a, b) => (a - b) >>> 0,
  '*': (a, b) => Math.imul(a, b) >>> 0,
  '/': (a, b) => (b === 0 ? null : Math.floor(a / b)),
  '%': (a, b) => (b === 0 ? null : a % b),
  '&': (a, b) => (a & b) >>> 0,
  '|': (a, b) => (a | b) >>> 0,
  '^': (a, b) => (a ^ b) >>> 0,
  '<<': (a, b) => (b > 31 ? 0 : (a << b) >>> 0),
  '>>': (a, b) => (b > 31 ? 0 : a >>> b),
};

const HOLDS: Readonly<Record<Comparison, (a: number, b: number) => boolean>> = {
  '=': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '>': (a, b) => a > b,
  '<=': (a, b) => a <= b,
  '>=': (a, b) => a >= b,
};
