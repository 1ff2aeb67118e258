import { expect, test } from 'vitest';
import { isTcpdumpNotes } from './tcpdump-notes';

test('knows what tcpdump -w says on its terminal', () => {
  expect(
    isTcpdumpNotes(
      `tcpdump: listening on eth0, link-type EN10MB (Ethernet), snapshot length 262144 bytes
8 packets captured
8 packets received by filter
0 packets dropped by kernel
`,
    ),
  ).toBe(true);
  expect(isTcpdumpNotes('tcpdump: ens34: No such device exists\n(SIOCGIFHWADDR: No such device)\n')).toBe(false);
});

test('takes a printed packet for no note', () => {
  expect(isTcpdumpNotes('12:00:01.000000 IP 10.244.1.4 > 10.244.2.2: ICMP echo request, id 1, seq 1, length 64')).toBe(
    false,
  );
  expect(isTcpdumpNotes('')).toBe(false);
});
