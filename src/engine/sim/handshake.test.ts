/**
 * A handshake that a firewall breaks, against what Linux 6.18 sent on the article's cluster rebuilt from namespaces. Times are
 * those of the recordings, in whole seconds: where a timer fires within a turn of the kernel's wheel is chance.
 */
import { expect, test } from 'vitest';
import { edited, traced, typed } from '../testing/article-run';
import { formatFlags } from '../wire/tcp';
import { framesByDevice } from './trace';

const LISTENS = { kind: 'listen', host: 'pod2', listener: { protocol: 'tcp', port: 8080, replyBytes: 3200 } } as const;
const CONNECT = 'pod1: curl -m 5 http://10.244.2.2:8080/';

/** Segments at the device: flags, and seconds since the first one. */
function segmentsAt(point: string, rule: string): readonly string[] {
  const trace = traced(edited([LISTENS, ...typed(rule)]), CONNECT);
  const seen = (framesByDevice(trace).get(point) ?? []).flatMap(({ frame: { body }, atUs }) =>
    body.kind === 'ipv4' && body.header.protocol === 6 ? [{ flags: formatFlags(body.payload[13] ?? 0), atUs }] : [],
  );
  return seen.map(({ flags, atUs }) => `${flags} ${Math.floor((atUs - (seen[0]?.atUs ?? 0)) / 1e6)}`);
}

test('a SYN is sent again each second', () => {
  expect(segmentsAt('node1 ens33', 'node2: iptables -A FORWARD -p tcp --syn -j DROP')).toEqual([
    'SYN 0',
    'SYN 1',
    'SYN 2',
    'SYN 3',
    'SYN 4',
  ]);
});

test('what answers a SYN is sent again after 1, 3 and 7 seconds', () => {
  const onlySyn = 'node2: iptables -A FORWARD -p tcp ! --syn -d 10.244.2.2 -j DROP';
  expect(segmentsAt('pod2 eth0', onlySyn).slice(0, 4)).toEqual(['SYN 0', 'SYN, ACK 0', 'SYN, ACK 1', 'SYN, ACK 3']);
});

test('each SYN that comes again is answered, and what answers it is sent again when they end', () => {
  const noAnswer = 'node1: iptables -A FORWARD -p tcp --tcp-flags SYN,ACK SYN,ACK -j DROP';
  const seen = segmentsAt('pod2 eth0', noAnswer);
  // Two timers run out in the same tick, one a second from the SYN, one from its answer: which is first was seen both ways.
  for (const second of [0, 1, 2, 3, 4]) {
    const syn = seen.indexOf(`SYN ${second}`);
    expect(seen[syn + 1]).toBe(`SYN, ACK ${second}`);
  }
  expect(seen.filter((one) => one.startsWith('SYN ')).length).toBe(5);
  expect(seen.at(-1)).toMatch(/^SYN, ACK \d\d?$/);
});
