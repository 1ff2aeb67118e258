/** What the texts tell of the cluster as a whole: its nodes with their leases, its pods, flannel's own settings. */
import type { Ipv4 } from '../addr/ipv4';
import { prefixOf } from '../addr/prefix';
import type { ClusterSpec, NodeSpec, PodSpec } from '../flannel/cluster-spec';
import type { Fact, Statement } from './facts';
import type { Names } from './names';

const NOTHING: Omit<NodeSpec, 'name'> = {
  podCidr: null,
  publicIp: null,
  backend: null,
  managed: null,
  internalIp: null,
  ready: null,
};

/** Of two values the later counts; a list that leaves a value out takes nothing back. */
export function rosterOf(facts: Iterable<Fact>): ClusterSpec {
  const nodes = new Map<string, NodeSpec>();
  const pods = new Map<string, PodSpec>();
  let network: ClusterSpec['network'] = null;
  let backend: string | null = null;
  let said: Pick<ClusterSpec, 'network' | 'backend'> = { network: null, backend: null }; // by flanneld, not by its settings
  for (const fact of facts) {
    if (fact.kind === 'node') nodes.set(fact.node.name, joined(nodes.get(fact.node.name), fact.node));
    else if (fact.kind === 'pod') pods.set(keyOf(fact.pod), fact.pod);
    else if (fact.kind === 'flannel-config') {
      network = fact.network ?? network;
      backend = fact.backend ?? backend;
    } else if (fact.kind === 'subnet-env') said = { ...said, network: fact.network ?? said.network };
    else if (fact.kind === 'flanneld' && fact.event.kind === 'backend') said = { ...said, backend: fact.event.backend };
  }
  for (const { node } of pods.values())
    if (node !== null && !nodes.has(node)) nodes.set(node, { name: node, ...NOTHING });
  const known = withHostNetwork([...pods.values()], nodes);
  return {
    network: network ?? said.network,
    backend: backend ?? said.backend,
    nodes: withAddresses([...nodes.values()], known),
    pods: distinctNames(known),
  };
}

const keyOf = ({ namespace, name }: PodSpec): string => `${namespace ?? ''}/${name}`;

function joined(before: NodeSpec | undefined, after: NodeSpec): NodeSpec {
  if (before === undefined) return after;
  return {
    name: after.name,
    podCidr: after.podCidr ?? before.podCidr,
    publicIp: after.publicIp ?? before.publicIp,
    backend: after.backend ?? before.backend,
    managed: after.managed ?? before.managed,
    internalIp: after.internalIp ?? before.internalIp,
    ready: after.ready ?? before.ready,
  };
}

/** Pods whose manifests ask for their node's network: kubeadm's, and flannel's own. */
const ON_HOST = /^(?:kube-proxy|kube-flannel|etcd|kube-apiserver|kube-controller-manager|kube-scheduler)-/;

/** The table of pods does not say which share their node's network; their address gives them away. */
function withHostNetwork(pods: readonly PodSpec[], nodes: ReadonlyMap<string, NodeSpec>): readonly PodSpec[] {
  const ofNodes = new Set<Ipv4>();
  for (const { internalIp, publicIp } of nodes.values()) {
    for (const ip of [internalIp, publicIp]) if (ip !== null) ofNodes.add(ip);
  }
  const uses = new Map<Ipv4, number>();
  for (const { ip } of pods) if (ip !== null) uses.set(ip, (uses.get(ip) ?? 0) + 1);
  return pods.map((pod) => {
    if (pod.hostNetwork || pod.ip === null) return pod;
    const isNodes = ofNodes.has(pod.ip) || (uses.get(pod.ip) ?? 0) > 1 || ON_HOST.test(pod.name);
    return isNodes ? { ...pod, hostNetwork: true } : pod;
  });
}

/** A pod on its node's network tells the node's address. */
function withAddresses(nodes: readonly NodeSpec[], pods: readonly PodSpec[]): readonly NodeSpec[] {
  const byNode = new Map<string, Ipv4>();
  for (const { node, ip, hostNetwork } of pods) {
    if (hostNetwork && node !== null && ip !== null && !byNode.has(node)) byNode.set(node, ip);
  }
  return nodes.map((node) => ({ ...node, internalIp: node.internalIp ?? byNode.get(node.name) ?? null }));
}

/** Names repeat from namespace to namespace; hosts' names may not. */
function distinctNames(pods: readonly PodSpec[]): readonly PodSpec[] {
  const uses = new Map<string, number>();
  for (const { name } of pods) uses.set(name, (uses.get(name) ?? 0) + 1);
  return pods.map((pod) =>
    pod.namespace !== null && (uses.get(pod.name) ?? 0) > 1 ? { ...pod, name: `${pod.name}.${pod.namespace}` } : pod,
  );
}

/** The same under the names that hosts have in the topology. */
export function renamed(told: ClusterSpec, names: Names): ClusterSpec {
  return {
    ...told,
    nodes: told.nodes.map((node) => ({ ...node, name: names.of(node.name) })),
    pods: told.pods.map((pod) => ({
      ...pod,
      name: pod.hostNetwork ? pod.name : names.of(pod.name),
      node: pod.node === null ? null : names.of(pod.node),
    })),
  };
}

/** With what flanneld itself says on a node: the address that it publishes, and the subnet that it was given. */
export function withSaid(told: ClusterSpec, statements: readonly Statement[]): ClusterSpec {
  const nodes = new Map(told.nodes.map((node) => [node.name, node]));
  for (const { host, fact } of statements) {
    if (host === null) continue;
    const known = nodes.get(host) ?? { name: host, ...NOTHING };
    if (fact.kind === 'flanneld' && fact.event.kind === 'interface' && known.publicIp === null) {
      nodes.set(host, { ...known, publicIp: fact.event.ip });
    } else if (fact.kind === 'subnet-env' && fact.subnet !== null && known.podCidr === null) {
      nodes.set(host, { ...known, podCidr: prefixOf(fact.subnet.ip, fact.subnet.prefixLen) });
    }
  }
  return { ...told, nodes: [...nodes.values()] };
}
