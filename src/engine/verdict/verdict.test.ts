/** Verdicts against what the real kernel did in the lab's scenarios: where it lost the packet, why, and what it said. */
import { describe, expect, test } from 'vitest';
import { formatIpv4 } from '../addr/ipv4';
import { seeded } from '../sim/draws';
import { simulate } from '../sim/simulate';
import { hostIn } from '../sim/world';
import { edited, judged, typed } from '../testing/article-run';
import { randomCluster } from '../testing/random-cluster';
import type { Edit } from '../topology/edits';
import { FAULTS } from '../topology/faults';
import { asIpip, asVxlan, sameNodePair } from '../topology/modes';
import { article } from '../topology/scenarios/article';
import { type Verdict, verdictOf } from './verdict';

const PING = 'pod1: ping -c 2 -W 4 10.244.2.2';

/** 'node1 route no-route' and so on. */
const lossOf = ({ loss }: Verdict): string | null =>
  loss === null ? null : `${loss.host} ${loss.stage} ${loss.reason.kind}`;

const errorOf = ({ error }: Verdict): string | null =>
  error === null ? null : `${formatIpv4(error.from)} > ${formatIpv4(error.to)} ${error.type}/${error.code}`;

const hostsOf = (passage: Verdict['request']): string => (passage?.hops ?? []).map(({ host }) => host).join(' ');

const SPLIT: Edit = { kind: 'split-lan', host: 'node2' };
const TO_NODE2 = '10.244.2.0/24';

describe('verdictOf agrees with the lab', () => {
  test.each<[string, readonly Edit[], string, Verdict['outcome'], string | null, string | null]>([
    ['seed-ping', [], PING, 'answered', null, null],
    [
      'ttl2',
      [],
      'pod1: ping -c 1 -W 2 -t 2 10.244.2.2',
      'error-answered',
      'node2 ttl ttl-expired',
      '192.168.0.82 > 10.244.1.4 11/0',
    ],
    ['ttl3', [], 'pod1: ping -c 1 -W 2 -t 3 10.244.2.2', 'answered', null, null],
    [
      'route-missing-node1-gw-answers',
      typed(`node1: ip route del ${TO_NODE2}`, 'gateway: ip route add 10.244.1.0/24 via 192.168.0.81'),
      PING,
      'error-answered',
      'gateway route no-route',
      '192.168.0.1 > 10.244.1.4 3/0',
    ],
    [
      'route-missing-node1-gw-silent',
      typed(`node1: ip route del ${TO_NODE2}`, 'gateway: ip route add blackhole default'),
      PING,
      'request-lost',
      'gateway route blackhole-route',
      null,
    ],
    [
      'return-route-missing-no-default',
      typed('node2: ip route del 10.244.1.0/24', 'node2: ip route del default'),
      PING,
      'reply-lost',
      'node2 route no-route',
      '10.244.2.1 > 10.244.2.2 3/0',
    ],
    [
      'wrong-nexthop-loop',
      typed(
        `node1: ip route replace ${TO_NODE2} via 192.168.0.80 dev ens33`,
        `master: ip route replace ${TO_NODE2} via 192.168.0.81 dev ens33`,
      ),
      'pod1: ping -c 1 -W 2 -t 9 10.244.2.2',
      'error-answered',
      'node1 ttl ttl-expired',
      '10.244.1.1 > 10.244.1.4 11/0',
    ],
    [
      'wrong-nexthop-not-forwarding',
      typed(
        `node1: ip route replace ${TO_NODE2} via 192.168.0.80 dev ens33`,
        'master: sysctl -w net.ipv4.ip_forward=0',
      ),
      PING,
      'request-lost',
      'master forwarding forwarding-off',
      null,
    ],
    [
      'route-blackhole',
      typed(`node1: ip route del ${TO_NODE2}; ip route add blackhole ${TO_NODE2}`),
      PING,
      'request-lost',
      'node1 route blackhole-route',
      null,
    ],
    [
      'route-prohibit',
      typed(`node1: ip route del ${TO_NODE2}; ip route add prohibit ${TO_NODE2}`),
      PING,
      'error-answered',
      'node1 route prohibit-route',
      '10.244.1.1 > 10.244.1.4 3/13',
    ],
    [
      'nexthop-absent',
      typed(`node1: ip route replace ${TO_NODE2} via 192.168.0.99 dev ens33`),
      PING,
      'error-answered',
      'node1 neighbour neighbour-failed',
      '10.244.1.1 > 10.244.1.4 3/1',
    ],
    [
      'pod2-down',
      typed('pod2: ip link set eth0 down'),
      PING,
      'error-answered',
      'node2 neighbour neighbour-failed',
      '192.168.0.82 > 10.244.1.4 3/1',
    ],
    [
      'pod-no-route',
      typed('pod1: ip route del default; ip route del 10.244.0.0/16'),
      PING,
      'refused-locally',
      null,
      null,
    ],
    [
      'same-node-absent',
      [],
      'pod1: ping -c 1 -W 5 10.244.1.50',
      'refused-locally',
      'pod1 neighbour neighbour-failed',
      null,
    ],
    [
      'veth-not-on-bridge',
      typed('node1: ip link set veth5c905d55 nomaster'),
      PING,
      'reply-lost',
      'node1 neighbour neighbour-failed',
      '192.168.0.81 > 10.244.2.2 3/1',
    ],
    [
      'not-adjacent-onlink',
      [SPLIT, ...typed(`node1: ip route add ${TO_NODE2} via 192.168.1.82 dev ens33 onlink`)],
      PING,
      'error-answered',
      'node1 neighbour neighbour-failed',
      '10.244.1.1 > 10.244.1.4 3/1',
    ],
    [
      'forward-reject-node2',
      typed('node2: iptables -A FORWARD -j REJECT'),
      PING,
      'error-answered',
      'node2 forward rule',
      '192.168.0.82 > 10.244.1.4 3/3',
    ],
    ['nomasq-to-gateway', [], 'pod1: ping -c 2 -W 1 192.168.0.1', 'reply-lost', 'gateway route no-route', null],
    [
      'mtu-mismatch-silent',
      typed('node2: ip link set ens33 mtu 1400'),
      'pod1: ping -c 2 -W 1 -M do -s 1472 10.244.2.2',
      'request-lost',
      'node2 device-in receiver-mtu',
      null,
    ],
    [
      'mtu-frag',
      typed('node1: ip link set ens33 mtu 1400', 'node2: ip link set ens33 mtu 1400'),
      'pod1: ping -c 1 -W 2 -M dont -s 1472 10.244.2.2',
      'answered',
      null,
      null,
    ],
    [
      'udp-closed-port',
      [],
      'pod1: printf hello | nc -u -w1 10.244.2.2 9999',
      'error-answered',
      'pod2 socket no-listener',
      '10.244.2.2 > 10.244.1.4 3/3',
    ],
    ['tcp-closed-port', [], 'pod1: curl -m 5 http://10.244.2.2:8081/', 'answered', 'pod2 socket no-listener', null],
    [
      'traceroute-udp',
      [],
      'pod1: traceroute -n 10.244.2.2',
      'error-answered',
      'pod2 socket no-listener',
      '10.244.2.2 > 10.244.1.4 3/3',
    ],
    ['traceroute-icmp', [], 'pod1: traceroute -n -I 10.244.2.2', 'answered', null, null],
  ])('%s', (_, edits, command, outcome, loss, error) => {
    const verdict = judged(edited(edits), command);
    expect([verdict.outcome, lossOf(verdict), errorOf(verdict)]).toEqual([outcome, loss, error]);
  });

  test('a datagram that a silent service takes is delivered, and nothing is wrong', () => {
    const listener = { protocol: 'udp', port: 9000, echo: false } as const;
    const topology = edited([{ kind: 'listen', host: 'pod2', listener }]);
    const verdict = judged(topology, 'pod1: printf hello | nc -u -w1 10.244.2.2 9000');
    expect([verdict.outcome, verdict.answer, verdict.loss]).toEqual(['delivered', null, null]);
  });

  test('a packet that a firewall loses although it is only bridged is lost in FORWARD all the same', () => {
    const pair = sameNodePair(article);
    const topology = edited(typed('node1: iptables -P FORWARD DROP'), pair?.topology);
    const verdict = judged(topology, `pod1: ping -c 1 -W 1 ${formatIpv4(pair?.ip ?? (0 as never))}`);
    expect([lossOf(verdict), verdict.loss?.bridged]).toEqual(['node1 forward policy', true]);
  });
});

describe('the path', () => {
  const hops = (topology = article, command = PING): readonly string[] =>
    (judged(topology, command).request?.hops ?? []).map(
      ({ host, inDev, ttlIn, outDev, ttlOut }) => `${host} ${inDev} ${ttlIn} ${outDev} ${ttlOut}`,
    );

  test('names the devices and the TTL at each, as captured: 64, 63, 62', () => {
    expect(hops()).toEqual([
      'pod1 null null eth0 64',
      'node1 cni0 64 ens33 63',
      'node2 ens33 63 cni0 62',
      'pod2 eth0 62 null null',
    ]);
  });

  test.each([asVxlan, asIpip])('is the same through a tunnel: the inner TTL counts', (mode) => {
    expect(hops(mode(article))).toEqual(hops());
    expect(judged(mode(article), PING).request?.hops.map(({ tunnel }) => tunnel !== null)).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  test('of two pods on one node is bridged: TTL stays 64, by the veth ports', () => {
    const pair = sameNodePair(article);
    const veth = pair?.topology.hosts.find(({ name }) => name === 'node1')?.devices.at(-1)?.name;
    expect(hops(pair?.topology, `pod1: ping -c 1 ${formatIpv4(pair?.ip ?? (0 as never))}`)).toEqual([
      'pod1 null null eth0 64',
      `node1 veth5c905d55 64 ${veth} 64`,
      'pod3 eth0 64 null null',
    ]);
  });

  test('of a fragmented packet is the first fragment’s', () => {
    const topology = edited(typed('node1: ip link set ens33 mtu 1400', 'node2: ip link set ens33 mtu 1400'));
    expect(hostsOf(judged(topology, 'pod1: ping -c 1 -M dont -s 1472 10.244.2.2').request)).toBe(
      'pod1 node1 node2 pod2',
    );
  });
});

describe('there and back', () => {
  test('rp-filter-loose: the reply comes by the other link and master, one hop more', () => {
    const rp = FAULTS.find(({ id }) => id === 'rp-filter')?.on(article, { from: 'pod1', to: 'pod2' });
    const { ways, answer } = judged(
      edited([...(rp?.edits ?? []), ...typed('node2: sysctl -w net.ipv4.conf.all.rp_filter=2')]),
      PING,
    );
    expect(hostsOf(answer)).toBe('pod2 node2 master node1 pod1');
    expect(ways).toEqual({
      asymmetric: true,
      requestOnly: [],
      answerOnly: ['master'],
      requestTtl: 62,
      answerTtl: 61,
      detours: [{ on: 'answer', host: 'master', after: 'node2', segment: 'lan' }],
      loops: [],
    });
  });

  test('not-adjacent-router-has-routes: the router is needed, so it is no detour', () => {
    const topology = edited([
      SPLIT,
      ...typed(
        'gateway: ip route add 10.244.1.0/24 via 192.168.0.81',
        `gateway: ip route add ${TO_NODE2} via 192.168.1.82`,
      ),
    ]);
    const { ways, outcome } = judged(topology, PING);
    expect([outcome, ways.requestTtl, ways.answerTtl, ways.detours, ways.asymmetric]).toEqual([
      'answered',
      61,
      61,
      [],
      false,
    ]);
  });

  test('without cni0 a gateway that knows the way sends it back to node2, until node2 sees TTL 1', () => {
    const verdict = judged(
      edited(
        typed(
          'node2: ip link set cni0 down',
          'gateway: ip route add 10.244.1.0/24 via 192.168.0.81',
          `gateway: ip route add ${TO_NODE2} via 192.168.0.82`,
        ),
      ),
      'pod1: ping -c 1 10.244.2.2',
    );
    expect([errorOf(verdict), verdict.ways.loops]).toEqual(['192.168.0.82 > 10.244.1.4 11/0', ['node2', 'gateway']]);
    expect(verdict.printed[1]).toBe('From 192.168.0.82 icmp_seq=1 Time to live exceeded');
  });

  test('a loop names the hosts the packet came to again', () => {
    const topology = edited(
      typed(
        `node1: ip route replace ${TO_NODE2} via 192.168.0.80 dev ens33`,
        `master: ip route replace ${TO_NODE2} via 192.168.0.81 dev ens33`,
      ),
    );
    expect(judged(topology, 'pod1: ping -c 1 -W 2 -t 9 10.244.2.2').ways.loops).toEqual(['node1', 'master']);
  });
});

describe('proofs print what the lab’s hosts printed', () => {
  const printed = (edits: readonly Edit[], command = PING): readonly string[] =>
    judged(edited(edits), command).proveWith.map(({ host, line, prints }) => `${host}# ${line} | ${prints}`);

  test.each<[string, readonly Edit[], string]>([
    [
      'ip-forward-0-node1',
      typed('node1: sysctl -w net.ipv4.ip_forward=0'),
      'node1# ip route get 10.244.2.2 from 10.244.1.4 iif cni0 | RTNETLINK answers: No route to host',
    ],
    [
      'ip-forward-0-node1',
      typed('node1: sysctl -w net.ipv4.ip_forward=0'),
      'node1# nstat -az IpInAddrErrors | IpInAddrErrors                  2                  0.0',
    ],
    [
      'route-missing-node1',
      typed(`node1: ip route del ${TO_NODE2}`),
      'node1# ip route get 10.244.2.2 from 10.244.1.4 iif cni0 | 10.244.2.2 from 10.244.1.4 via 192.168.0.1 dev ens33',
    ],
    [
      'route-missing-node1-no-default',
      typed(`node1: ip route del ${TO_NODE2}; ip route del default`),
      'node1# ip route get 10.244.2.2 from 10.244.1.4 iif cni0 | RTNETLINK answers: Network is unreachable',
    ],
    [
      'route-prohibit',
      typed(`node1: ip route del ${TO_NODE2}; ip route add prohibit ${TO_NODE2}`),
      'node1# ip route get 10.244.2.2 from 10.244.1.4 iif cni0 | RTNETLINK answers: Permission denied',
    ],
    [
      'route-blackhole',
      typed(`node1: ip route del ${TO_NODE2}; ip route add blackhole ${TO_NODE2}`),
      'node1# ip route get 10.244.2.2 from 10.244.1.4 iif cni0 | RTNETLINK answers: Invalid argument',
    ],
    [
      'nexthop-down',
      typed('node2: ip link set ens33 down'),
      'node1# ip neigh show 192.168.0.82 dev ens33 | 192.168.0.82 dev ens33 FAILED',
    ],
    [
      'nexthop-down',
      typed('node2: ip link set ens33 down'),
      'node1# ip route get 10.244.2.2 | 10.244.2.2 via 192.168.0.82 dev ens33 src 192.168.0.81 uid 0',
    ],
    [
      'not-adjacent-invalid-gateway',
      [SPLIT],
      'node1# ip route add 10.244.2.0/24 via 192.168.1.82 dev ens33 | Error: Nexthop has invalid gateway.',
    ],
    [
      'forward-drop-node2: iptables-save shows [2:168]',
      typed('node2: iptables -P FORWARD DROP'),
      'node2# iptables -nvL FORWARD | Chain FORWARD (policy DROP 2 packets, 168 bytes)',
    ],
    [
      'pod-no-route',
      typed('pod1: ip route del default; ip route del 10.244.0.0/16'),
      'pod1# ip route get 10.244.2.2 | RTNETLINK answers: Network is unreachable',
    ],
  ])('%s', (_, edits, line) => {
    expect(printed(edits)).toContain(line);
  });
});

/** Counters the model keeps itself. */
const KEPT: ReadonlySet<string> = new Set([
  'IpInAddrErrors',
  'IpInNoRoutes',
  'TcpExtIPReversePathFilter',
  'IpInHdrErrors',
  'IpFragFails',
]);

describe('on random clusters', () => {
  test('there is a verdict for every command, and the counter it names has risen where the model keeps it', () => {
    for (let seed = 1; seed <= 150; seed += 1) {
      const { topology, commands } = randomCluster(seed);
      const command = commands.at(-1) ?? '';
      const trace = simulate(topology, { run: commands }, seeded(seed));
      const verdict = trace.ok ? verdictOf(trace.value, topology, command) : null;
      expect({ seed, judged: verdict !== null }).toEqual({ seed, judged: true });
      if (verdict === null) continue;
      expect({ seed, delivered: verdict.outcome === 'answered' }).toEqual({
        seed,
        delivered: verdict.answer?.fate.kind === 'delivered',
      });
      const { loss } = verdict;
      const last = trace.ok ? trace.value.steps.at(-1)?.after : undefined;
      if (loss?.counter?.kind === 'nstat' && KEPT.has(loss.counter.name) && last !== undefined) {
        const count = hostIn(last, loss.host).counters.get(loss.counter.name) ?? 0;
        expect({ seed, risen: count > 0 }).toEqual({ seed, risen: true });
      }
      const silent = verdict.outcome === 'request-lost' || verdict.outcome === 'reply-lost';
      if (silent) expect({ seed, loss: verdict.loss === null }).toEqual({ seed, loss: false });
    }
  });
});

describe('verdictOf', () => {
  test('has nothing to say of a command that only configures', () => {
    const command = 'node1: ip route del 10.244.2.0/24';
    const trace = simulate(article, { run: [command] }, seeded(1));
    expect(trace.ok && verdictOf(trace.value, article, command)).toBeNull();
    expect(trace.ok && verdictOf(trace.value, article, 'nonsense')).toBeNull();
  });

  test('of a run cut short says that it is unfinished', () => {
    const trace = simulate(article, { run: [PING] }, seeded(1), 12);
    expect(trace.ok && verdictOf(trace.value, article, PING)?.outcome).toBe('unfinished');
  });
});
