/** A cluster from little: lists alone, mixtures, next hops that nobody owns, nodes on several segments. */

import { describe, expect, test } from 'vitest';
import { formatIpv4, ipv4 } from '../addr/ipv4';
import { formatPrefix, prefix } from '../addr/prefix';
import { seeded } from '../sim/draws';
import { simulate } from '../sim/simulate';
import { isAssumed } from '../topology/assumed';
import { deviceNamed, hostNamed, type Topology } from '../topology/topology';
import { asksFor } from './asks';
import { importTexts } from './import';

const PODS = `NAMESPACE NAME READY STATUS RESTARTS AGE IP NODE NOMINATED NODE READINESS GATES
default cni-test-777bbd57c8-7jxzs 1/1 Running 0 2m 10.244.1.4 node1.whale.com <none> <none>
default cni-test-777bbd57c8-xb2pp 1/1 Running 0 2m 10.244.2.2 node2.whale.com <none> <none>
web db-0 1/1 Running 0 2m 10.244.2.3 node2.whale.com <none> <none>`;

const node = (name: string, podCIDR: string, ip: string, backend = 'host-gw') => ({
  kind: 'Node',
  metadata: {
    name,
    annotations: {
      'flannel.alpha.coreos.com/backend-type': backend,
      'flannel.alpha.coreos.com/kube-subnet-manager': 'true',
      'flannel.alpha.coreos.com/public-ip': ip,
    },
  },
  spec: { podCIDR },
  status: { addresses: [{ type: 'InternalIP', address: ip }], conditions: [{ type: 'Ready', status: 'True' }] },
});
const NODES = JSON.stringify({
  kind: 'List',
  items: [
    node('node1.whale.com', '10.244.1.0/24', '192.168.0.81'),
    node('node2.whale.com', '10.244.2.0/24', '192.168.0.82'),
    node('node3.whale.com', '10.244.3.0/24', '192.168.0.83'),
  ],
});

const roles = (topology: Topology) => topology.hosts.map(({ name, role, node: at }) => [name, role, at]);
const address = (topology: Topology, host: string, dev: string) =>
  deviceNamed(hostNamed(topology, host) ?? fail(host), dev)?.addresses.map(
    ({ ip, prefixLen }) => `${formatIpv4(ip)}/${prefixLen}`,
  );
const routes = (topology: Topology, host: string) =>
  (hostNamed(topology, host) ?? fail(host)).routes.map(
    ({ dst, via, dev }) => `${formatPrefix(dst)} ${via === null ? '-' : formatIpv4(via)} ${dev}`,
  );
const fail = (host: string): never => {
  throw new Error(`no host ${host}`);
};
function printed(topology: Topology, line: string): string {
  const trace = simulate(topology, { run: [line] }, seeded(1));
  if (!trace.ok) throw new Error(JSON.stringify(trace.error));
  return trace.value.steps.flatMap(({ event }) => (event.kind === 'printed' ? event.text : [])).join('\n');
}

describe('a list of pods alone', () => {
  const { topology, flannel, report } = importTexts([PODS]);

  test('gives nodes and pods, each on its node', () => {
    expect(roles(topology)).toEqual([
      ['node1', 'node', null],
      ['node2', 'node', null],
      ['cni-test-7jxzs', 'pod', 'node1'],
      ['cni-test-xb2pp', 'pod', 'node2'],
      ['db-0', 'pod', 'node2'],
    ]);
    expect(hostNamed(topology, 'cni-test-7jxzs')?.label).toBe('cni-test-777bbd57c8-7jxzs');
    expect(hostNamed(topology, 'node1')).toMatchObject({ label: 'node1.whale.com', podCidr: prefix('10.244.1.0/24') });
  });
  test('with everything else assumed, and marked', () => {
    expect(address(topology, 'node1', 'cni0')).toEqual(['10.244.1.1/24']);
    const veth = deviceNamed(hostNamed(topology, 'cni-test-7jxzs') ?? fail('pod'), 'eth0')?.link;
    if (veth?.kind !== 'veth') throw new Error('no veth');
    for (const [host, dev, field] of [
      ['node1', null, 'podCidr'],
      ['node1', null, 'routes'],
      ['node1', 'ens33', 'name'],
      ['node1', 'ens33', 'address'],
      ['node1', 'ens33', 'mac'],
      ['node1', 'cni0', 'name'],
      ['node1', 'cni0', 'address'],
      ['node1', veth.peer.dev, 'veth'],
      ['cni-test-7jxzs', 'eth0', 'mac'],
      ['cni-test-7jxzs', null, 'routes'],
    ] as const)
      expect([host, dev, field, isAssumed(topology, host, dev, field)]).toEqual([host, dev, field, true]);
  });
  test('on which a ping crosses', () => {
    expect(topology.segments).toHaveLength(1);
    expect(printed(topology, 'cni-test-7jxzs: ping -c 1 10.244.2.3')).toContain('ttl=62');
  });
  test('tells flannel nothing, and says which command would', () => {
    expect(flannel).toMatchObject({ network: null, backend: null });
    expect(flannel.nodes.map(({ name, podCidr }) => [name, podCidr])).toEqual([
      ['node1', null],
      ['node2', null],
    ]);
    expect(report.unknown).toContainEqual({ kind: 'network' });
    const asks = asksFor(importTexts([PODS])).map(({ host, command }) => [host, command]);
    expect(asks).toContainEqual([null, 'kubectl get nodes -o json']);
    expect(asks).toContainEqual(['node1', 'ip -d addr']);
    expect(asks).toContainEqual([null, 'kubectl exec -n web db-0 -- ip addr']);
    expect(asks).toContainEqual([null, 'kubectl exec cni-test-777bbd57c8-7jxzs -- ip route']);
  });
});

describe('nodes as JSON alone', () => {
  const { topology, flannel } = importTexts([NODES]);

  test('give flannel’s routes', () => {
    expect(routes(topology, 'node1')).toEqual([
      '10.244.1.0/24 - cni0',
      '10.244.2.0/24 192.168.0.82 ens33',
      '10.244.3.0/24 192.168.0.83 ens33',
      '192.168.0.0/24 - ens33',
    ]);
    expect(isAssumed(topology, 'node1', null, 'routes')).toBe(true);
    expect(isAssumed(topology, 'node1', null, 'podCidr')).toBe(false);
    expect(flannel.nodes[2]).toEqual({
      name: 'node3',
      podCidr: prefix('10.244.3.0/24'),
      publicIp: ipv4('192.168.0.83'),
      backend: 'host-gw',
      managed: true,
      internalIp: ipv4('192.168.0.83'),
      ready: true,
    });
  });
  test('no route to a node of another backend, or without a lease', () => {
    const items = [node('a', '10.244.1.0/24', '10.0.0.1'), node('b', '10.244.2.0/24', '10.0.0.2', 'vxlan')];
    const bare = { ...node('c', '10.244.3.0/24', '10.0.0.3'), metadata: { name: 'c' } };
    const mixed = importTexts([JSON.stringify({ kind: 'List', items: [...items, bare] })]).topology;
    expect(routes(mixed, 'a')).toEqual(['10.0.0.0/24 - ens33', '10.244.1.0/24 - cni0']);
    expect(routes(mixed, 'c')).toContain('10.244.1.0/24 10.0.0.1 ens33');
  });
  test('nodes spread over a wider network are taken to share it, and the report says so', () => {
    const items = [node('a', '10.244.1.0/24', '10.0.3.1'), node('b', '10.244.2.0/24', '10.0.12.9')];
    const { topology: wide, report } = importTexts([JSON.stringify({ kind: 'List', items })]);
    expect(wide.segments).toHaveLength(1);
    expect(address(wide, 'a', 'ens33')).toEqual(['10.0.3.1/20']);
    expect(report.unknown).toContainEqual({ kind: 'prefix-length', host: 'a', dev: 'ens33' });
  });
});

describe('mixtures', () => {
  const NODE1 = `[root@node1 ~]# ip route
default via 192.168.0.1 dev eth1
10.244.1.0/24 dev cni0 proto kernel scope link src 10.244.1.1
10.244.2.0/24 via 192.168.0.82 dev eth1
10.244.3.0/24 via 192.168.0.83 dev eth1
192.168.0.0/24 dev eth1 proto kernel scope link src 192.168.0.81`;

  test('lists and one node’s table: its device and network serve for the others', () => {
    const { topology } = importTexts([NODES, PODS, NODE1]);
    expect(address(topology, 'node2', 'eth1')).toEqual(['192.168.0.82/24']);
    expect(isAssumed(topology, 'node1', null, 'routes')).toBe(false);
    expect(isAssumed(topology, 'node2', 'eth1', 'address')).toBe(false);
    expect(routes(topology, 'node2')).toContain('0.0.0.0/0 192.168.0.1 eth1');
    expect(printed(topology, 'cni-test-7jxzs: ping -c 1 10.244.2.2')).toContain('ttl=62');
  });
  test('the order of the texts changes nothing but the order of the hosts', () => {
    const sorted = (texts: readonly string[]) =>
      importTexts(texts)
        .topology.hosts.map((host) => ({ ...host, routes: [...host.routes] }))
        .sort((a, b) => (a.name < b.name ? -1 : 1));
    expect(sorted([NODE1, PODS, NODES])).toEqual(sorted([NODES, PODS, NODE1]));
  });
  test('next hops for networks that nobody has become nodes, the default’s a router', () => {
    const { topology } = importTexts([NODE1]);
    expect(roles(topology)).toEqual([
      ['node1', 'node', null],
      ['node-192.168.0.82', 'node', null],
      ['node-192.168.0.83', 'node', null],
      ['gateway', 'router', null],
    ]);
    expect(hostNamed(topology, 'node-192.168.0.82')?.podCidr).toEqual(prefix('10.244.2.0/24'));
    expect(isAssumed(topology, 'node-192.168.0.82', null, 'host')).toBe(true);
    expect(routes(topology, 'node-192.168.0.82')).toContain('10.244.1.0/24 192.168.0.81 eth1');
  });
  test('a next hop for the network of a known node is no machine: the route is wrong', () => {
    const wrong = NODE1.replace('via 192.168.0.82', 'via 192.168.0.99');
    const { topology, report } = importTexts([NODES, wrong]);
    expect(topology.hosts.map(({ name }) => name)).toEqual(['node1', 'node2', 'node3', 'gateway']);
    expect(report.unknown).toContainEqual({
      kind: 'next-hop',
      host: 'node1',
      ip: ipv4('192.168.0.99'),
      prefix: prefix('10.244.2.0/24'),
    });
  });
  test('a next hop that did not answer is no machine either', () => {
    const silent = `${NODE1}\n[root@node1 ~]# ip neigh\n192.168.0.83 dev eth1 FAILED`;
    expect(importTexts([silent]).topology.hosts.map(({ name }) => name)).not.toContain('node-192.168.0.83');
  });
  test('nodes whose prefixes do not hold each other stand on two segments, with a router between', () => {
    const text = (name: string, ip: string, len: number, pods: string) =>
      `[root@${name} ~]# ip -o -4 addr\n2: ens33    inet ${ip}/${len} scope global ens33\n4: cni0    inet ${pods}.1/24 scope global cni0`;
    const { topology } = importTexts([text('n1', '10.0.1.5', 24, '10.244.1'), text('n2', '10.0.2.5', 24, '10.244.2')]);
    expect(topology.segments.map(({ ports }) => ports.map(({ host }) => host))).toEqual([
      ['n1', 'gateway'],
      ['n2', 'gateway'],
    ]);
    expect(hostNamed(topology, 'gateway')).toMatchObject({ role: 'router', sysctls: { ipForward: true } });
    // One sees the other on its link, but not the other way round.
    const uneven = importTexts([text('n1', '10.0.1.5', 16, '10.244.1'), text('n2', '10.0.2.5', 24, '10.244.2')]);
    expect(uneven.topology.segments).toHaveLength(2);
  });
  test('output of a pod that shares its node’s network is the node’s; ssh by address is too', () => {
    const pods = `${PODS}\nkube-flannel kube-flannel-ds-abcde 1/1 Running 0 2m 192.168.0.82 node2.whale.com <none> <none>`;
    const table =
      '10.244.1.0/24 via 192.168.0.81 dev ens33\n192.168.0.0/24 dev ens33 proto kernel scope link src 192.168.0.82';
    for (const command of [
      'kubectl exec -n kube-flannel kube-flannel-ds-abcde -- ip route',
      'ssh root@192.168.0.82 ip route',
    ]) {
      const { topology } = importTexts([pods, NODES, `[root@master ~]# ${command}\n${table}`]);
      expect(topology.hosts.map(({ name }) => name)).not.toContain('kube-flannel-ds-abcde');
      expect(isAssumed(topology, 'node2', null, 'routes')).toBe(false);
      expect(routes(topology, 'node2')).toContain('10.244.1.0/24 192.168.0.81 ens33');
    }
  });
  test('flanneld’s log belongs to the node whose address it chose, and names the others', () => {
    const at = 'I0111 17:09:04.933781       1 main.go:1] ';
    const log = `[root@m ~]# kubectl logs -n kube-flannel kube-flannel-ds-x\n${at}Using interface with name eth1 and address 192.168.0.81\n${at}Subnet added: 10.244.4.0/24 via 192.168.0.84`;
    const { topology, flannel } = importTexts([NODE1, log]);
    expect(topology.hosts.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['node1', 'node-192.168.0.82', 'node-192.168.0.84']),
    );
    expect(topology.hosts.map(({ name }) => name)).not.toContain('kube-flannel-ds-x');
    expect(flannel.nodes).toMatchObject([{ name: 'node1', publicIp: ipv4('192.168.0.81') }]);
  });
  test('subnet.env tells a node’s podCIDR and the network', () => {
    const env =
      '[root@node1 ~]# cat /run/flannel/subnet.env\nFLANNEL_NETWORK=10.244.0.0/16\nFLANNEL_SUBNET=10.244.1.1/24\nFLANNEL_MTU=1500';
    const { flannel, topology } = importTexts([env, PODS]);
    expect(flannel).toMatchObject({ network: prefix('10.244.0.0/16') });
    expect(flannel.nodes.find(({ name }) => name === 'node1')?.podCidr).toEqual(prefix('10.244.1.0/24'));
    expect(routes(topology, 'cni-test-7jxzs')).toContain('10.244.0.0/16 10.244.1.1 eth0');
  });
  test('a pod outside its node’s podCIDR still hangs on that node’s bridge', () => {
    const stray = `${PODS}\ndefault stray 1/1 Running 0 2m 10.244.9.9 node1.whale.com <none> <none>`;
    const { topology } = importTexts([NODES, stray]);
    expect(hostNamed(topology, 'stray')?.node).toBe('node1');
    const link = deviceNamed(hostNamed(topology, 'stray') ?? fail('stray'), 'eth0')?.link;
    const veth =
      link?.kind === 'veth' ? deviceNamed(hostNamed(topology, 'node1') ?? fail('node1'), link.peer.dev) : null;
    expect(veth?.master).toBe('cni0');
  });
  test('two nodes of one short name keep their long ones; pods of one name get their namespace', () => {
    const pods = PODS.replace('node1.whale.com', 'n.a')
      .replaceAll('node2.whale.com', 'n.b')
      .replace('default cni-test-777bbd57c8-xb2pp', 'default db-0');
    const names = importTexts([pods]).topology.hosts.map(({ name }) => name);
    expect(names).toEqual(['n.a', 'n.b', 'cni-test-7jxzs', 'db-0.default', 'db-0.web']);
  });
});

describe('contradictions', () => {
  test('two tables of one host: the later counts, row by row', () => {
    const before = '[root@n ~]# ip route\n10.244.2.0/24 via 10.0.0.2 dev eth0\n10.244.3.0/24 via 10.0.0.3 dev eth0';
    const after = '[root@n ~]# ip route\n10.244.2.0/24 via 10.0.0.9 dev eth0';
    const [first, second] = importTexts([before, after]).report.contradictions;
    expect(first).toEqual({
      host: 'n',
      field: 'route',
      of: '10.244.2.0/24',
      values: [
        { text: '10.244.2.0/24 via 10.0.0.2 dev eth0', source: { text: 0, line: 2 } },
        { text: '10.244.2.0/24 via 10.0.0.9 dev eth0', source: { text: 1, line: 2 } },
      ],
      taken: 1,
    });
    expect(second).toMatchObject({
      of: '10.244.3.0/24',
      values: [{ source: { text: 0, line: 3 } }, { text: null, source: { text: 1, line: 2 } }],
    });
  });
  test('route -n does not overrule ip route', () => {
    const both =
      '[root@n ~]# ip route\n10.244.2.0/24 via 10.0.0.2 dev eth0\n[root@n ~]# route -n\nDestination Gateway Genmask Flags Metric Ref Use Iface\n10.244.2.0 10.0.0.9 255.255.255.0 UG 0 0 0 eth0';
    const { report, topology } = importTexts([both]);
    expect(report.contradictions).toMatchObject([{ field: 'route', taken: 0 }]);
    expect(routes(topology, 'n')).toEqual(['10.244.2.0/24 10.0.0.2 eth0']);
  });
  test('lists that differ, and settings that differ', () => {
    const moved = PODS.split('\n').slice(0, 2).join('\n').replace('10.244.1.4 node1', '10.244.3.4 node3');
    const env = '[root@node1 ~]# cat /run/flannel/subnet.env\nFLANNEL_NETWORK=10.42.0.0/16';
    const { contradictions } = importTexts([
      PODS,
      moved,
      '{"Network":"10.244.0.0/16","Backend":{"Type":"host-gw"}}',
      env,
    ]).report;
    expect(contradictions.map(({ host, field }) => [host, field])).toEqual([
      ['default/cni-test-7jxzs', 'pod-ip'],
      ['default/cni-test-7jxzs', 'pod-node'],
      [null, 'network'],
    ]);
  });
});
