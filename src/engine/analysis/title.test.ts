import { describe, expect, test } from 'vitest';
import { labCaptures, openLab } from '../testing/lab-captures';
import { titleOf } from './title';

/** Lines of `tcpdump -nt -r` (4.99.3) for packets of the lab's files, counted from 1. */
const LINES: readonly (readonly [capture: string, packet: number, line: string])[] = [
  ['mtu-frag/pod1', 1, 'ARP, Request who-has 10.244.1.1 tell 10.244.1.4, length 28'],
  ['mtu-frag/pod1', 2, 'ARP, Request who-has 10.244.1.1 tell 10.244.1.4, length 28'],
  ['mtu-frag/pod1', 3, 'ARP, Reply 10.244.1.1 is-at 5e:c1:b9:a7:b8:56, length 28'],
  ['mtu-frag/pod1', 4, 'IP 10.244.1.4 > 10.244.2.2: ICMP echo request, id 10027, seq 1, length 1480'],
  ['mtu-frag/pod1', 5, 'IP 10.244.2.2 > 10.244.1.4: ICMP echo reply, id 10027, seq 1, length 1376'],
  ['mtu-frag/pod1', 6, 'IP 10.244.2.2 > 10.244.1.4: ip-proto-1'],
  ['mtu-df/pod1', 5, 'IP 10.244.1.1 > 10.244.1.4: ICMP 10.244.2.2 unreachable - need to frag (mtu 1400), length 556'],
  [
    'forward-reject-node2/pod1',
    5,
    'IP 192.168.0.82 > 10.244.1.4: ICMP 10.244.2.2 protocol 1 port 64420 unreachable, length 92',
  ],
  [
    'route-prohibit/pod1',
    5,
    'IP 10.244.1.1 > 10.244.1.4: ICMP host 10.244.2.2 unreachable - admin prohibited filter, length 92',
  ],
  ['route-missing-node1-no-default/pod1', 5, 'IP 10.244.1.1 > 10.244.1.4: ICMP net 10.244.2.2 unreachable, length 92'],
  ['udp-closed-port/pod1', 4, 'IP 10.244.1.4.41001 > 10.244.2.2.9999: UDP, length 5'],
  ['udp-closed-port/pod1', 5, 'IP 10.244.2.2 > 10.244.1.4: ICMP 10.244.2.2 udp port 9999 unreachable, length 41'],
  ['ttl2/pod1', 5, 'IP 192.168.0.82 > 10.244.1.4: ICMP time exceeded in-transit, length 92'],
  [
    'wrong-nexthop-redirect/node1',
    4,
    'IP 192.168.0.80 > 192.168.0.81: ICMP redirect 10.244.2.2 to host 192.168.0.82, length 92',
  ],
];

describe.skipIf(labCaptures.length === 0)('titleOf says what tcpdump says', () => {
  test.each(LINES)('%s, packet %i: %s', (name, packet, line) => {
    const lab = labCaptures.find((capture) => capture.name === name);
    const bytes = lab === undefined ? undefined : openLab(lab).packets[packet - 1]?.bytes;
    expect(titleOf(bytes ?? new Uint8Array(0))).toBe(line);
  });
});

describe('titleOf', () => {
  test('names a frame too short for any header', () => {
    expect(titleOf(new Uint8Array(3))).toBe('[|ether] length 3');
  });
});
