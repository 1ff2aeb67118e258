/**
 * Who is drawn, and how large. In full: the nodes that hold the pods of the capture points, in the order a request
 * travels, with their pods. Small, on the segment: every other host that is not a pod.
 */
import { toldHosts } from '../../engine/topology/host-index';
import { podsOn } from '../../engine/topology/places';
import { type Host, hostNamed, type Segment, type Topology } from '../../engine/topology/topology';

const FULL_NODES_MAX = 5;
const PODS_MAX = 4; // per node

export interface FullNode {
  readonly host: Host;
  readonly pods: readonly Host[];
  readonly morePods: number; // not drawn
}

export interface Cast {
  readonly nodes: readonly FullNode[];
  readonly small: readonly Host[]; // the layout leaves out what it has no room for
  readonly segments: readonly Segment[];
}

export function castOf(topology: Topology): Cast {
  const nodes = fullNodes(topology);
  const full = new Set(nodes.map((node) => node.name));
  const small = outsideOf(topology).filter((host) => !full.has(host.name));
  return { nodes: nodes.map((host) => withPods(topology, host)), small, segments: topology.segments };
}

const outside = new WeakMap<Topology['hosts'], readonly Host[]>();

/** A pod is drawn in its node, or with its node not at all; a pod without a node stands alone. Looked for once for the hosts. */
function outsideOf(topology: Topology): readonly Host[] {
  let known = outside.get(topology.hosts);
  if (known === undefined) {
    let last: string | null = null; // a node there is: its other pods follow
    const isInNode = [...(topology.listed?.keys() ?? [])].every((node) => hostNamed(topology, node) !== null);
    const hosts = isInNode ? toldHosts(topology.hosts) : topology.hosts; // pods of a list need not be looked at one by one
    known = hosts.filter(({ role, node }) => {
      if (role !== 'pod' || node === null) return true;
      if (node !== last && hostNamed(topology, node) !== null) last = node;
      return node !== last;
    });
    outside.set(topology.hosts, known);
  }
  return known;
}

function fullNodes(topology: Topology): readonly Host[] {
  const found = new Map<string, Host>();
  for (const point of topology.capturePoints) {
    const host = hostNamed(topology, point.host);
    const node = host?.role === 'pod' ? hostNamed(topology, host.node ?? '') : host;
    if (node?.role === 'node') found.set(node.name, node);
  }
  if (found.size > 0) return [...found.values()].slice(0, FULL_NODES_MAX);
  const nodes = toldHosts(topology.hosts).filter((host) => host.role === 'node');
  const withPod = nodes.filter((node) => topology.hosts.some((host) => host.node === node.name));
  return (withPod.length > 0 ? withPod : nodes).slice(0, 2);
}

/** Pods that have a capture point come first, so that they are always among those drawn. */
function withPods(topology: Topology, node: Host): FullNode {
  const pods = podsOn(topology, node.name);
  const order = (pod: Host) => {
    const at = topology.capturePoints.findIndex((point) => point.host === pod.name);
    return at === -1 ? topology.capturePoints.length : at;
  };
  const sorted = [...pods].sort((a, b) => order(a) - order(b));
  return { host: node, pods: sorted.slice(0, PODS_MAX), morePods: Math.max(0, sorted.length - PODS_MAX) };
}
