/** Comparisons of numbers in the packet: `icmp[icmptype] == icmp-echo`, `tcp[tcpflags] & (tcp-syn|tcp-ack) != 0`, `len > 60`. */
import type { Reader } from './reader';
import type { Accessor, Arithmetic, Comparison, Expression, Primitive } from './types';

/** pcap-filter(7): offsets and values that have a name. */
const NAMED: ReadonlyMap<string, number> = new Map(
  Object.entries({
    icmptype: 0,
    icmpcode: 1,
    icmp6type: 0,
    icmp6code: 1,
    tcpflags: 13,
    'icmp-echoreply': 0,
    'icmp-unreach': 3,
    'icmp-sourcequench': 4,
    'icmp-redirect': 5,
    'icmp-echo': 8,
    'icmp-routeradvert': 9,
    'icmp-routersolicit': 10,
    'icmp-timxceed': 11,
    'icmp-paramprob': 12,
    'icmp-tstamp': 13,
    'icmp-tstampreply': 14,
    'icmp-ireq': 15,
    'icmp-ireqreply': 16,
    'icmp-maskreq': 17,
    'icmp-maskreply': 18,
    'icmp6-destinationunreach': 1,
    'icmp6-packettoobig': 2,
    'icmp6-timeexceeded': 3,
    'icmp6-parameterproblem': 4,
    'icmp6-echo': 128,
    'icmp6-echoreply': 129,
    'icmp6-routersolicit': 133,
    'icmp6-routeradvert': 134,
    'icmp6-neighborsolicit': 135,
    'icmp6-neighboradvert': 136,
    'icmp6-redirect': 137,
    'tcp-fin': 1,
    'tcp-syn': 2,
    'tcp-rst': 4,
    'tcp-push': 8,
    'tcp-ack': 16,
    'tcp-urg': 32,
    'tcp-ece': 64,
    'tcp-cwr': 128,
  }),
);

const ACCESSORS: readonly Accessor[] = ['ether', 'arp', 'ip', 'ip6', 'icmp', 'icmp6', 'tcp', 'udp'];
const COMPARISONS: readonly string[] = ['=', '==', '!=', '<', '>', '<=', '>='];
/** libpcap binds `&` and `|` tighter than a comparison, unlike C. */
const BY_STRENGTH: readonly (readonly Arithmetic[])[] = [
  ['|', '&', '^'],
  ['<<', '>>'],
  ['+', '-'],
  ['*', '/', '%'],
];

/** Null if what stands here is no comparison. A mistake behind its start is one all the same. */
export function readComparison(reader: Reader): Primitive | null {
  const left = readArithmetic(reader, 0);
  const how = reader.takeIf(...COMPARISONS);
  if (how === null) return null;
  return { kind: 'compare', how: comparisonOf(how), left, right: readArithmetic(reader, 0) };
}

/** A comparison sign, or null where none stands: then equality is meant. */
export const takeComparison = (reader: Reader): Comparison => comparisonOf(reader.takeIf(...COMPARISONS) ?? '=');

const comparisonOf = (sign: string): Comparison => (sign === '==' ? '=' : (sign as Comparison));

function readArithmetic(reader: Reader, strength: number): Expression {
  const signs = BY_STRENGTH[strength];
  if (signs === undefined) return readOperand(reader);
  let left = readArithmetic(reader, strength + 1);
  for (;;) {
    const how = reader.takeIf(...signs);
    if (how === null) return left;
    left = { kind: 'arithmetic', how: how as Arithmetic, left, right: readArithmetic(reader, strength + 1) };
  }
}

function readOperand(reader: Reader): Expression {
  if (reader.takeIf('-') !== null) {
    return {
      kind: 'arithmetic',
      how: '-',
      left: { kind: 'number', value: 0 },
      right: reader.nest(() => readOperand(reader)),
    };
  }
  if (reader.takeIf('(') !== null) {
    const inner = reader.nest(() => readArithmetic(reader, 0));
    if (reader.takeIf(')') === null) reader.fail('closing-parenthesis');
    return inner;
  }
  if (reader.takeIf('len') !== null) return { kind: 'length' };
  const word = reader.peek();
  const accessor = ACCESSORS.find((one) => one === word);
  if (accessor !== undefined && reader.peek(1) === '[') return readBytes(reader, accessor);
  return { kind: 'number', value: readNumber(reader, 0xffff_ffff) };
}

function readBytes(reader: Reader, of: Accessor): Expression {
  reader.take();
  reader.take();
  const at = reader.nest(() => readArithmetic(reader, 0));
  let size: 1 | 2 | 4 = 1;
  if (reader.takeIf(':') !== null) {
    const text = reader.takeIf('1', '2', '4');
    if (text === null) reader.fail('size');
    size = Number(text) as 1 | 2 | 4;
  }
  if (reader.takeIf(']') === null) reader.fail('closing-bracket');
  return { kind: 'bytes', of, at, size };
}

/** A decimal or hex number, or a name of one. */
export function readNumber(reader: Reader, max: number): number {
  const word = reader.peek() ?? '';
  const value = NAMED.get(word) ?? (/^(?:0x[\da-f]+|\d+)$/.test(word) ? Number(word) : null);
  if (value === null) return reader.fail('number');
  const token = reader.take();
  return value <= max ? value : reader.fail('number', 'out-of-range', token);
}
