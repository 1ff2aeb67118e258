/**
 * Facts to a cluster. Order: what each host is known to have, which pod hangs on which node, which cards share a
 * segment, then whole hosts. Any subset of facts gives a cluster; what was missing is named in `assumed` and `unknown`.
 */
import type { Ipv4 } from '../addr/ipv4';
import { formatPrefix, type Prefix, prefixOf } from '../addr/prefix';
import type { ClusterSpec } from '../flannel/cluster-spec';
import type { Port } from '../net/device';
import type { Assumption, Topology } from '../topology/topology';
import { capturePointsOf } from './capture-points';
import { cardsOf, type Peers, roleOf } from './devices';
import type { Statement } from './facts';
import { draftsOf, type HostDraft } from './host-draft';
import { type Context, hostOf, networkOf } from './hosts';
import { withInferredAddresses } from './inferred';
import { leasePlan } from './leases';
import type { ListedPods } from './listed-pods';
import { joined, type Pair, pairsOf } from './pairs';
import { reachOf } from './reach';
import { segmentsOf } from './segments';
import { type Owners, stubsFor } from './stubs';
import { withTold } from './told';

/** What no text says, and nothing could be put in its stead without guessing. */
export type Unknown =
  | { readonly kind: 'other-end'; readonly host: string; readonly dev: string } // a veth whose pod nobody showed
  | { readonly kind: 'next-hop'; readonly host: string; readonly ip: Ipv4; readonly prefix: Prefix } // nobody has it
  | { readonly kind: 'segment'; readonly host: string; readonly dev: string } // a card that nothing places
  | { readonly kind: 'forwarding'; readonly host: string } // ip_forward not printed; taken as on for a node
  | { readonly kind: 'prefix-length'; readonly host: string; readonly dev: string } // taken so that all nodes share a network
  | { readonly kind: 'network' }; // flannel's Network: pods are taken to have no route of their own to it

export interface Assembled {
  readonly topology: Topology;
  readonly unknown: readonly Unknown[];
}

export interface Known {
  readonly told: ClusterSpec;
  readonly labelOf: (name: string) => string | null;
  /** Hosts at whose prompts something was typed. */
  readonly prompts: readonly string[];
}

export function assemble(statements: readonly Statement[], { told, labelOf, prompts }: Known, name: string): Assembled {
  const described = draftsOf(statements);
  const reach = reachOf(described, statements);
  const inferred = withInferredAddresses(described, reach);
  const completed = withTold(inferred.drafts, told, reach, labelOf);
  const { listed } = completed;
  const pairs = pairsOf(completed.drafts);
  const shown = joined(completed.drafts, pairs);
  const peers: Peers = new Map(
    pairs.flatMap(({ pod, node }) => [[keyOf(pod), node] as const, [keyOf(node), pod] as const]),
  );
  const shownCards = shown.flatMap((draft) => cardsOf(draft, peers));
  const owners = ownersIn(shown, listed);
  const stubs = stubsFor(shown, reach, prompts, shownCards, segmentsOf(shownCards, shown), owners);
  const drafts = [...shown, ...stubs.drafts];
  const segments = segmentsOf([...shownCards, ...stubs.drafts.flatMap((draft) => cardsOf(draft, peers))], drafts);
  const segmentOf = new Map(
    segments.flatMap(({ name: own, ports }) => ports.map((port) => [keyOf(port), own] as const)),
  );
  const network = told.network ?? networkOf(drafts, peers);
  const leases = leasePlan(drafts, told, peers);
  const pods = listed.finished(network);
  const context: Context = {
    ...contextOf(drafts, pairs, listed),
    peers,
    segmentOf,
    leases,
    network,
    labelOf,
    podsOf: pods.byNode,
  };
  const made = drafts.map((draft) => hostOf(draft, context));
  const hosts = [
    ...made.slice(0, shown.length).map(({ host }) => host),
    ...pods.hosts,
    ...made.slice(shown.length).map(({ host }) => host),
  ];
  const assumed: Assumption[] = [];
  for (const part of [inferred.assumed, completed.assumed, stubs.assumed]) for (const one of part) assumed.push(one);
  for (const { node, shown: isShown } of pairs)
    if (!isShown) assumed.push({ host: node.host, dev: node.dev, field: 'veth' });
  for (const { assumed: own } of made) for (const one of own) assumed.push(one);
  const topology: Topology = {
    name,
    network,
    hosts,
    segments,
    capturePoints: capturePointsOf(hosts),
    assumed,
    ...(pods.byNode.size === 0 ? {} : { listed: pods.byNode }),
  };
  const forwarding = made.flatMap(({ host, assumedForwarding }) =>
    assumedForwarding ? [{ kind: 'forwarding', host: host.name } as const] : [],
  );
  const guessed = completed.guessedPrefix.map((at) => ({ kind: 'prefix-length', ...at }) as const);
  const noNetwork = network === null && pairs.length + pods.hosts.length > 0 ? [{ kind: 'network' } as const] : [];
  const unknown = [
    ...unknownLinks(shown, peers, segmentOf),
    ...unknownHops(shown, owners),
    ...guessed,
    ...noNetwork,
    ...forwarding,
  ];
  return { topology, unknown };
}

/** What the making of one host needs to know of all the others. */
function contextOf(
  drafts: readonly HostDraft[],
  pairs: readonly Pair[],
  listed: ListedPods,
): Pick<Context, 'nodeOf' | 'drafts' | 'defaultHops' | 'podSubnets'> {
  const podSubnets = new Set<string>();
  const byName = new Map(drafts.map((draft) => [draft.name, draft]));
  const ports = new Map<string, Set<string>>();
  for (const { node } of pairs) {
    const own = ports.get(node.host);
    if (own === undefined) ports.set(node.host, new Set([node.dev]));
    else own.add(node.dev);
  }
  for (const [host, own] of ports) {
    const devices = byName.get(host)?.devices ?? [];
    const masters = new Set(devices.flatMap(({ dev, master }) => (own.has(dev) ? (master ?? []) : [])));
    for (const { dev, addresses } of devices) {
      if (!masters.has(dev)) continue;
      for (const { ip, prefixLen } of addresses) podSubnets.add(formatPrefix(prefixOf(ip, prefixLen)));
    }
  }
  for (const { node, bridge } of listed.bridges) {
    const { addresses } = byName.get(node)?.devices.find(({ dev }) => dev === bridge) ?? { addresses: [] };
    for (const { ip, prefixLen } of addresses) podSubnets.add(formatPrefix(prefixOf(ip, prefixLen)));
  }
  const nodeOf = new Map(pairs.map(({ pod, node }) => [pod.host, node]));
  const defaultHops = new Set<Ipv4>();
  for (const draft of drafts) {
    for (const { dst, via } of draft.routes ?? []) if (dst.len === 0 && via !== null) defaultHops.add(via);
  }
  return { nodeOf, drafts: byName, defaultHops, podSubnets };
}

const keyOf = ({ host, dev }: Port): string => `${host} ${dev}`;

/** The addresses that somebody has. Only next hops are looked up among them: without routes nobody asks. */
function ownersIn(drafts: readonly HostDraft[], listed: ListedPods): Owners {
  const owners = new Set<Ipv4>();
  for (const { devices } of drafts) for (const { addresses } of devices) for (const { ip } of addresses) owners.add(ip);
  for (const ip of listed.addresses()) owners.add(ip);
  return owners;
}

function unknownLinks(
  drafts: readonly HostDraft[],
  peers: Peers,
  segmentOf: ReadonlyMap<string, string>,
): readonly Unknown[] {
  return drafts.flatMap((draft) =>
    draft.devices.flatMap((one): readonly Unknown[] => {
      const at = { host: draft.name, dev: one.dev };
      const role = roleOf(draft, one, peers);
      if (role === 'loose') return [{ kind: 'other-end', ...at }];
      return role === 'card' && !segmentOf.has(keyOf(at)) ? [{ kind: 'segment', ...at }] : [];
    }),
  );
}

/** One for each address and host, with the first prefix routed there. */
function unknownHops(drafts: readonly HostDraft[], owners: Owners): readonly Unknown[] {
  return drafts.flatMap((draft) => {
    const missing = new Map<Ipv4, Unknown>();
    for (const { via, dst } of draft.routes ?? []) {
      if (via === null || owners.has(via) || missing.has(via)) continue;
      missing.set(via, { kind: 'next-hop', host: draft.name, ip: via, prefix: dst });
    }
    return [...missing.values()];
  });
}
