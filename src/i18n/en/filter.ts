/** What is wrong with a packet filter, and where. */
import type { Expected, FilterError } from '../../engine/filter/types';

const EXPECTED: Readonly<Record<Expected, string>> = {
  primitive: 'something to look for, such as host, port, icmp or tcp',
  address: 'an IP address',
  network: 'a network such as 10.244.0.0/16',
  mac: 'a MAC address',
  port: 'a port number',
  'port-range': 'a range of ports such as 80-90',
  number: 'a number',
  protocol: 'a protocol number or name',
  'point-name': 'the name of a capture point',
  comparison: 'a comparison such as = or !=',
  size: 'a size of 1, 2 or 4 bytes',
  'and-or': 'and, or, or the end',
  'closing-parenthesis': 'a closing parenthesis',
  'closing-bracket': 'a closing bracket',
};

function error({ kind, at, length, expected }: FilterError, text: string): string {
  const word = text.slice(at, at + length);
  switch (kind) {
    case 'end':
      return `the filter ends where ${EXPECTED[expected]} is expected`;
    case 'unexpected':
      return `“${word}” stands where ${EXPECTED[expected]} is expected`;
    case 'unknown-word':
      return `“${word}” is no word of a filter; expected is ${EXPECTED[expected]}`;
    case 'out-of-range':
      return `“${word}” is too large`;
    case 'host-bits':
      return `“${word}” has bits behind its prefix`;
  }
}

export const filter = { error };
