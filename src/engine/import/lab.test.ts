/** Every scenario's transcripts must give the cluster that was really there. */
import { describe, expect, test } from 'vitest';
import { formatIpv4 } from '../addr/ipv4';
import { formatPrefix } from '../addr/prefix';
import { type LabScenario, labScenarios } from '../testing/lab-scenarios';
import { deviceNamed, type Host, hostNamed, type Topology } from '../topology/topology';
import { importTexts } from './import';

const cluster = (scenario: LabScenario): Topology => importTexts(scenario.texts).topology;

/** The host of a role; nodes have names of their own. */
function hostOfRole(topology: Topology, { truth }: LabScenario, role: string): Host {
  const found = hostNamed(topology, truth.topology.nodes[role]?.host ?? role);
  if (found === null) throw new Error(`no host for ${role}`);
  return found;
}

const devicesPrinted = (host: Host) =>
  host.devices.map(({ name, ifindex, mac, mtuBytes, up, master, addresses }) => ({
    name,
    ifindex,
    mac: name.includes('ipip') ? '-' : mac,
    mtuBytes,
    up,
    master,
    addresses: addresses.map(({ ip, prefixLen }) => `${formatIpv4(ip)}/${prefixLen}`),
  }));

const routesPrinted = (host: Host) =>
  host.routes.map(({ dst, via, dev, metric, type, prefSrc, onlink }) => ({
    dst: dst.len === 0 ? 'default' : formatPrefix(dst),
    via: via === null ? null : formatIpv4(via),
    dev,
    metric,
    type,
    prefSrc: prefSrc === null ? null : formatIpv4(prefSrc),
    onlink,
  }));

describe.skipIf(labScenarios.length === 0)('the lab’s transcripts', () => {
  test.each(labScenarios.map((scenario) => [scenario.name, scenario] as const))('%s', (_, scenario) => {
    const topology = cluster(scenario);
    const { truth, state } = scenario;
    for (const [role, json] of Object.entries(state)) {
      if (role === 'lan') continue;
      const host = hostOfRole(topology, scenario, role);
      const addresses = json['ip -j addr'];
      if (addresses !== undefined) {
        expect(devicesPrinted(host)).toEqual(
          addresses.map((one) => ({
            name: one.ifname,
            ifindex: one.ifindex,
            mac: one.address ?? '-',
            mtuBytes: one.mtu,
            up: one.flags.includes('UP'),
            master: one.master ?? null,
            addresses: one.addr_info.map(({ local, prefixlen }) => `${local}/${prefixlen}`),
          })),
        );
      }
      expect(routesPrinted(host)).toEqual(
        (json['ip -j route'] ?? []).map((one) => ({
          dst: one.dst,
          via: one.gateway ?? null,
          dev: one.dev ?? null,
          metric: one.metric ?? 0,
          type: one.type ?? 'unicast',
          prefSrc: one.prefsrc ?? null,
          onlink: one.flags.includes('onlink'),
        })),
      );
    }
    for (const [name, pod] of Object.entries(truth.topology.pods)) {
      const node = hostOfRole(topology, scenario, pod.node);
      const host = hostOfRole(topology, scenario, name);
      expect(host).toMatchObject({ role: 'pod', node: node.name });
      expect(deviceNamed(host, 'eth0')).toMatchObject({
        ifindex: pod.ifindex,
        mac: pod.mac,
        link: { kind: 'veth', peer: { host: node.name, dev: pod.veth } },
      });
      expect(deviceNamed(node, pod.veth)).toMatchObject({
        ifindex: pod.vindex,
        mac: pod.vmac,
        link: { kind: 'veth', peer: { host: name, dev: 'eth0' } },
      });
    }
    for (const role of Object.keys(truth.topology.nodes))
      expect(hostOfRole(topology, scenario, role).role).toBe('node');
    const gateway = hostOfRole(topology, scenario, 'gw');
    expect(gateway.role).toBe('router');
    expect(deviceNamed(gateway, 'eth0')).toMatchObject({ mac: truth.topology.gateway.mac });
    expect(topology.network === null ? null : formatPrefix(topology.network)).toBe(truth.topology.cluster_cidr);
    // Every card is on a segment, and there are as many segments as the lab had.
    const extra = (truth.topology.lan2 === null ? 0 : 1) + (truth.topology.second_link === null ? 0 : 1);
    expect(topology.segments).toHaveLength(1 + extra);
    const cards = topology.hosts.flatMap((host) =>
      host.devices.filter(({ link }) => link.kind === 'nic').map((one) => one.link),
    );
    expect(cards.filter((link) => link.kind === 'nic' && link.segment === null)).toEqual([]);
    expect(topology.capturePoints.map(({ host, dev }) => `${host} ${dev}`)).toEqual(
      Object.values(truth.capture_points).map(
        ({ where, interface: dev }) => `${hostOfRole(topology, scenario, where).name} ${dev}`,
      ),
    );
    expect(topology.assumed).toEqual([]);
  });

  test('leave no line of any format unread', () => {
    const unread = labScenarios.flatMap(({ texts }) =>
      importTexts(texts).report.pieces.flatMap((piece) => piece.unread.map(({ text }) => `${piece.format}: ${text}`)),
    );
    expect([...new Set(unread)]).toEqual([]);
  }, 30_000);

  test('contradict themselves nowhere, although three tools show the same things', () => {
    const found = labScenarios.flatMap(({ name, texts }) =>
      importTexts(texts).report.contradictions.map((one) => `${name}: ${one.host} ${one.field} ${one.of}`),
    );
    expect(found).toEqual([]);
  }, 30_000);
});
