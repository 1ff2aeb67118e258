/** Each kind of finding on a small cluster that has just that, and none on one that has nothing. */
import { describe, expect, test } from 'vitest';
import { ipv4 } from '../addr/ipv4';
import { mac } from '../addr/mac';
import type { ClusterSpec } from '../flannel/cluster-spec';
import { edited, judged, typed } from '../testing/article-run';
import { articleSpec, withDevice } from '../testing/cluster-spec';
import { asIpip, asVxlan } from '../topology/modes';
import { article } from '../topology/scenarios/article';
import type { Topology } from '../topology/topology';
import type { FindingKind, Severity } from './finding';
import { findingsOf } from './findings';

const TO_NODE2 = '10.244.2.0/24';
const changed = (...lines: readonly string[]): Topology => edited(typed(...lines));
const found = (topology: Topology, spec: ClusterSpec | null = null) =>
  findingsOf(topology, spec).map(({ severity, kind, node }) => `${severity} ${kind} ${node}`);

describe('a cluster as flannel would have it', () => {
  test.each<[string, Topology, ClusterSpec | null]>([
    ['with nothing said of it', article, null],
    ['with its leases', article, articleSpec()],
    ['over vxlan', asVxlan(article), null],
    ['over ipip', asIpip(article), null],
  ])('has nothing wrong %s', (_, topology, spec) => {
    expect(found(topology, spec)).toEqual([]);
  });
});

const second = [{ kind: 'second-link', a: 'node2', b: 'master' } as const];
const rpStrict = edited([
  ...second,
  ...typed(
    'node2: ip route replace 10.244.1.0/24 via 192.168.9.80 dev ens34',
    'node2: sysctl -w net.ipv4.conf.all.rp_filter=1',
  ),
]);
const withoutFlannelRules = 'node2: iptables -P FORWARD DROP';
const withPod2At = (ip: string): Topology =>
  withDevice(article, 'pod2', 'eth0', { addresses: [{ ip: ipv4(ip), prefixLen: 24 }] });

interface Case {
  readonly kind: FindingKind;
  readonly severity: Severity;
  readonly node: string;
  readonly topology: Topology;
  readonly spec?: ClusterSpec;
}

const CASES: readonly Case[] = [
  { kind: 'route-missing', severity: 'error', node: 'node1', topology: changed(`node1: ip route del ${TO_NODE2}`) },
  {
    kind: 'route-wrong',
    severity: 'error',
    node: 'node1',
    topology: changed(`node1: ip route replace ${TO_NODE2} via 192.168.0.99 dev ens33`),
  },
  {
    kind: 'route-refusing',
    severity: 'error',
    node: 'node1',
    topology: changed(`node1: ip route replace blackhole ${TO_NODE2}`),
  },
  {
    kind: 'route-stale',
    severity: 'warning',
    node: 'node1',
    topology: changed('node1: ip route add 10.244.7.0/24 via 192.168.0.87 dev ens33'),
  },
  {
    kind: 'route-foreign',
    severity: 'error',
    node: 'node1',
    topology: changed('node1: ip route add 10.244.2.2/32 via 192.168.0.1 dev ens33'),
  },
  {
    kind: 'own-subnet-elsewhere',
    severity: 'error',
    node: 'node2',
    topology: changed(`node2: ip route replace ${TO_NODE2} via 192.168.0.80 dev ens33`),
  },
  {
    kind: 'pod-no-route',
    severity: 'error',
    node: 'pod1',
    topology: changed('pod1: ip route del default; ip route del 10.244.0.0/16'),
  },
  { kind: 'link-down', severity: 'error', node: 'node2', topology: changed('node2: ip link set ens33 down') },
  {
    kind: 'veth-off-bridge',
    severity: 'error',
    node: 'node1',
    topology: changed('node1: ip link set veth5c905d55 nomaster'),
  },
  {
    kind: 'veth-unpaired',
    severity: 'warning',
    node: 'node1',
    topology: withDevice(article, 'node1', 'veth5c905d55', {
      link: { kind: 'veth', peer: { host: 'pod9', dev: 'eth0' } },
    }),
  },
  {
    kind: 'bridge-address',
    severity: 'error', // its pods' gateway is nobody's
    node: 'node2',
    topology: withDevice(article, 'node2', 'cni0', { addresses: [{ ip: ipv4('10.244.2.9'), prefixLen: 24 }] }),
    spec: articleSpec(),
  },
  { kind: 'mtu-below-pods', severity: 'error', node: 'node1', topology: changed('node1: ip link set ens33 mtu 1400') },
  { kind: 'mtu-differs', severity: 'error', node: 'node2', topology: changed('node2: ip link set ens33 mtu 1400') },
  {
    kind: 'forwarding-off',
    severity: 'error',
    node: 'node2',
    topology: changed('node2: sysctl -w net.ipv4.ip_forward=0'),
  },
  { kind: 'forward-drop', severity: 'error', node: 'node2', topology: changed(withoutFlannelRules) },
  {
    kind: 'forward-reject',
    severity: 'error',
    node: 'node1',
    topology: changed('node1: iptables -A FORWARD -j REJECT'),
  },
  { kind: 'rp-filter-strict', severity: 'error', node: 'node2', topology: rpStrict },
  {
    kind: 'pod-traffic-rewritten',
    severity: 'warning',
    node: 'node1',
    topology: changed('node1: iptables -t nat -A POSTROUTING -s 10.244.1.0/24 ! -o cni0 -j MASQUERADE'),
  },
  { kind: 'nodes-apart', severity: 'error', node: 'node2', topology: edited([{ kind: 'split-lan', host: 'node2' }]) },
  {
    kind: 'backend-mixed',
    severity: 'error',
    node: 'node2',
    topology: changed(`node1: ip route del ${TO_NODE2}`, 'node2: ip route del 10.244.1.0/24'),
    spec: articleSpec('node2 10.244.2.0/24 192.168.0.82 vxlan yes'),
  },
  {
    kind: 'not-managed',
    severity: 'error',
    node: 'node2',
    topology: changed(`node1: ip route del ${TO_NODE2}`, `master: ip route del ${TO_NODE2}`),
    spec: articleSpec('node2 10.244.2.0/24 192.168.0.82 host-gw no'),
  },
  {
    kind: 'pod-cidr-missing',
    severity: 'error',
    node: 'node2',
    topology: changed(`node1: ip route del ${TO_NODE2}`),
    spec: articleSpec('node2 - 192.168.0.82 host-gw yes'),
  },
  {
    kind: 'pod-cidr-outside',
    severity: 'error',
    node: 'node2',
    topology: changed(`node1: ip route del ${TO_NODE2}`),
    spec: articleSpec('node2 10.99.2.0/24 192.168.0.82 host-gw yes'),
  },
  {
    kind: 'pod-cidr-shared',
    severity: 'warning', // as the tables stand, it still works
    node: 'node1',
    topology: article,
    spec: articleSpec('node2 10.244.1.0/24 192.168.0.82 host-gw yes'),
  },
  { kind: 'pod-outside-cidr', severity: 'warning', node: 'node2', topology: withPod2At('10.244.5.2') },
  {
    kind: 'public-ip-shared',
    severity: 'warning',
    node: 'node1',
    topology: article,
    spec: articleSpec('node2 10.244.2.0/24 192.168.0.81 host-gw yes'),
  },
  {
    kind: 'public-ip-elsewhere',
    severity: 'warning',
    node: 'node2',
    topology: article,
    spec: articleSpec('node2 10.244.2.0/24 203.0.113.9 host-gw yes'),
  },
  {
    kind: 'address-duplicate',
    severity: 'warning',
    node: 'master',
    topology: withDevice(article, 'master', 'ens33', { addresses: [{ ip: ipv4('192.168.0.82'), prefixLen: 24 }] }),
  },
  {
    kind: 'mac-duplicate',
    severity: 'warning',
    node: 'node2',
    topology: withDevice(article, 'node2', 'ens33', { mac: mac('00:0c:29:a4:51:81') }),
  },
];

describe('each kind', () => {
  test.each(CASES.map((one) => [one.kind, one] as const))('%s', (kind, { severity, node, topology, spec }) => {
    const all = findingsOf(topology, spec ?? null);
    const mine = all.find((one) => one.kind === kind);
    expect(all.map((one) => one.kind)).toContain(kind);
    expect({ severity: mine?.severity, node: mine?.node }).toEqual({ severity, node });
    expect(mine?.check.length).toBeGreaterThan(0);
    // Where the model can carry the repair out, it is tried, and it does.
    const canTry = mine?.repair.some(({ edits }) => edits.length > 0) === true && mine.consequence !== null;
    if (canTry) expect(mine?.consequence?.repaired).toBe('answered');
  });
});

describe('a finding’s consequence', () => {
  const first = (topology: Topology, kind: FindingKind) => findingsOf(topology, null).find((one) => one.kind === kind);

  test('is what the engine makes of a ping from there, not a text', () => {
    const topology = changed(`node1: ip route del ${TO_NODE2}`);
    const consequence = first(topology, 'route-missing')?.consequence;
    expect(consequence).toMatchObject({ command: 'pod1: ping -c 1 -W 4 10.244.2.2', repaired: 'answered' });
    expect(consequence?.verdict).toMatchObject({ outcome: 'request-lost', error: null, loss: { host: 'gateway' } });
    expect(consequence?.verdict.outcome).toBe(judged(topology, consequence?.command ?? '').outcome);
  });

  test('changes with the cluster: without a default route the same finding is an error at once', () => {
    const topology = changed(`node1: ip route del ${TO_NODE2}; ip route del default`);
    const verdict = first(topology, 'route-missing')?.consequence?.verdict;
    expect(verdict).toMatchObject({ outcome: 'error-answered', loss: { host: 'node1', reason: { kind: 'no-route' } } });
    expect(verdict?.printed.join(' ')).toContain('From 10.244.1.1 icmp_seq=1 Destination Net Unreachable');
  });

  test('is a warning where packets arrive by a detour', () => {
    const topology = changed(`node1: ip route replace ${TO_NODE2} via 192.168.0.80 dev ens33`);
    expect(found(topology)).toEqual(['warning route-wrong node1']);
    expect(first(topology, 'route-wrong')?.consequence?.verdict.ways.detours).toMatchObject([{ host: 'master' }]);
  });

  test('says when the repair alone is not enough', () => {
    const topology = changed(`node1: ip route del ${TO_NODE2}`, 'node2: sysctl -w net.ipv4.ip_forward=0');
    expect(first(topology, 'route-missing')?.consequence?.repaired).toBe('request-lost');
  });

  test('for nodes that are not neighbours the repair is found from what stands between them', () => {
    const apart = first(edited([{ kind: 'split-lan', host: 'node2' }]), 'nodes-apart');
    expect(apart?.repair[0]?.kind).toBe('routes-on-router');
    expect(apart?.consequence?.repaired).toBe('answered');
  });
});

describe('one cause, one finding', () => {
  test('a card that is down does not also count as missing routes', () => {
    expect(found(changed('node2: ip link set ens33 down'))).toEqual(['error link-down node2']);
  });
  test('flannel’s own rules make a DROP policy harmless', () => {
    const rules = ['-s', '-d'].map((flag) => `iptables -A FORWARD ${flag} 10.244.0.0/16 -j ACCEPT`);
    expect(found(changed(`node2: iptables -P FORWARD DROP; ${rules.join('; ')}`))).toEqual([]);
  });
  test('a rule for one port does not stop a ping', () => {
    expect(found(changed('node2: iptables -A FORWARD -p tcp --dport 80 -j DROP'))).toEqual([]);
  });
  test('strict source checks are right where the way back is the same card, even without the specific route', () => {
    const topology = changed('node2: sysctl -w net.ipv4.conf.all.rp_filter=1', 'node2: ip route del 10.244.1.0/24');
    expect(found(topology)).toEqual(['error route-missing node2']);
  });
  test('no route is advised towards a lease that cannot be right', () => {
    const spec = articleSpec('node2 10.244.2.0/24 192.168.0.81 host-gw yes');
    expect(found(article, spec)).toEqual(['warning public-ip-shared node1', 'warning public-ip-elsewhere node2']);
  });
});

test('cards that are too small for their pods are not made the measure of one that is not', () => {
  const small = changed('node1: ip link set ens33 mtu 1400', 'node2: ip link set ens33 mtu 1400');
  expect(found(small)).toEqual(['error mtu-below-pods node1', 'error mtu-below-pods node2']);
});

describe('who is who', () => {
  test('the first label of a full name is enough', () => {
    const nodes = articleSpec().nodes.map((node) =>
      node.name === 'node1'
        ? { ...node, name: 'node1.example.org', internalIp: null, publicIp: ipv4('203.0.113.9') }
        : node,
    );
    expect(found(article, { ...articleSpec(), nodes })).toContain('warning public-ip-elsewhere node1');
  });

  test('a node is found by its full name, its first label, or its address', () => {
    const spec = articleSpec();
    const nodes = spec.nodes.map((node, i) => ({
      ...node,
      name: [`master.whale.com`, 'node1.example.org', 'ip-10'][i] ?? '',
    }));
    expect(found(changed(`node1: ip route del ${TO_NODE2}`), { ...spec, nodes })).toEqual([
      'error route-missing node1',
    ]);
  });
});
