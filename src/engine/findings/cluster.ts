/**
 * A cluster as it is beside a cluster as flannel was told: each node with its lease, the card flanneld uses, its bridge
 * and its pods. Everything here is looked up once; findings and audits only read it.
 */
import type { Ipv4 } from '../addr/ipv4';
import { formatPrefix, isInside, type Prefix } from '../addr/prefix';
import type { ClusterSpec, NodeSpec } from '../flannel/cluster-spec';
import { backendNamed, type Lease } from '../flannel/lease';
import type { Device, InterfaceAddress } from '../net/device';
import { hostsWithoutTable } from '../topology/assumed';
import { addressOf } from '../topology/places';
import type { Host, Topology } from '../topology/topology';
import { specOf } from './derive-spec';
import { cardsShared, externalCard } from './external-card';
import { bridgeOf, type Inhabitants, inhabitantsOf } from './inhabitants';

export interface NodeView {
  readonly host: Host;
  readonly spec: NodeSpec;
  readonly lease: Lease | null; // null: its peers are told nothing of it
  readonly card: Device | null; // flanneld's external interface
  readonly bridge: Device | null; // its pods' bridge
  readonly pods: readonly Host[];
  readonly routesKnown: boolean; // false: nobody showed its route table
}

export interface Cluster {
  readonly topology: Topology;
  readonly spec: ClusterSpec;
  readonly told: boolean; // false: the spec itself is a conclusion from the topology
  readonly network: Prefix | null;
  readonly nodes: readonly NodeView[];
  readonly nodeOfHost: ReadonlyMap<string, NodeView>; // by the host's name
  readonly nodeOfLease: ReadonlyMap<string, NodeView>; // by the lease's node
  readonly leases: readonly Lease[];
  readonly leaseOfSubnet: ReadonlyMap<string, Lease>; // by the subnet as text
  /** Nodes whose lease cannot be right: what flannel would write for them is no advice to give. */
  readonly doubtful: ReadonlySet<string>; // by the lease's node
  readonly unseen: ReadonlySet<string>; // hosts whose route tables nobody showed
  readonly inhabitants: Inhabitants;
}

/** The last spec asked for with each topology: a page asks again and again. */
const known = new WeakMap<Topology, { readonly spec: ClusterSpec | null; readonly cluster: Cluster }>();

export function clusterOf(topology: Topology, spec: ClusterSpec | null): Cluster {
  const before = known.get(topology);
  if (before !== undefined && before.spec === spec) return before.cluster;
  const cluster = lookedUp(topology, spec ?? specOf(topology), spec !== null);
  known.set(topology, { spec, cluster });
  return cluster;
}

function lookedUp(topology: Topology, spec: ClusterSpec, told: boolean): Cluster {
  const inhabitants = inhabitantsOf(topology);
  const network = spec.network ?? topology.network;
  const specs = specsByHost(topology, spec);
  const shared = cardsShared(topology);
  const unseen = hostsWithoutTable(topology);
  const leases = spec.nodes.flatMap((node) => leaseOf(node, network) ?? []);
  const leaseOfSubnet = new Map(leases.map((lease) => [formatPrefix(lease.subnet), lease]));
  const nodes = topology.hosts.flatMap((host): readonly NodeView[] => {
    const own = specs.get(host.name);
    if (own === undefined) return [];
    return [
      {
        host,
        spec: own,
        lease: leaseOf(own, network),
        card: externalCard(host, own.publicIp, shared),
        bridge: bridgeOf(host, own.podCidr),
        pods: inhabitants.podsOf.get(host.name) ?? [],
        routesKnown: !unseen.has(host.name),
      },
    ];
  });
  const nodeOfHost = new Map(nodes.map((node) => [node.host.name, node]));
  const nodeOfLease = new Map(nodes.map((node) => [node.spec.name, node]));
  const doubtful = doubtfulIn(leases, nodeOfLease);
  return {
    topology,
    spec,
    told,
    network,
    nodes,
    nodeOfHost,
    nodeOfLease,
    leases,
    leaseOfSubnet,
    doubtful,
    unseen,
    inhabitants,
  };
}

/** Kubernetes' own name, or its first label, or an address: transcripts rarely call a node as the API does. */
function specsByHost(topology: Topology, { nodes }: ClusterSpec): ReadonlyMap<string, NodeSpec> {
  const byName = new Map<string, Host>();
  const byAddress = new Map<Ipv4, Host>();
  for (const host of topology.hosts) {
    if (host.role === 'pod') continue;
    for (const name of [host.name, host.label]) if (name !== null) byName.set(name, host);
    for (const { link, addresses } of host.devices)
      if (link.kind === 'nic') for (const { ip } of addresses) byAddress.set(ip, host);
  }
  const out = new Map<string, NodeSpec>();
  for (const node of nodes) {
    const host =
      byName.get(node.name) ??
      byName.get(node.name.split('.')[0] ?? '') ??
      (node.internalIp === null ? undefined : byAddress.get(node.internalIp)) ??
      (node.publicIp === null ? undefined : byAddress.get(node.publicIp));
    if (host !== undefined && !out.has(host.name)) out.set(host.name, node);
  }
  return out;
}

/** No lease without podCIDR, public IP and the annotation; none outside Network: flanneld does not start there. */
function leaseOf({ name, podCidr, publicIp, managed, backend }: NodeSpec, network: Prefix | null): Lease | null {
  if (podCidr === null || publicIp === null || managed === false) return null;
  if (network !== null && !isInside(podCidr, network)) return null;
  return { node: name, subnet: podCidr, publicIp, backend: backendNamed(backend) };
}

/** A subnet or public IP that two nodes claim, or a public IP that the node does not have. */
function doubtfulIn(leases: readonly Lease[], nodes: ReadonlyMap<string, NodeView>): ReadonlySet<string> {
  const claims = new Map<string, number>();
  const keysOf = ({ subnet, publicIp }: Lease): readonly string[] => [formatPrefix(subnet), String(publicIp)];
  for (const lease of leases) for (const key of keysOf(lease)) claims.set(key, (claims.get(key) ?? 0) + 1);
  const isElsewhere = ({ node, publicIp }: Lease): boolean => {
    const devices = nodes.get(node)?.host.devices ?? [];
    const own = devices.flatMap(({ addresses }) => addresses.map(({ ip }) => ip));
    return own.length > 0 && !own.includes(publicIp);
  };
  const bad = leases.filter((lease) => isElsewhere(lease) || keysOf(lease).some((key) => (claims.get(key) ?? 0) > 1));
  return new Set(bad.map(({ node }) => node));
}

/** The card's address that peers use, else its first one. */
export function cardAddress({ card, spec }: Pick<NodeView, 'card' | 'spec'>): InterfaceAddress | null {
  const own = card?.addresses ?? [];
  return own.find(({ ip }) => ip === spec.publicIp) ?? own[0] ?? null;
}

/** An address of the node's pods to ask for: a pod's, else the bridge's own. */
export function someoneOn({ pods, bridge }: NodeView): { readonly host: Host | null; readonly ip: Ipv4 } | null {
  for (const host of pods) {
    const own = addressOf(host);
    if (own !== null) return { host, ip: own.ip };
  }
  const own = bridge?.addresses[0];
  return own === undefined ? null : { host: null, ip: own.ip };
}
