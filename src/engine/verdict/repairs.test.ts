/** Every repair is applied, and the answer must come back: for each fault, and for what else the lab broke. */
import { describe, expect, test } from 'vitest';
import { edited, judged, typed } from '../testing/article-run';
import { randomCluster } from '../testing/random-cluster';
import { applyEdits, type Edit } from '../topology/edits';
import { breakBy, FAULTS } from '../topology/faults';
import { asIpip, asVxlan } from '../topology/modes';
import { article } from '../topology/scenarios/article';
import type { Topology } from '../topology/topology';
import type { Verdict } from './verdict';

const WAY = { from: 'pod1', to: 'pod2' };
const PING = 'pod1: ping -c 1 -W 4 10.244.2.2';

interface Mended {
  readonly kind: string;
  readonly outcome: Verdict['outcome'];
  readonly odd: number; // detours and rewritten sources left
}

const mended = (topology: Topology, command: string): readonly Mended[] =>
  judged(topology, command).repairWith.map((repair) => {
    const { outcome, ways, rewrites } = judged(edited(repair.edits, topology), repair.command ?? command);
    return { kind: repair.kind, outcome, odd: ways.detours.length + rewrites.length };
  });

const linesOf = (topology: Topology, command = PING): readonly string[] =>
  judged(topology, command).repairWith.map(({ edits, command: other }) =>
    [...edits.map((edit) => (edit.kind === 'line' ? edit.line : edit.kind)), ...(other === null ? [] : [other])].join(
      '; ',
    ),
  );

describe('each repair alone mends the fault', () => {
  test.each(FAULTS.map(({ id }) => id))('%s', (id) => {
    const broken = breakBy(article, WAY, [id]);
    const all = mended(broken.topology, broken.command ?? PING);
    expect(all.length).toBeGreaterThan(0);
    for (const { kind, outcome, odd } of all) {
      // A loose filter lets the packet in; the reply still goes the long way round.
      expect({ kind, outcome, odd }).toEqual({ kind, outcome: 'answered', odd: kind === 'rp-filter-loose' ? 1 : 0 });
    }
  });

  const TO_NODE2 = '10.244.2.0/24';
  test.each<[string, readonly Edit[], string, string]>([
    ['route-blackhole', typed(`node1: ip route replace blackhole ${TO_NODE2}`), PING, 'add-route'],
    ['route-prohibit', typed(`node1: ip route replace prohibit ${TO_NODE2}`), PING, 'add-route'],
    ['pod-no-route', typed('pod1: ip route del default; ip route del 10.244.0.0/16'), PING, 'add-route'],
    ['pod-on-link-route', typed('pod1: ip route add 10.244.0.0/17 dev eth0'), PING, 'add-route'],
    ['nexthop-absent', typed(`node1: ip route replace ${TO_NODE2} via 192.168.0.99 dev ens33`), PING, 'add-route'],
    ['pod2-down', typed('pod2: ip link set eth0 down'), PING, 'link-up'],
    ['veth-not-on-bridge', typed('node1: ip link set veth5c905d55 nomaster'), PING, 'on-bridge'],
    ['forward-reject-node2', typed('node2: iptables -A FORWARD -j REJECT'), PING, 'accept-in-chain'],
    [
      'mtu-mismatch-silent',
      typed('node2: ip link set ens33 mtu 1400'),
      'pod1: ping -c 1 -W 1 -M do -s 1472 10.244.2.2',
      'raise-mtu',
    ],
    ['nomasq-to-gateway', [], 'pod1: ping -c 1 -W 1 192.168.0.1', 'add-route'],
    ['udp-closed-port', [], 'pod1: printf hello | nc -u -w1 10.244.2.2 9999', 'open-port'],
    ['tcp-closed-port', [], 'pod1: curl -m 5 http://10.244.2.2:8081/', 'open-port'],
    [
      'not-adjacent-onlink',
      [
        { kind: 'split-lan', host: 'node2' },
        ...typed(`node1: ip route add ${TO_NODE2} via 192.168.1.82 dev ens33 onlink`),
      ],
      PING,
      'routes-on-router',
    ],
    [
      'wrong-nexthop-loop',
      typed(
        `node1: ip route replace ${TO_NODE2} via 192.168.0.80 dev ens33`,
        `master: ip route replace ${TO_NODE2} via 192.168.0.81 dev ens33`,
      ),
      PING,
      'add-route',
    ],
    [
      'wrong-nexthop-not-forwarding',
      typed(
        `node1: ip route replace ${TO_NODE2} via 192.168.0.80 dev ens33`,
        'master: sysctl -w net.ipv4.ip_forward=0',
      ),
      PING,
      'add-route',
    ],
    [
      'cni0 down, and a gateway that sends it back: a loop',
      typed(
        'node2: ip link set cni0 down',
        'gateway: ip route add 10.244.1.0/24 via 192.168.0.81',
        `gateway: ip route add ${TO_NODE2} via 192.168.0.82`,
      ),
      PING,
      'link-up',
    ],
    ['forwarding off on one device', typed('node1: sysctl -w net.ipv4.conf.cni0.forwarding=0'), PING, 'forwarding-on'],
    [
      'both routes missing',
      typed(`node1: ip route del ${TO_NODE2}`, 'node2: ip route del 10.244.1.0/24'),
      PING,
      'add-route',
    ],
  ])('%s', (name, edits, command, kind) => {
    const topology = edited(edits);
    const all = mended(topology, command);
    expect(all[0]?.kind).toBe(kind);
    // Of two faults the first is mended first: what is left shows in the next verdict.
    const expected = name === 'both routes missing' ? 'reply-lost' : 'answered';
    expect(all.map(({ outcome }) => outcome)).toEqual(all.map(() => expected));
  });

  test.each([asVxlan, asIpip])('a route missing in a tunnel mode is that mode’s own', (mode) => {
    const broken = breakBy(mode(article), WAY, ['route-missing']);
    expect(mended(broken.topology, PING)).toEqual([{ kind: 'add-route', outcome: 'answered', odd: 0 }]);
  });
});

describe('repairs are filled in with real names', () => {
  test.each([
    ['route-missing', ['node1: ip route add 10.244.2.0/24 via 192.168.0.82 dev ens33']],
    ['wrong-next-hop', ['node1: ip route replace 10.244.2.0/24 via 192.168.0.82 dev ens33']],
    [
      'not-adjacent',
      [
        'gateway: ip route add 10.244.2.0/24 via 192.168.1.82 dev eth1; gateway: ip route add 10.244.1.0/24 via 192.168.0.81 dev eth0',
      ],
    ],
    [
      'next-hop-down',
      [
        'node2: ip link set ens33 up; node2: ip route add default via 192.168.0.1 dev ens33; node2: ip route add 10.244.1.0/24 via 192.168.0.81 dev ens33',
      ],
    ],
    ['forwarding-off-far', ['node2: sysctl -w net.ipv4.ip_forward=1']],
    ['snat', ['node1: iptables -t nat -I POSTROUTING -s 10.244.0.0/16 -d 10.244.0.0/16 -j RETURN']],
  ] as const)('%s', (id, lines) => {
    expect(linesOf(breakBy(article, WAY, [id]).topology)).toEqual(lines);
  });

  test('a cluster with nothing wrong needs none', () => {
    expect(linesOf(article)).toEqual([]);
  });
});

describe('several faults at once', () => {
  test('are mended one after another', () => {
    const broken = breakBy(article, WAY, [
      'forwarding-off-near',
      'forward-drop-far',
      'return-route-missing',
      'source-guard',
    ]);
    let topology = broken.topology;
    const kinds: string[] = [];
    for (let round = 0; round < 8; round += 1) {
      const [repair] = judged(topology, PING).repairWith;
      if (repair === undefined) break;
      kinds.push(repair.kind);
      topology = edited(repair.edits, topology);
    }
    expect([kinds, judged(topology, PING).outcome]).toEqual([
      ['forwarding-on', 'guard-off', 'policy-accept', 'add-route'],
      'answered',
    ]);
  });
});

describe('on random clusters with random faults', () => {
  test('every repair can be applied', () => {
    for (let seed = 1; seed <= 120; seed += 1) {
      const { topology, commands } = randomCluster(seed);
      const command = commands.at(-1) ?? '';
      const broken = commands.slice(0, -1).reduce((now, line) => {
        const result = applyEdits(now, typed(line)); // of random faults one may undo another
        return result.ok ? result.value : now;
      }, topology);
      for (const { kind, edits } of judged(broken, command, seed).repairWith) {
        expect({ seed, kind, result: applyEdits(broken, edits).ok }).toEqual({ seed, kind, result: true });
      }
    }
  });
});
