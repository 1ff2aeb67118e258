/** Findings of clusters nobody drew: random ones, and as large as Kubernetes allows. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ipv4FromNumber } from '../addr/ipv4';
import { mac } from '../addr/mac';
import { formatPrefix, prefix, prefixOf } from '../addr/prefix';
import type { ClusterSpec } from '../flannel/cluster-spec';
import { edited, typed } from '../testing/article-run';
import { randomCluster } from '../testing/random-cluster';
import { connected, device, host, loopback } from '../topology/build';
import { type Host, PLAIN_SYSCTLS, type Topology } from '../topology/topology';
import { findingsOf, routeAuditOf } from './findings';

/** Some of the random clusters give one subnet to two nodes, and that is found. */
function hasOwnSubnets({ hosts }: Topology): boolean {
  const subnets = hosts.flatMap(({ podCidr }) => (podCidr === null ? [] : [formatPrefix(podCidr)]));
  return new Set(subnets).size === subnets.length;
}

describe('random clusters', () => {
  test('have nothing wrong before anything is done to them', () => {
    fc.assert(
      fc.property(fc.nat(10_000), (seed) => {
        const { sound: topology } = randomCluster(seed);
        fc.pre(hasOwnSubnets(topology));
        expect(findingsOf(topology, null).map(({ kind }) => kind)).toEqual([]);
      }),
      { numRuns: 40 },
    );
  });

  test('a route that is taken away is found, wherever and whoever it is', () => {
    fc.assert(
      fc.property(fc.nat(10_000), fc.nat(5), (seed, pick) => {
        const { sound: topology } = randomCluster(seed);
        fc.pre(hasOwnSubnets(topology));
        const nodes = topology.hosts.filter(({ role }) => role === 'node');
        const node = nodes[pick % nodes.length];
        const own = node?.routes.filter(({ via, dst }) => via !== null && dst.len > 0) ?? [];
        const route = own[pick % own.length];
        if (node === undefined || route === undefined) return;
        const routes = node.routes.filter((one) => one !== route);
        const broken = { ...topology, hosts: topology.hosts.map((one) => (one === node ? { ...node, routes } : one)) };
        const [found, ...more] = findingsOf(broken, null);
        // A gateway that knows the pods' networks carries the packets all the same: then nothing is lost, but they take a detour.
        const severity = found?.consequence?.verdict.outcome === 'answered' ? 'warning' : 'error';
        expect(found).toMatchObject({ kind: 'route-missing', severity, node: node.name });
        expect(found?.evidence).toMatchObject({ expected: [{ dst: route.dst, via: route.via, dev: route.dev }] });
        expect(found?.consequence?.repaired).toBe('answered');
        expect(more).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });
});

const NODES = 5000;
const byte = (value: number): string => value.toString(16).padStart(2, '0');
const macOf = (kind: number, n: number) =>
  mac(`02:00:${byte(kind)}:${byte(n >> 16)}:${byte((n >> 8) & 255)}:${byte(n & 255)}`);
const subnetOf = (n: number) => prefixOf(ipv4FromNumber(prefix('10.0.0.0/8').base + n * 256), 24);
const publicIpOf = (n: number) => ipv4FromNumber(prefix('172.16.0.0/16').base + 10 + n);

/** A node and a pod each; the tables of the first three nodes were shown, the others' were not. */
function large(): { readonly topology: Topology; readonly spec: ClusterSpec } {
  const numbers = Array.from({ length: NODES }, (_, n) => n);
  const all = numbers.map((n) => ({ dst: subnetOf(n), via: publicIpOf(n) }));
  const hosts = numbers.flatMap((n): readonly Host[] => {
    const cni0 = { ip: ipv4FromNumber(subnetOf(n).base + 1), prefixLen: 24 };
    const card = { ip: publicIpOf(n), prefixLen: 16 };
    const pod = { ip: ipv4FromNumber(subnetOf(n).base + 2), prefixLen: 24 };
    const ends = {
      up: { kind: 'veth', peer: { host: `n${n}`, dev: 'veth1' } },
      down: { kind: 'veth', peer: { host: `p${n}`, dev: 'eth0' } },
    } as const;
    const flannel = all.flatMap(({ dst, via }, peer) =>
      peer === n ? [] : [{ ...connected('eth0', card), dst, via, protocol: 'boot' as const, prefSrc: null }],
    );
    return [
      host(`n${n}`, 'node', {
        podCidr: subnetOf(n),
        devices: [
          loopback,
          device('eth0', 2, macOf(1, n), { kind: 'nic', segment: 'lan' }, { addresses: [card] }),
          device('cni0', 3, macOf(2, n), { kind: 'bridge' }, { addresses: [cni0] }),
          device('veth1', 4, macOf(3, n), ends.down, { master: 'cni0' }),
        ],
        routes: [...(n < 3 ? flannel : []), connected('cni0', cni0), connected('eth0', card)],
        sysctls: { ...PLAIN_SYSCTLS, ipForward: true },
      }),
      host(`p${n}`, 'pod', {
        node: `n${n}`,
        devices: [loopback, device('eth0', 3, macOf(4, n), ends.up, { addresses: [pod] })],
        routes: [
          { ...connected('eth0', pod), dst: prefixOf(ipv4FromNumber(0), 0), via: cni0.ip, prefSrc: null },
          connected('eth0', pod),
        ],
      }),
    ];
  });
  const topology: Topology = {
    name: 'large',
    network: prefix('10.0.0.0/8'),
    hosts,
    segments: [{ name: 'lan', ports: numbers.map((n) => ({ host: `n${n}`, dev: 'eth0' })), sourceGuard: false }],
    capturePoints: [],
    assumed: numbers.slice(3).map((n) => ({ host: `n${n}`, dev: null, field: 'routes' as const })),
  };
  const nodes = numbers.map((n) => ({
    name: `n${n}`,
    podCidr: subnetOf(n),
    publicIp: publicIpOf(n),
    backend: 'host-gw',
    managed: true,
    internalIp: publicIpOf(n),
    ready: true,
  }));
  return { topology, spec: { network: prefix('10.0.0.0/8'), backend: 'host-gw', nodes, pods: [] } };
}

describe('a cluster of 5,000 nodes', () => {
  const { topology, spec } = large();
  const elsewhere = edited(
    typed(
      'n0: ip route del 10.0.9.0/24',
      'n1: ip route replace 10.0.8.0/24 via 172.16.0.99 dev eth0',
      'n2: sysctl -w net.ipv4.ip_forward=0',
    ),
    topology,
  );

  test('is gone through in about a second, and what is wrong is tried out on the hosts that matter', () => {
    const before = process.cpuUsage(); // not the clock: other programs may be at work
    const all = findingsOf(elsewhere, spec);
    const { user, system } = process.cpuUsage(before);
    const tookMs = (user + system) / 1000;
    expect(all.map(({ kind, node }) => `${kind} ${node}`).sort()).toEqual([
      'forwarding-off n2',
      'route-missing n0',
      'route-wrong n1',
    ]);
    for (const { consequence } of all) expect(consequence?.repaired).toBe('answered');
    expect(all[0]?.consequence?.topology.hosts.length).toBeLessThan(20);
    expect(tookMs).toBeLessThan(3000); // far from the 25 million rows of all tables together, even on a busy machine
  }, 30_000);

  test('one node’s table is derived when it is asked for', () => {
    const audit = routeAuditOf(elsewhere, spec, 'n4321');
    expect(audit).toMatchObject({ node: 'n4321', known: false });
    expect(audit?.rows).toHaveLength(NODES); // one for every other node, and its own bridge's
    expect(routeAuditOf(elsewhere, spec, 'n0')?.rows.filter(({ verdict }) => verdict !== 'right')).toMatchObject([
      { verdict: 'missing', actual: null, expected: { dst: prefix('10.0.9.0/24'), via: publicIpOf(9) } },
    ]);
  });
});
