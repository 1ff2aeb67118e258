/** Leases of an imported cluster, and the tables of nodes whose routes nobody showed: what flanneld would write. */
import type { Ipv4 } from '../addr/ipv4';
import { contains, type Prefix, prefixOf } from '../addr/prefix';
import type { ClusterSpec } from '../flannel/cluster-spec';
import type { Backend, Lease } from '../flannel/lease';
import type { InterfaceAddress } from '../net/device';
import { type Route, route } from '../net/route';
import type { LeaseTable } from '../topology/on-demand';
import { cardsOf, type Peers } from './devices';
import type { HostDraft } from './host-draft';

interface Publisher {
  readonly lease: Lease;
  readonly ext: { readonly dev: string; readonly address: InterfaceAddress };
}

export interface LeasePlan {
  readonly leases: readonly Lease[];
  readonly byNode: ReadonlyMap<string, Publisher>;
  readonly gateways: readonly Ipv4[]; // of the nodes' own networks
}

const BACKENDS: ReadonlySet<string> = new Set<Backend>(['host-gw', 'vxlan', 'ipip']);

export function leasePlan(drafts: readonly HostDraft[], told: ClusterSpec, peers: Peers): LeasePlan {
  const byNode = new Map<string, Publisher>();
  const specs = new Map(told.nodes.map((node) => [node.name, node]));
  const gateways = new Set<Ipv4>();
  for (const draft of drafts) {
    for (const { dst, via } of draft.routes ?? []) if (dst.len === 0 && via !== null) gateways.add(via);
    if (draft.told.role === 'router') {
      for (const { addresses } of draft.devices) for (const { ip } of addresses) gateways.add(ip);
    }
    const spec = specs.get(draft.name);
    const subnet = podNetOf(draft);
    const publisher = subnet === null ? null : publisherOf(draft, subnet, spec?.backend ?? told.backend, peers);
    if (publisher !== null) byNode.set(draft.name, publisher);
  }
  const leases = [...byNode.values()].flatMap(({ lease }) => (specs.get(lease.node)?.managed === false ? [] : [lease]));
  return { leases, byNode, gateways: [...gateways] };
}

function podNetOf(draft: HostDraft): Prefix | null {
  if (draft.told.podCidr !== null) return draft.told.podCidr;
  const [own] = draft.devices.find(({ dev }) => dev === 'cni0')?.addresses ?? [];
  return own === undefined ? null : prefixOf(own.ip, own.prefixLen);
}

function publisherOf(draft: HostDraft, subnet: Prefix, backend: string | null, peers: Peers): Publisher | null {
  const byDefault = draft.routes?.find(({ dst }) => dst.len === 0)?.dev;
  const cards = cardsOf(draft, peers).filter(({ addresses }) => addresses.length > 0);
  const card = cards.find(({ dev }) => dev === byDefault) ?? cards[0];
  const address = card?.addresses[0];
  if (card === undefined || address === undefined) return null;
  const kind = backend === null ? 'host-gw' : BACKENDS.has(backend) ? (backend as Backend) : 'other';
  return {
    lease: { node: draft.name, subnet, publicIp: address.ip, backend: kind },
    ext: { dev: card.dev, address },
  };
}

/** What a node's table follows from, given its connected networks; null for a node that publishes no lease. */
export function leaseTable(
  { leases, byNode, gateways }: LeasePlan,
  name: string,
  networks: readonly Route[],
): LeaseTable | null {
  const publisher = byNode.get(name);
  if (publisher === undefined) return null;
  const { lease, ext } = publisher;
  const network = prefixOf(ext.address.ip, ext.address.prefixLen);
  const via = gateways.find((ip) => contains(network, ip) && ip !== ext.address.ip);
  const byGateway = via === undefined ? [] : [route(prefixOf(via, 0), { via, dev: ext.dev })];
  return { own: lease, leases, ext, others: [...byGateway, ...networks] };
}
