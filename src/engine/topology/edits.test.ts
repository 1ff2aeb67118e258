import { describe, expect, test } from 'vitest';
import { formatIpv4 } from '../addr/ipv4';
import { formatRoute } from '../net/route-text';
import { edited, typed } from '../testing/article-run';
import { applyEdits, type Edit } from './edits';
import { fromFile, toFile } from './file';
import { article } from './scenarios/article';
import { hostNamed, type Topology } from './topology';

const routesOf = (topology: Topology, host: string): readonly string[] =>
  (hostNamed(topology, host)?.routes ?? []).map(formatRoute);
const cardsOf = (topology: Topology, host: string): readonly string[] =>
  (hostNamed(topology, host)?.devices ?? []).flatMap(({ name, link, addresses }) =>
    link.kind === 'nic'
      ? addresses.map(({ ip, prefixLen }) => `${name} ${formatIpv4(ip)}/${prefixLen} ${link.segment}`)
      : [],
  );

describe('applyEdits', () => {
  test('carries out commands one after another and leaves the original alone', () => {
    const before = routesOf(article, 'node1');
    const after = edited(
      typed('node1: ip route del 10.244.2.0/24; ip link set ens33 mtu 1400', 'node2: sysctl -w net.ipv4.ip_forward=0'),
    );
    expect(routesOf(after, 'node1')).not.toContain('10.244.2.0/24 via 192.168.0.82 dev ens33');
    expect(hostNamed(after, 'node2')?.sysctls.ipForward).toBe(false);
    expect(routesOf(article, 'node1')).toEqual(before);
  });

  test.each<[string, Edit, object]>([
    ['a line without a host', { kind: 'line', line: 'ip route del default' }, { kind: 'no-host' }],
    [
      'a host that is not there',
      { kind: 'line', line: 'node9: ip route del default' },
      { kind: 'unknown-host', host: 'node9' },
    ],
    [
      'a command that sends',
      { kind: 'line', line: 'pod1: ping -c 1 10.244.2.2' },
      { kind: 'unknown-command', command: 'ping' },
    ],
    [
      'an option it does not know',
      { kind: 'line', line: 'node1: ip route show' },
      { kind: 'unknown-option', command: 'ip route' },
    ],
    [
      'what the tool refuses, in its own words',
      { kind: 'line', line: 'node1: ip route add 10.244.2.0/24 via 192.168.1.82 dev ens33' },
      { kind: 'refused', host: 'node1', text: 'Error: Nexthop has invalid gateway.' },
    ],
    [
      'a segment that is not there',
      { kind: 'source-guard', segment: 'wan', on: true },
      { kind: 'unknown-segment', segment: 'wan' },
    ],
    ['a move of a host without a card', { kind: 'split-lan', host: 'pod1' }, { kind: 'no-card', host: 'pod1' }],
    [
      'a second link to nobody',
      { kind: 'second-link', a: 'node1', b: 'node9' },
      { kind: 'unknown-host', host: 'node9' },
    ],
  ])('says which edit it cannot make: %s', (_, edit, error) => {
    const good: Edit = { kind: 'line', line: 'node1: sysctl -w net.ipv4.ip_forward=1' };
    expect(applyEdits(article, [good, edit])).toMatchObject({ ok: false, error: { index: 1, error } });
  });
});

describe('split-lan', () => {
  const split = edited([{ kind: 'split-lan', host: 'node2' }]);

  test('makes the addresses and routes of the lab’s not-adjacent scenarios', () => {
    expect(cardsOf(split, 'node2')).toEqual(['ens33 192.168.1.82/24 lan2']);
    expect(cardsOf(split, 'gateway')).toEqual(['eth0 192.168.0.1/24 lan', 'eth1 192.168.1.1/24 lan2']);
    expect(routesOf(split, 'node2')).toEqual([
      'default via 192.168.1.1 dev ens33 proto static metric 100',
      '10.244.2.0/24 dev cni0 proto kernel scope link src 10.244.2.1',
      '172.17.0.0/16 dev docker0 proto kernel scope link src 172.17.0.1',
      '192.168.1.0/24 dev ens33 proto kernel scope link src 192.168.1.82 metric 100',
    ]);
    expect(routesOf(split, 'node1')).toEqual([
      'default via 192.168.0.1 dev ens33 proto static metric 100',
      '10.244.0.0/24 via 192.168.0.80 dev ens33',
      '10.244.1.0/24 dev cni0 proto kernel scope link src 10.244.1.1',
      '172.17.0.0/16 dev docker0 proto kernel scope link src 172.17.0.1',
      '192.168.0.0/24 dev ens33 proto kernel scope link src 192.168.0.81 metric 100',
    ]);
  });

  test('the kernel then refuses flannel’s route, as it did in the lab', () => {
    const result = applyEdits(split, typed('node1: ip route add 10.244.2.0/24 via 192.168.1.82 dev ens33'));
    expect(result).toMatchObject({ ok: false, error: { error: { text: 'Error: Nexthop has invalid gateway.' } } });
  });

  test('of a second node takes another subnet', () => {
    const both = edited([{ kind: 'split-lan', host: 'master' }], split);
    expect(cardsOf(both, 'master')).toEqual(['ens33 192.168.2.80/24 lan3']);
  });

  test('the new MAC of the gateway is nobody else’s', () => {
    const macs = split.hosts.flatMap(({ devices }) =>
      devices.flatMap(({ link, mac }) => (link.kind === 'nic' ? [mac] : [])),
    );
    expect(new Set(macs).size).toBe(macs.length);
  });
});

describe('second-link', () => {
  test('joins two machines as in the lab’s rp_filter scenarios', () => {
    const linked = edited([{ kind: 'second-link', a: 'node2', b: 'master' }]);
    expect(cardsOf(linked, 'node2')).toEqual(['ens33 192.168.0.82/24 lan', 'ens34 192.168.9.82/24 lan2']);
    expect(cardsOf(linked, 'master')).toEqual(['ens33 192.168.0.80/24 lan', 'ens34 192.168.9.80/24 lan2']);
    expect(routesOf(linked, 'node2')).toContain('192.168.9.0/24 dev ens34 proto kernel scope link src 192.168.9.82');
  });
});

test('an edited cluster survives being written to a file', () => {
  const all = edited([
    { kind: 'split-lan', host: 'node2' },
    { kind: 'second-link', a: 'node2', b: 'master' },
    { kind: 'source-guard', segment: 'lan', on: true },
    { kind: 'listen', host: 'pod2', listener: { protocol: 'tcp', port: 8080, replyBytes: 3200 } },
  ]);
  expect(fromFile(toFile(all))).toEqual({ ok: true, value: all });
});
