/** What flannel was told, drawn as a table; `-` stands for what nobody said. */
import { type Ipv4, ipv4 } from '../addr/ipv4';
import { type Prefix, prefix } from '../addr/prefix';
import type { ClusterSpec, NodeSpec } from '../flannel/cluster-spec';
import type { Device } from '../net/device';
import type { Topology } from '../topology/topology';

/** One node a line: `name podCIDR public-ip backend managed`, the last as yes or no. */
export function clusterSpec(network: string, table: string): ClusterSpec {
  const lines = table.split('\n').filter((line) => line.trim() !== '');
  return { network: network === '-' ? null : prefix(network), backend: 'host-gw', nodes: lines.map(nodeOf), pods: [] };
}

function nodeOf(line: string): NodeSpec {
  const [name = '', podCidr = '-', publicIp = '-', backend = '-', managed = '-'] = line.trim().split(/\s+/);
  const read = <T>(text: string, as: (text: string) => T): T | null => (text === '-' ? null : as(text));
  return {
    name,
    podCidr: read<Prefix>(podCidr, prefix),
    publicIp: read<Ipv4>(publicIp, ipv4),
    backend: read(backend, String),
    managed: read(managed, (text) => text === 'yes'),
    internalIp: read<Ipv4>(publicIp, ipv4),
    ready: null,
  };
}

/** The article's three nodes, with one line put in the place of that node's own. */
export function articleSpec(...changed: readonly string[]): ClusterSpec {
  const nodes = [
    'master 10.244.0.0/24 192.168.0.80 host-gw yes',
    'node1  10.244.1.0/24 192.168.0.81 host-gw yes',
    'node2  10.244.2.0/24 192.168.0.82 host-gw yes',
  ];
  const nameOf = (line: string): string => line.split(/\s+/)[0] ?? '';
  return clusterSpec(
    '10.244.0.0/16',
    nodes.map((line) => changed.find((one) => nameOf(one) === nameOf(line)) ?? line).join('\n'),
  );
}

/** The cluster with one device otherwise, as no command of the model would make it. */
export const withDevice = (topology: Topology, host: string, dev: string, change: Partial<Device>): Topology => ({
  ...topology,
  hosts: topology.hosts.map((one) =>
    one.name === host
      ? { ...one, devices: one.devices.map((device) => (device.name === dev ? { ...device, ...change } : device)) }
      : one,
  ),
});
