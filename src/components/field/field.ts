/** All nodes of a cluster as a field of squares: which, where, and which of them a search finds. Pure. */
import { formatIpv4, readIpv4 } from '../../engine/addr/ipv4';
import { contains, formatPrefix, type Prefix } from '../../engine/addr/prefix';
import { addressOf, podNetOf, podsOn } from '../../engine/topology/places';
import type { Host, Topology } from '../../engine/topology/topology';

export interface FieldNode {
  readonly host: Host;
  readonly ip: string; // '' where it has none
  readonly net: Prefix | null;
  readonly pods: readonly Host[];
}

const fields = new WeakMap<Topology['hosts'], readonly FieldNode[]>();

/** Every node with its pods, in the cluster's own order. Computed once for the hosts. */
export function fieldOf(topology: Topology): readonly FieldNode[] {
  let nodes = fields.get(topology.hosts);
  if (nodes === undefined) {
    nodes = topology.hosts.flatMap((host) => {
      if (host.role !== 'node') return [];
      const address = addressOf(host);
      const ip = address === null ? '' : formatIpv4(address.ip);
      return [{ host, ip, net: host.podCidr ?? podNetOf(topology, host), pods: podsOn(topology, host.name) }];
    });
    fields.set(topology.hosts, nodes);
  }
  return nodes;
}

/** Part of an address or of a network: no pod is called so. */
const IS_ADDRESS = /^\d+\.[\d./]*$/;

const words = new WeakMap<FieldNode, string>();

/** What a node's pods are called, one name a line. Made once: there are 300,000 names in a large cluster. */
export function podWords(node: FieldNode): string {
  let known = words.get(node);
  if (known === undefined) {
    known = node.pods
      .map(({ name, label }) => `${name}\n${label ?? ''}`)
      .join('\n')
      .toLowerCase();
    words.set(node, known);
  }
  return known;
}

/** Indexes of the nodes that a search means: by name, address, pod network, a pod's address, or a pod's name. */
export function found(nodes: readonly FieldNode[], search: string): readonly number[] {
  const text = search.trim().toLowerCase();
  if (text === '') return nodes.map((_, i) => i);
  const ip = readIpv4(text);
  return nodes.flatMap((node, i) => {
    const { host, ip: own, net } = node;
    const isMeant =
      host.name.toLowerCase().includes(text) ||
      (host.label ?? '').toLowerCase().includes(text) ||
      own.startsWith(text) ||
      (net !== null && (ip === null ? formatPrefix(net).startsWith(text) : contains(net, ip))) ||
      (!IS_ADDRESS.test(text) && podWords(node).includes(text));
    return isMeant ? [i] : [];
  });
}

export interface Grid {
  readonly columns: number;
  readonly cell: number; // px, square, with its gap
}

/** The largest squares with which all fit. */
export function gridOf(count: number, width: number, height: number): Grid {
  if (count === 0) return { columns: 1, cell: Math.min(width, height) };
  let columns = 1;
  let cell = 0;
  for (let tried = 1; tried <= count; tried += 1) {
    const size = Math.min(width / tried, height / Math.ceil(count / tried));
    if (size <= cell) {
      if (width / tried < cell) break; // narrower still from here on
      continue;
    }
    columns = tried;
    cell = size;
  }
  return { columns, cell };
}

/** Which node lies at a point of the grid, or -1. */
export function nodeAt({ columns, cell }: Grid, count: number, x: number, y: number): number {
  const [column, row] = [Math.floor(x / cell), Math.floor(y / cell)];
  const index = row * columns + column;
  return column < 0 || column >= columns || row < 0 || index >= count ? -1 : index;
}
