/**
 * Each fault on the article's cluster against what the real kernel showed in the lab's scenario of the same fault: ping's
 * own lines, and the capture files that held the request. Where the lab has no such scenario, the row says what stands in.
 */
import { describe, expect, test } from 'vitest';
import { edited, judged, withoutTimes } from '../testing/article-run';
import { randomCluster } from '../testing/random-cluster';
import { applyEdits } from './edits';
import { breakBy, FAULTS, type FaultId } from './faults';
import { asVxlan } from './modes';
import { article } from './scenarios/article';
import { hostNamed } from './topology';

const WAY = { from: 'pod1', to: 'pod2' };

function shown(id: FaultId, asked: string) {
  const broken = breakBy(article, WAY, [id]);
  expect(broken.skipped).toEqual([]);
  return judged(broken.topology, broken.command ?? `pod1: ${asked}`);
}

const head = (data = '56(84)', to = '10.244.2.2'): string => `PING ${to} (${to}) ${data} bytes of data.`;
const tail = (counts: string, to = '10.244.2.2'): readonly string[] => [
  '',
  `--- ${to} ping statistics ---`,
  `${counts}, time Nms`,
];
const silence = [head(), ...tail('2 packets transmitted, 0 received, 100% packet loss'), ''];
const answered = (ttl: number): readonly string[] => [
  head(),
  `64 bytes from 10.244.2.2: icmp_seq=1 ttl=${ttl} time=N ms`,
  `64 bytes from 10.244.2.2: icmp_seq=2 ttl=${ttl} time=N ms`,
  ...tail('2 packets transmitted, 2 received, 0% packet loss'),
  'rtt min/avg/max/mdev = N ms',
];
const told = (from: string, what: string, count = 2, pipe = ''): readonly string[] => [
  head(),
  ...Array.from({ length: count }, (_, i) => `From ${from} icmp_seq=${i + 1} ${what}`),
  ...tail(`${count} packets transmitted, 0 received, +${count} errors, 100% packet loss`),
  pipe,
];
const toldOnce = (from: string, what: string, to: string): readonly string[] => [
  head('56(84)', to),
  `From ${from} icmp_seq=1 ${what}`,
  ...tail('1 packets transmitted, 0 received, +1 errors, 100% packet loss', to),
  '',
];

const ALL = 'pod1 node1 node2 pod2';

interface Fact {
  readonly id: FaultId;
  readonly scenario: string; // of the lab; its what-happened.txt is the text here
  readonly asked: string;
  readonly text: readonly string[];
  readonly seenAt: string; // capture points that hold the request: the catalogue's "seen in"
}

const FACTS: readonly Fact[] = [
  {
    id: 'not-adjacent',
    scenario: 'not-adjacent-invalid-gateway',
    asked: 'ping -c 2 -W 2 10.244.2.2',
    text: silence,
    seenAt: 'pod1 node1',
  },
  {
    id: 'source-guard',
    scenario: 'silence, as any loss between the nodes',
    asked: 'ping -c 2 -W 2 10.244.2.2',
    text: silence,
    seenAt: 'pod1 node1',
  },
  {
    id: 'route-missing',
    scenario: 'route-missing-node1',
    asked: 'ping -c 2 -W 2 10.244.2.2',
    text: silence,
    seenAt: 'pod1 node1',
  },
  {
    id: 'no-route-at-all',
    scenario: 'route-missing-node1-no-default',
    asked: 'ping -c 2 -W 2 10.244.2.2',
    text: told('10.244.1.1', 'Destination Net Unreachable'),
    seenAt: 'pod1',
  },
  {
    id: 'gateway-detour',
    scenario: 'route-missing-node1-gw-knows',
    asked: 'ping -c 2 -W 2 10.244.2.2',
    text: answered(62),
    seenAt: ALL,
  },
  {
    id: 'return-route-missing',
    scenario: 'return-route-missing-node2',
    asked: 'ping -c 2 -W 1 10.244.2.2',
    text: silence,
    seenAt: ALL,
  },
  {
    id: 'next-hop-down',
    scenario: 'nexthop-down',
    asked: 'ping -c 4 -W 4 10.244.2.2',
    text: told('10.244.1.1', 'Destination Host Unreachable', 4, 'pipe 4'),
    seenAt: 'pod1',
  },
  {
    id: 'pod-absent',
    scenario: 'pod-absent',
    asked: '',
    text: toldOnce('192.168.0.82', 'Destination Host Unreachable', '10.244.2.99'),
    seenAt: 'pod1 node1 node2',
  },
  {
    id: 'forwarding-off-near',
    scenario: 'ip-forward-0-node1',
    asked: 'ping -c 2 -W 1 10.244.2.2',
    text: silence,
    seenAt: 'pod1',
  },
  {
    id: 'forwarding-off-far',
    scenario: 'ip-forward-0-node2',
    asked: 'ping -c 2 -W 1 10.244.2.2',
    text: silence,
    seenAt: 'pod1 node1 node2',
  },
  {
    id: 'forward-drop-near',
    scenario: 'forward-drop-node2, on node1',
    asked: 'ping -c 2 -W 1 10.244.2.2',
    text: silence,
    seenAt: 'pod1',
  },
  {
    id: 'forward-drop-far',
    scenario: 'forward-drop-node2',
    asked: 'ping -c 2 -W 1 10.244.2.2',
    text: silence,
    seenAt: 'pod1 node1 node2',
  },
  {
    id: 'forward-reject',
    scenario: 'forward-reject-node2, on node1 and with firewalld’s code 10',
    asked: 'ping -c 2 -W 2 10.244.2.2',
    text: told('10.244.1.1', 'Destination Host Prohibited'),
    seenAt: 'pod1',
  },
  {
    id: 'rp-filter',
    scenario: 'rp-filter-strict',
    asked: 'ping -c 2 -W 1 10.244.2.2',
    text: silence,
    seenAt: 'pod1 node1 node2',
  },
  {
    id: 'no-bridge',
    scenario: 'silence, since the gateway knows no way back',
    asked: 'ping -c 2 -W 1 10.244.2.2',
    text: silence,
    seenAt: 'pod1 node1 node2',
  },
  {
    id: 'small-mtu',
    scenario: 'mtu-df',
    asked: '',
    text: [
      head('1472(1500)'),
      'From 10.244.1.1 icmp_seq=1 Frag needed and DF set (mtu = 1400)',
      'ping: local error: message too long, mtu=1400',
      ...tail('2 packets transmitted, 0 received, +2 errors, 100% packet loss'),
      '',
    ],
    seenAt: 'pod1',
  },
  { id: 'snat', scenario: 'masq-node1, twice', asked: 'ping -c 2 10.244.2.2', text: answered(62), seenAt: ALL },
  {
    id: 'wrong-next-hop',
    scenario: 'wrong-nexthop-master',
    asked: 'ping -c 2 -W 2 10.244.2.2',
    text: answered(62),
    seenAt: ALL,
  },
  {
    id: 'small-ttl',
    scenario: 'ttl1',
    asked: '',
    text: toldOnce('10.244.1.1', 'Time to live exceeded', '10.244.2.2'),
    seenAt: 'pod1',
  },
];

describe('on the article’s cluster ping prints what it printed in the lab', () => {
  test.each(FACTS)('$id: $scenario', ({ id, asked, text }) => {
    expect(withoutTimes(shown(id, asked).printed)).toEqual(text);
  });

  test('there is a fact for every fault', () => {
    expect(FACTS.map(({ id }) => id)).toEqual(FAULTS.map(({ id }) => id));
  });
});

describe('the capture files that hold the request are those of the catalogue', () => {
  test.each(FACTS)('$id: $seenAt', ({ id, asked, seenAt }) => {
    const holding = shown(id, asked).held.flatMap(({ point, request }) => (request > 0 ? [point.id] : []));
    expect(holding.join(' ')).toBe(seenAt);
  });

  test('a next hop that is down leaves only ARP at node1', () => {
    const held = shown('next-hop-down', 'ping -c 4 -W 4 10.244.2.2').held;
    expect(held.map(({ point, holds }) => `${point.id} ${holds}`)).toEqual([
      'pod1 request',
      'node1 arp',
      'node2 nothing',
      'pod2 nothing',
    ]);
  });

  test('without cni0 the request crosses node2’s card twice', () => {
    const node2 = shown('no-bridge', 'ping -c 1 -W 1 10.244.2.2').held.find(({ point }) => point.id === 'node2');
    expect(node2?.request).toBe(2);
  });

  test('a missing return route: the reply is at pod2 and node2 only', () => {
    const held = shown('return-route-missing', 'ping -c 1 -W 1 10.244.2.2').held;
    expect(held.flatMap(({ point, answer }) => (answer > 0 ? [point.id] : []))).toEqual(['node2', 'pod2']);
  });

  test('source address rewriting shows: the node’s at node1 instead of the pod’s', () => {
    const { rewrites } = shown('snat', 'ping -c 1 10.244.2.2');
    expect(rewrites).toMatchObject([{ host: 'node1', field: 'src', before: 0x0af40104, after: 0xc0a80051 }]);
  });
});

describe('breakBy', () => {
  test('combines faults, each on what the one before left', () => {
    const broken = breakBy(article, WAY, ['route-missing', 'no-route-at-all', 'forwarding-off-far']);
    expect(broken.edits).toEqual([
      { kind: 'line', line: 'node1: ip route del 10.244.2.0/24' },
      { kind: 'line', line: 'node1: ip route del default' },
      { kind: 'line', line: 'node2: sysctl -w net.ipv4.ip_forward=0' },
    ]);
    expect(applyEdits(article, broken.edits)).toEqual({ ok: true, value: broken.topology });
  });

  test('skips a fault that no longer applies', () => {
    expect(breakBy(article, WAY, ['route-missing', 'wrong-next-hop']).skipped).toEqual(['wrong-next-hop']);
    expect(breakBy(article, WAY, ['not-adjacent', 'not-adjacent']).skipped).toEqual(['not-adjacent']);
  });

  test('any two faults go together', () => {
    for (const { id: one } of FAULTS) {
      for (const { id: other } of FAULTS) {
        const broken = breakBy(article, WAY, [one, other]);
        expect({ one, other, ok: applyEdits(article, broken.edits).ok }).toEqual({ one, other, ok: true });
        expect(judged(broken.topology, broken.command ?? 'pod1: ping -c 1 -W 1 10.244.2.2').outcome).not.toBe(
          'unfinished',
        );
      }
    }
  });

  test('nodes in two subnets do not trouble vxlan', () => {
    const broken = breakBy(asVxlan(article), WAY, ['not-adjacent']);
    expect(judged(broken.topology, 'pod1: ping -c 1 10.244.2.2').printed[1]).toMatch(/ttl=62/);
  });

  test('a source guard does not trouble vxlan either: its packets come from the nodes', () => {
    const broken = breakBy(asVxlan(article), WAY, ['source-guard']);
    expect(judged(broken.topology, 'pod1: ping -c 1 10.244.2.2').outcome).toBe('answered');
  });

  test('between pods of one node no fault of the way applies', () => {
    expect(FAULTS.every((fault) => fault.on(article, { from: 'pod1', to: 'pod1' }) === null)).toBe(true);
  });

  test('on other clusters faults name those clusters’ own hosts and networks, and can be applied', () => {
    let applied = 0;
    for (let seed = 1; seed <= 60; seed += 1) {
      const { topology } = randomCluster(seed);
      const pods = topology.hosts.filter(({ role }) => role === 'pod');
      const [from, to] = [pods[0]?.name ?? '', pods.at(-1)?.name ?? ''];
      for (const { id } of FAULTS) {
        const broken = breakBy(topology, { from, to }, [id]);
        if (broken.skipped.length > 0) continue;
        applied += 1;
        for (const edit of broken.edits) {
          if (edit.kind !== 'line') continue;
          expect(hostNamed(topology, edit.line.split(':')[0] ?? '')).not.toBeNull();
        }
      }
    }
    expect(applied).toBeGreaterThan(60 * 12);
  });
});

test('edited() gives the cluster breakBy gives', () => {
  const broken = breakBy(article, WAY, ['rp-filter']);
  expect(edited(broken.edits)).toEqual(broken.topology);
});
