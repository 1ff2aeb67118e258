/** Each row of flannel's event list: what it does, in order, and what a ping makes of it in between. */
import { describe, expect, test } from 'vitest';
import { ipv4 } from '../addr/ipv4';
import { prefix } from '../addr/prefix';
import { specOf } from '../findings/derive-spec';
import { formatRoute } from '../net/route-text';
import { judged } from '../testing/article-run';
import { articleSpec } from '../testing/cluster-spec';
import { article } from '../topology/scenarios/article';
import { hostNamed, type Topology } from '../topology/topology';
import type { ControlEvent, TimedEvent } from './event';
import type { ExampleId } from './example-ids';
import { exampleEvents } from './examples';
import { klogLine } from './log';
import { playControlPlane } from './play';
import type { ControlStep, Timeline } from './step';

const at = (seconds: number, event: ControlEvent): TimedEvent => ({ atMs: seconds * 1000, event });
const typing = (seconds: number, node: string, command: string): TimedEvent =>
  at(seconds, { kind: 'typed', node, command });
const play = (...events: readonly TimedEvent[]): Timeline => playControlPlane(article, articleSpec(), events);

const routesOf = (topology: Topology, node: string): readonly string[] =>
  (hostNamed(topology, node)?.routes ?? []).map(formatRoute);
const last = ({ steps, initial }: Timeline): Topology => steps.at(-1)?.topologyAfter ?? initial;
const told = ({ steps }: Timeline): readonly string[] =>
  steps.map(({ atMs, host, happening }) => `${atMs / 1000} ${host} ${happening.kind}`);
const logOf = ({ steps }: Timeline, node: string): readonly string[] =>
  steps.flatMap(({ host, log }) => (host === node && log !== null ? [`${log.severity} ${log.text}`] : []));
const ping = (topology: Topology, command = 'pod1: ping -c 1 -W 4 10.244.2.2') => judged(topology, command).outcome;
const afterStep = ({ steps }: Timeline, kind: ControlStep['happening']['kind']): Topology => {
  const step = steps.find(({ happening }) => happening.kind === kind);
  if (step === undefined) throw new Error(`no step ${kind}`);
  return step.topologyAfter;
};

const TO_NODE2 = '10.244.2.0/24 via 192.168.0.82 dev ens33';

describe('a route deleted by hand', () => {
  const line = play(typing(3, 'node1', 'ip route del 10.244.2.0/24'));
  test('is back with the next check, within 10 s', () => {
    expect(told(line)).toEqual(['3 node1 typed', '10 node1 route-recovered']);
    expect(logOf(line, 'node1')).toEqual(['I Route recovered 10.244.2.0/24 : 192.168.0.82']);
  });
  test('a ping fails in between, and works again after', () => {
    expect(ping(afterStep(line, 'typed'))).toBe('request-lost');
    expect(ping(afterStep(line, 'route-recovered'))).toBe('answered');
  });
  test('each step says which rows changed', () => {
    expect(line.steps.map(({ changes }) => changes)).toMatchObject([
      [{ kind: 'route-removed', host: 'node1', route: { dst: prefix('10.244.2.0/24') } }],
      [{ kind: 'route-added', host: 'node1', route: { dst: prefix('10.244.2.0/24') } }],
    ]);
  });
  test('hosts that nothing happened to are the same objects all along', () => {
    expect(hostNamed(last(line), 'node2')).toBe(hostNamed(article, 'node2'));
  });
});

describe('a route replaced by hand', () => {
  const wrong = typing(3, 'node1', 'ip route replace 10.244.2.0/24 via 192.168.0.99 dev ens33');
  test('stays wrong, without a word in the log: the kernel says “File exists”', () => {
    const line = play(wrong, typing(60, 'node2', 'sysctl -w net.ipv4.ip_forward=1'));
    expect(told(line).slice(0, 2)).toEqual(['3 node1 typed', '10 node1 recovery-refused']);
    expect(line.steps[1]?.happening).toMatchObject({ errno: 'file exists' });
    expect(logOf(line, 'node1')).toEqual([]);
    expect(routesOf(last(line), 'node1')).toContain('10.244.2.0/24 via 192.168.0.99 dev ens33');
  });
  test('until flanneld starts anew', () => {
    const line = play(wrong, at(20, { kind: 'flannel-starts', node: 'node1' }));
    expect(routesOf(last(line), 'node1')).toContain(TO_NODE2);
    expect(logOf(line, 'node1').slice(2)).toEqual([
      'I Subnet added: 10.244.0.0/24 via 192.168.0.80',
      'I Route to {Ifindex: 2 Dst: 10.244.0.0/24 Src: <nil> Gw: 192.168.0.80 Flags: [] Table: 0 Realm: 0} already exists, skipping.',
      'I Subnet added: 10.244.2.0/24 via 192.168.0.82',
      'W Replacing existing route to {Ifindex: 2 Dst: 10.244.2.0/24 Src: <nil> Gw: 192.168.0.99 Flags: [] Table: 254 Realm: 0} with {Ifindex: 2 Dst: 10.244.2.0/24 Src: <nil> Gw: 192.168.0.82 Flags: [] Table: 0 Realm: 0}',
    ]);
  });
});

describe('a node joins', () => {
  const address = { ip: ipv4('192.168.0.83'), prefixLen: 24 };
  const joins = at(1, { kind: 'node-joins', node: 'node3', podCidr: prefix('10.244.3.0/24'), address });
  const starts = at(2, { kind: 'flannel-starts', node: 'node3' });
  const pod = at(3, { kind: 'pod-scheduled', node: 'node3', pod: 'pod3' });

  test('registering alone makes nobody do anything', () => {
    expect(told(play(joins))).toEqual(['1 node3 node-registered']);
  });
  test('its flanneld annotates, writes rules, subnet.env, then routes; then each peer adds one', () => {
    const line = play(joins, starts);
    expect(told(line)).toEqual([
      '1 node3 node-registered',
      '2 node3 interface-chosen',
      '2 node3 annotated',
      '2 node3 rules-written',
      '2 node3 subnet-env-written',
      ...['master', 'node1', 'node2'].flatMap(() => ['2 node3 lease-added', '2 node3 route-added']),
      '2 node3 flannel-ready',
      ...['node1', 'node2', 'master'].flatMap((peer) => [`2 ${peer} lease-added`, `2 ${peer} route-added`]),
    ]);
    expect(logOf(line, 'node1')).toEqual(['I Subnet added: 10.244.3.0/24 via 192.168.0.83']);
    expect(logOf(line, 'node3').slice(0, 2)).toEqual([
      'I Using interface with name ens33 and address 192.168.0.83',
      'I Wrote subnet file to /run/flannel/subnet.env',
    ]);
  });
  test('there is no bridge before its first pod, and then the pod is reached', () => {
    const line = play(joins, starts, pod);
    expect(hostNamed(afterStep(line, 'flannel-ready'), 'node3')?.devices.map(({ name }) => name)).toEqual([
      'lo',
      'ens33',
    ]);
    expect(line.steps.slice(-2).map(({ happening }) => happening.kind)).toEqual(['bridge-made', 'pod-connected']);
    const node3 = hostNamed(last(line), 'node3');
    expect(node3?.sysctls.ipForward).toBe(true);
    expect(routesOf(last(line), 'node3')).toContain('10.244.3.0/24 dev cni0 proto kernel scope link src 10.244.3.1');
    expect(ping(last(line), 'pod1: ping -c 1 -W 4 10.244.3.2')).toBe('answered');
    expect(ping(last(line), 'pod3: ping -c 1 -W 4 10.244.2.2')).toBe('answered');
  });
  test('a pod before flanneld is refused: there is no subnet.env', () => {
    const [refused] = play(joins, pod).steps.slice(-1);
    expect(refused?.happening).toMatchObject({ kind: 'cni-refused', text: expect.stringContaining('subnet.env') });
  });
  test('without a podCIDR, or one outside Network, flanneld does not start', () => {
    const without = play(at(1, { kind: 'node-joins', node: 'node3', podCidr: null, address }), starts);
    expect(logOf(without, 'node3').at(-1)).toBe(
      'E Error registering network: failed to acquire lease: node "node3" pod cidr not assigned',
    );
    const outside = play(
      at(1, { kind: 'node-joins', node: 'node3', podCidr: prefix('10.99.3.0/24'), address }),
      starts,
    );
    expect(logOf(outside, 'node3').at(-1)).toBe(
      'E Error registering network: failed to acquire lease: subnet "10.244.0.0/16" specified in the flannel net config doesn\'t contain "10.99.3.0/24" PodCIDR of the "node3" node',
    );
    expect(told(outside).filter((one) => one.includes('node1'))).toEqual([]);
  });
  test('on another subnet its peers’ routes are refused, and tried again in silence', () => {
    const far = { ip: ipv4('192.168.1.83'), prefixLen: 24 };
    const line = play(
      at(1, { kind: 'node-joins', node: 'node3', podCidr: prefix('10.244.3.0/24'), address: far }),
      starts,
    );
    expect(logOf(line, 'node1')).toEqual([
      'I Subnet added: 10.244.3.0/24 via 192.168.1.83',
      'E Error adding route to {Ifindex: 2 Dst: 10.244.3.0/24 Src: <nil> Gw: 192.168.1.83 Flags: [] Table: 0 Realm: 0}: network is unreachable',
    ]);
    expect(told(line)).toContain('10 node1 recovery-refused');
  });
});

test('flanneld started anew with nothing new to say bothers no peer', () => {
  const line = play(at(1, { kind: 'flannel-starts', node: 'node2' }));
  expect(new Set(line.steps.map(({ host }) => host))).toEqual(new Set(['node2']));
});

describe('a node goes', () => {
  test('deleted: every peer drops its route, and it keeps its own', () => {
    const line = play(at(2, { kind: 'node-deleted', node: 'node2' }));
    expect(told(line)).toEqual([
      '2 node2 node-deleted',
      '2 node1 lease-removed',
      '2 node1 route-removed',
      '2 master lease-removed',
      '2 master route-removed',
    ]);
    expect(logOf(line, 'node1')).toEqual(['I Subnet removed: 10.244.2.0/24']);
    expect(hostNamed(last(line), 'node2')).toBe(hostNamed(article, 'node2'));
  });
  test('powered off: nobody does anything, and the next hop does not answer', () => {
    const line = play(at(2, { kind: 'powered-off', node: 'node2' }));
    expect(told(line)).toEqual(['2 node2 powered-off']);
    expect(routesOf(last(line), 'node1')).toContain(TO_NODE2);
    const { loss, outcome } = judged(last(line), 'pod1: ping -c 1 -W 4 10.244.2.2');
    expect({ outcome, reason: loss?.reason.kind }).toEqual({ outcome: 'error-answered', reason: 'neighbour-failed' });
  });
  test('registered again without annotations: cut off until its flanneld starts', () => {
    const address = { ip: ipv4('192.168.0.82'), prefixLen: 24 };
    const events = [
      at(2, { kind: 'node-deleted', node: 'node2' }),
      at(4, { kind: 'node-joins', node: 'node2', podCidr: prefix('10.244.2.0/24'), address }),
    ];
    expect(ping(last(play(...events)))).toBe('request-lost');
    expect(ping(last(play(...events, at(30, { kind: 'flannel-starts', node: 'node2' }))))).toBe('answered');
  });
});

describe('a node’s address changes', () => {
  const address = { ip: ipv4('192.168.0.92'), prefixLen: 24 };
  const changes = at(2, { kind: 'address-changed', node: 'node2', address });
  const starts = at(5, { kind: 'flannel-starts', node: 'node2' });
  test('nobody is told until flanneld starts anew; then the peers replace their route', () => {
    const line = play(changes, starts);
    expect(ping(afterStep(line, 'address-changed'))).toBe('error-answered');
    expect(logOf(line, 'node1')).toEqual([
      'I Subnet added: 10.244.2.0/24 via 192.168.0.92',
      'W Replacing existing route to {Ifindex: 2 Dst: 10.244.2.0/24 Src: <nil> Gw: 192.168.0.82 Flags: [] Table: 254 Realm: 0} with {Ifindex: 2 Dst: 10.244.2.0/24 Src: <nil> Gw: 192.168.0.92 Flags: [] Table: 0 Realm: 0}',
    ]);
    expect(ping(last(line))).toBe('answered');
  });
  test('the old next hop is not remembered: no check brings it back', () => {
    expect(told(play(changes, starts, typing(40, 'master', 'sysctl -w net.ipv4.ip_forward=1')))).not.toContain(
      '10 node1 recovery-refused',
    );
  });
});

describe('flanneld stops', () => {
  const stops = at(2, { kind: 'flannel-stops', node: 'node1' });
  test('its routes stay, and the data path with them; a route deleted now does not come back', () => {
    expect(ping(last(play(stops)))).toBe('answered');
    expect(told(play(stops, typing(3, 'node1', 'ip route del 10.244.2.0/24')))).toEqual([
      '2 node1 flannel-stopped',
      '3 node1 typed',
    ]);
  });
  test('a peer that leaves meanwhile leaves a route behind for good', () => {
    const line = play(
      stops,
      at(4, { kind: 'node-deleted', node: 'node2' }),
      at(6, { kind: 'flannel-starts', node: 'node1' }),
    );
    expect(routesOf(last(line), 'node1')).toContain(TO_NODE2);
    expect(routesOf(last(line), 'master')).not.toContain(TO_NODE2);
    expect(logOf(line, 'node1').join(' ')).not.toContain('10.244.2.0/24');
  });
  test('a peer that joins meanwhile is heard of at the next start', () => {
    const address = { ip: ipv4('192.168.0.83'), prefixLen: 24 };
    const line = play(
      stops,
      at(3, { kind: 'node-joins', node: 'node3', podCidr: prefix('10.244.3.0/24'), address }),
      at(4, { kind: 'flannel-starts', node: 'node3' }),
      at(6, { kind: 'flannel-starts', node: 'node1' }),
    );
    expect(routesOf(last(line), 'node1')).toContain('10.244.3.0/24 via 192.168.0.83 dev ens33');
  });
});

describe('a link goes down and up', () => {
  const line = play(typing(3, 'node1', 'ip link set ens33 down'), typing(23, 'node1', 'ip link set ens33 up'));
  test('its routes go with it and cannot be added; after “up” flannel’s are back with the next check', () => {
    expect(told(line)).toEqual([
      '3 node1 typed',
      '10 node1 recovery-refused',
      '10 node1 recovery-refused',
      '23 node1 typed',
      '30 node1 route-recovered',
      '30 node1 route-recovered',
    ]);
    expect(line.steps[1]?.happening).toMatchObject({ errno: 'network is down' });
  });
  test('the default route does not come back: it is none of flannel’s', () => {
    expect(routesOf(last(line), 'node1').some((route) => route.startsWith('default'))).toBe(false);
    expect(ping(last(line))).toBe('answered');
  });
});

describe('rules', () => {
  test('flushed by somebody are back within 5 s', () => {
    const line = play(
      at(1, { kind: 'flannel-starts', node: 'node1' }),
      typing(3, 'node1', 'iptables -P FORWARD DROP; iptables -F FORWARD'),
    );
    expect(told(line).slice(-2)).toEqual(['3 node1 typed', '6 node1 rules-recovered']);
    expect(logOf(line, 'node1').at(-1)).toBe('I Some iptables rules are missing; deleting and recreating rules');
    expect(ping(afterStep(line, 'typed'))).toBe('request-lost');
    expect(ping(last(line))).toBe('answered');
  });
});

describe('mixed backends', () => {
  test('a lease of another backend is ignored', () => {
    const spec = articleSpec('node2 10.244.2.0/24 192.168.0.82 vxlan yes');
    const line = playControlPlane(article, spec, [at(1, { kind: 'flannel-starts', node: 'node1' })]);
    expect(logOf(line, 'node1')).toContain('W Ignoring non-host-gw subnet: type=vxlan');
  });
});

describe('every example', () => {
  const ids: Record<ExampleId, true> = {
    join: true,
    delete: true,
    'power-off': true,
    'new-address': true,
    stale: true,
    'route-deleted': true,
    'route-replaced': true,
    'link-down-up': true,
    'rules-flushed': true,
    forgotten: true,
  };
  test.each(Object.keys(ids) as ExampleId[])('%s plays on the article’s cluster, twice alike', (id) => {
    const spec = specOf(article);
    const events = exampleEvents(article, spec, id);
    const line = playControlPlane(article, spec, events ?? []);
    expect(line.steps.length).toBeGreaterThan(0);
    expect(line.steps.every(({ happening }) => happening.kind !== 'no-such-node')).toBe(true);
    expect(told(playControlPlane(article, spec, events ?? []))).toEqual(told(line));
    line.steps.forEach(({ atMs, index }, i) => {
      expect(index).toBe(i);
      expect(atMs).toBeGreaterThanOrEqual(line.steps[i - 1]?.atMs ?? 0);
    });
  });
});

test('a log line looks as klog writes it', () => {
  const [step] = play(typing(3, 'node1', 'ip route del 10.244.2.0/24')).steps.slice(-1);
  if (step?.log == null) throw new Error('nothing was logged');
  expect(klogLine(step.log, step.atMs)).toBe(
    'I0101 00:00:10.000000       1 route_network.go] Route recovered 10.244.2.0/24 : 192.168.0.82',
  );
});
