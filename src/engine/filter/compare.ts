/** Comparisons, in the unsigned 32-bit arithmetic of BPF. */
import { unreachable } from '../base/result';
import { bytesAt, type Packet } from './packet';
import type { Accessor, Arithmetic, Comparison, Expression, Primitive } from './types';

type Answer = boolean | null;

const TRANSPORT: Readonly<Partial<Record<Accessor, number>>> = { icmp: 1, tcp: 6, udp: 17 };
const NEXT_ICMPV6 = 58;

/** False where the packet has not the header that one side asks for; null where a byte of it is not captured. */
export function compare(
  { how, left, right }: Extract<Primitive, { readonly kind: 'compare' }>,
  packet: Packet,
): Answer {
  const has = both(hasHeaders(left, packet), () => hasHeaders(right, packet));
  if (has !== true) return has;
  const [a, b] = [numberOf(left, packet), numberOf(right, packet)];
  return a === null || b === null ? null : holds(how, a, b);
}

const both = (first: Answer, second: () => Answer): Answer => (first === true ? second() : first);

function hasHeaders(expression: Expression, packet: Packet): Answer {
  switch (expression.kind) {
    case 'number':
    case 'length':
      return true;
    case 'hop-limit':
      return packet.ip !== null || packet.ip6 !== null;
    case 'bytes':
      return both(startOf(expression.of, packet) !== null, () =>
        both(isCarried(expression.of, packet), () => hasHeaders(expression.at, packet)),
      );
    case 'arithmetic':
      return both(hasHeaders(expression.left, packet), () => hasHeaders(expression.right, packet));
    default:
      return unreachable(expression);
  }
}

/** libpcap reads a transport's bytes in IPv4 only (`gen_load_internal`), and not in a later fragment. */
function isCarried(of: Accessor, { bytes, ip, ip6, isLaterFragment }: Packet): Answer {
  if (of === 'icmp6') {
    const next = ip6 === null ? -1 : bytesAt(bytes, ip6 + 6, 1);
    return next === null ? null : next === NEXT_ICMPV6;
  }
  const wanted = TRANSPORT[of];
  if (wanted === undefined) return true;
  const protocol = ip === null ? -1 : bytesAt(bytes, ip + 9, 1);
  if (protocol === null) return null;
  return protocol === wanted && (isLaterFragment === null ? null : !isLaterFragment);
}

function startOf(of: Accessor, { place, arp, ip, ip6, transport }: Packet): number | null {
  switch (of) {
    case 'ether':
      return place.linkAt;
    case 'arp':
      return arp;
    case 'ip':
      return ip;
    case 'ip6':
      return ip6;
    case 'icmp6':
      return ip6 === null ? null : transport;
    case 'icmp':
    case 'tcp':
    case 'udp':
      return ip === null ? null : transport;
    default:
      return unreachable(of);
  }
}

function numberOf(expression: Expression, packet: Packet): number | null {
  switch (expression.kind) {
    case 'number':
      return expression.value;
    case 'length':
      return packet.originalLength;
    case 'hop-limit':
      if (packet.ip !== null) return bytesAt(packet.bytes, packet.ip + 8, 1);
      return packet.ip6 === null ? null : bytesAt(packet.bytes, packet.ip6 + 7, 1);
    case 'bytes': {
      const [start, at] = [startOf(expression.of, packet), numberOf(expression.at, packet)];
      return start === null || at === null ? null : bytesAt(packet.bytes, start + at, expression.size);
    }
    case 'arithmetic': {
      const [left, right] = [numberOf(expression.left, packet), numberOf(expression.right, packet)];
      return left === null || right === null ? null : calculate(expression.how, left, right);
    }
    default:
      return unreachable(expression);
  }
}

/** Null for a division by zero, which ends a BPF program as a missing byte does. */
function calculate(how: Arithmetic, a: number, b: number): number | null {
  switch (how) {
    case '+':
      return (a + b) >>> 0;
    case '-':
      return (a - b) >>> 0;
    case '*':
      return Math.imul(a, b) >>> 0;
    case '/':
      return b === 0 ? null : Math.floor(a / b);
    case '%':
      return b === 0 ? null : a % b;
    case '&':
      return (a & b) >>> 0;
    case '|':
      return (a | b) >>> 0;
    case '^':
      return (a ^ b) >>> 0;
    case '<<':
      return b > 31 ? 0 : (a << b) >>> 0;
    case '>>':
      return b > 31 ? 0 : a >>> b;
    default:
      return unreachable(how);
  }
}

function holds(how: Comparison, a: number, b: number): boolean {
  switch (how) {
    case '=':
      return a === b;
    case '!=':
      return a !== b;
    case '<':
      return a < b;
    case '>':
      return a > b;
    case '<=':
      return a <= b;
    case '>=':
      return a >= b;
    default:
      return unreachable(how);
  }
}
