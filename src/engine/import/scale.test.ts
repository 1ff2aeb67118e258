/** Large clusters: tables that follow from leases are made one at a time, when somebody looks. */
import { describe, expect, test } from 'vitest';
import { formatIpv4 } from '../addr/ipv4';
import { formatPrefix } from '../addr/prefix';
import { seeded } from '../sim/draws';
import { simulate } from '../sim/simulate';
import { nodesJson, podAddress, podHost, podsText } from '../testing/kubectl-text';
import { applyEdits } from '../topology/edits';
import { FAULTS } from '../topology/faults';
import { fromFile, toFile } from '../topology/file';
import { asIpip, asVxlan } from '../topology/modes';
import { leaseTableOf } from '../topology/on-demand';
import { leasesOf } from '../topology/places';
import { hostNamed, type Topology } from '../topology/topology';
import { importTexts } from './import';

const NODES = 1200;
const PODS = 2; // of each node
const { topology, flannel } = importTexts([nodesJson(NODES), podsText(NODES, PODS)]);
const PING = `${podHost(0, 0, PODS)}: ping -c 1 ${podAddress(NODES - 1, 1)}`;

function printedBy(cluster: Topology, line: string) {
  const trace = simulate(cluster, { run: [line] }, seeded(1));
  if (!trace.ok) throw new Error(JSON.stringify(trace.error));
  const text = trace.value.steps.flatMap(({ event }) => (event.kind === 'printed' ? event.text : [])).join('\n');
  return { text, complete: trace.value.complete };
}

describe(`${NODES} nodes from lists`, () => {
  test('all are there', () => {
    expect(topology.hosts).toHaveLength(NODES * (1 + PODS));
    expect(topology.segments).toHaveLength(1);
    expect([flannel.nodes.length, flannel.pods.length]).toEqual([NODES, NODES * PODS]);
  });
  test('share one list of leases', () => {
    const tables = topology.hosts.flatMap((host) => leaseTableOf(host) ?? []);
    expect(tables).toHaveLength(NODES);
    expect(new Set(tables.map(({ leases }) => leases)).size).toBe(1);
  });
  test('a table is made at the first look, and is what flannel writes', () => {
    const node = hostNamed(topology, 'node7');
    if (node === null) throw new Error('no node7');
    const { routes } = node;
    expect(node.routes).toBe(routes);
    expect(routes).toHaveLength(NODES - 1 + 2); // a route to each other node, cni0's network and the card's
    const rows = routes.map(
      ({ dst, via, dev }) => `${formatPrefix(dst)} ${via === null ? '-' : formatIpv4(via)} ${dev}`,
    );
    expect(rows.slice(0, 2)).toEqual(['10.0.1.0/24 172.16.0.2 ens33', '10.0.2.0/24 172.16.0.3 ens33']);
    expect(rows).toContain('10.0.7.0/24 - cni0');
  });
  test('a ping across reads few tables, and arrives', () => {
    let made = 0;
    const counted: Topology = {
      ...topology,
      hosts: topology.hosts.map((host) => {
        if (host.role !== 'node') return host;
        return Object.defineProperty(Object.create(host), 'routes', {
          get: () => {
            made += 1;
            return host.routes;
          },
        });
      }),
    };
    const { text, complete } = printedBy(counted, PING);
    expect(text).toContain('ttl=62');
    expect(complete).toBe(true);
    expect(made).toBeLessThan(50); // looks at the two nodes' tables
  }, 30_000);
  test.each([
    ['vxlan', asVxlan],
    ['ipip', asIpip],
  ] as const)(
    '%s: only the nodes looked at get their tunnels, and a ping arrives',
    (_, mode) => {
      const carried = mode(topology);
      expect(printedBy(carried, PING).text).toContain('ttl=62');
      const node = hostNamed(carried, 'node7');
      expect(node?.routes.filter(({ onlink }) => onlink)).toHaveLength(NODES - 1);
      expect(mode(carried)).toBe(carried); // has tunnels
    },
    30_000,
  );
  test('every fault of the menu is made', () => {
    const way = { from: podHost(0, 0, PODS), to: podHost(NODES - 1, 1, PODS) };
    const made = FAULTS.flatMap(({ id, on }) => {
      const broken = on(topology, way);
      return broken !== null && applyEdits(topology, broken.edits).ok ? [id] : [];
    });
    expect(made).toEqual(expect.arrayContaining(['no-route-at-all', 'pod-absent', 'rp-filter', 'wrong-next-hop']));
  });
  test('leases are told without making a table', () => {
    expect(leasesOf(topology)).toHaveLength(NODES);
  });
  test('a saved cluster holds the leases once, and opens as it was', () => {
    const text = toFile(topology);
    expect(text.length).toBeLessThan(NODES * (1 + PODS) * 4000); // bytes; with all routes it would be 100 MB
    const read = fromFile(text);
    if (!read.ok) throw new Error(JSON.stringify(read.error));
    expect(read.value.hosts.flatMap((host) => leaseTableOf(host) ?? [])).toHaveLength(NODES);
    expect(hostNamed(read.value, 'node7')?.routes).toEqual(hostNamed(topology, 'node7')?.routes);
    expect(toFile(read.value)).toBe(text);
    expect(printedBy(read.value, PING).text).toContain('ttl=62');
  }, 30_000);
  test('a saved node without its lease is refused', () => {
    const data = JSON.parse(toFile(topology)) as { leases: { node: string }[] };
    const text = JSON.stringify({ ...data, leases: data.leases.filter(({ node }) => node !== 'node7') });
    expect(fromFile(text)).toMatchObject({
      ok: false,
      error: { kind: 'invalid', path: expect.stringMatching(/fromLeases$/) },
    });
  });
});
