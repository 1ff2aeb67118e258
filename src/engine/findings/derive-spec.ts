/**
 * What flannel must have been told, concluded from the cluster itself: a bridge shows its node's podCIDR, and the routes
 * of the others show the podCIDR of a node that has no bridge yet. Used where no Node objects were given.
 */
import type { Ipv4 } from '../addr/ipv4';
import { formatIpv4 } from '../addr/ipv4';
import { formatPrefix, isInside, type Prefix } from '../addr/prefix';
import type { ClusterSpec, NodeSpec } from '../flannel/cluster-spec';
import { hostsWithoutTable } from '../topology/assumed';
import type { Host, Topology } from '../topology/topology';
import { cardsShared, externalCard, looksLikeFlannels } from './external-card';
import { bridgeOf, ownersByIp, subnetOfBridge } from './inhabitants';

/** Every node's table says the same of the others, so a few of them will do. */
const VOTERS_MAX = 50;

export function specOf(topology: Topology): ClusterSpec {
  const nodes = topology.hosts.filter(({ role }) => role === 'node');
  const shared = cardsShared(topology);
  const tunnels = nodes.some((host) => tunnelOf(host) !== null);
  const drafts = nodes.map((host): NodeSpec => {
    const card = externalCard(host, null, shared);
    const publicIp = card?.addresses[0]?.ip ?? null;
    const podCidr = host.podCidr ?? subnetOfBridge(bridgeOf(host, null));
    return {
      name: host.name,
      podCidr,
      publicIp,
      // Beside nodes with tunnels, a node without one has not said what it uses.
      backend: tunnelOf(host) ?? (tunnels ? null : 'host-gw'),
      managed: null,
      internalIp: publicIp,
      ready: null,
    };
  });
  return {
    network: topology.network,
    backend: null,
    nodes: withRoutedSubnets(topology, nodes, drafts),
    pods: [],
  };
}

const tunnelOf = ({ devices }: Host): string | null =>
  devices.find(({ link }) => link.kind === 'vxlan' || link.kind === 'ipip')?.link.kind ?? null;

/** A subnet that nobody shows as its own belongs to whoever is its next hop. */
function withRoutedSubnets(
  topology: Topology,
  hosts: readonly Host[],
  drafts: readonly NodeSpec[],
): readonly NodeSpec[] {
  const owned = new Set(drafts.flatMap(({ podCidr }) => (podCidr === null ? [] : [formatPrefix(podCidr)])));
  const owners = ownersByIp(hosts);
  const found = new Map<string, Prefix>(); // by the node's name
  const strangers: NodeSpec[] = [];
  for (const { subnet, via, isCommon } of routedSubnets(topology, hosts)) {
    if (owned.has(formatPrefix(subnet))) continue;
    const at = owners.get(via)?.[0]?.host;
    if (at !== undefined) {
      if (!found.has(at)) found.set(at, subnet);
    } else if (topology.network !== null && isCommon) strangers.push(stranger(subnet, via));
  }
  return [
    ...drafts.map((draft) => ({ ...draft, podCidr: draft.podCidr ?? found.get(draft.name) ?? null })),
    ...strangers,
  ];
}

/** A node that no text shows: only its peers' routes speak of it. */
const stranger = (podCidr: Prefix, via: Ipv4): NodeSpec => ({
  name: formatIpv4(via),
  podCidr,
  publicIp: via,
  backend: 'host-gw',
  managed: null,
  internalIp: null,
  ready: null,
});

interface Routed {
  readonly subnet: Prefix;
  readonly via: Ipv4;
  readonly isCommon: boolean; // most of the nodes have it: hardly a leftover on one of them
}

/** Subnets with the next hop that more nodes use than any other. Where they are evenly divided, nothing is concluded. */
function routedSubnets(topology: Topology, hosts: readonly Host[]): readonly Routed[] {
  const { network } = topology;
  const unseen = hostsWithoutTable(topology);
  const votes = new Map<string, { readonly subnet: Prefix; readonly counts: Map<Ipv4, number> }>();
  const voters = hosts.filter(({ name }) => !unseen.has(name)).slice(0, VOTERS_MAX);
  for (const { routes } of voters) {
    for (const route of routes) {
      const { dst, via, onlink } = route;
      if (via === null || !(looksLikeFlannels(route) || onlink)) continue;
      if (network !== null && !isInside(dst, network)) continue;
      const key = formatPrefix(dst);
      const vote = votes.get(key) ?? { subnet: dst, counts: new Map<Ipv4, number>() };
      votes.set(key, vote);
      vote.counts.set(via, (vote.counts.get(via) ?? 0) + 1);
    }
  }
  return [...votes.values()].flatMap(({ subnet, counts }) => {
    const [first, second] = [...counts].sort((a, b) => b[1] - a[1]);
    if (first === undefined || first[1] === second?.[1]) return [];
    return [{ subnet, via: first[0], isCommon: first[1] * 2 > voters.length }];
  });
}

/** What flannel was told, if the texts tell enough of it: without one podCIDR the cluster itself says more. */
export const told = (spec: ClusterSpec): ClusterSpec | null =>
  spec.nodes.some(({ podCidr }) => podCidr !== null) ? spec : null;
