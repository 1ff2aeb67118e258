/**
 * Facts to a cluster. Order: what each host is known to have, which pod hangs on which node, which cards share a
 * segment, then whole hosts. Any subset of facts gives a cluster; what was missing is named in `assumed` and `unknown`.
 */
import type { Ipv4 } from '../addr/ipv4';
import { formatPrefix, type Prefix, prefixOf } from '../addr/prefix';
import type { Port } from '../net/device';
import type { Assumption, Topology } from '../topology/topology';
import { capturePointsOf } from './capture-points';
import { cardsOf, type Peers, roleOf } from './devices';
import type { Statement } from './facts';
import { draftsOf, type HostDraft, ownersOf } from './host-draft';
import { type Context, hostOf, networkOf } from './hosts';
import { withInferredAddresses } from './inferred';
import { joined, type Pair, pairsOf } from './pairs';
import { segmentsOf } from './segments';

/** What no text says, and nothing could be put in its stead without guessing. */
export type Unknown =
  | { readonly kind: 'other-end'; readonly host: string; readonly dev: string } // a veth whose pod nobody showed
  | { readonly kind: 'next-hop'; readonly host: string; readonly ip: Ipv4; readonly prefix: Prefix } // nobody has it
  | { readonly kind: 'segment'; readonly host: string; readonly dev: string } // a card that nothing places
  | { readonly kind: 'forwarding'; readonly host: string }; // ip_forward not printed; taken as on for a node

export interface Assembled {
  readonly topology: Topology;
  readonly unknown: readonly Unknown[];
}

export function assemble(statements: readonly Statement[], name: string): Assembled {
  const { drafts: apart, assumed } = withInferredAddresses(draftsOf(statements));
  const pairs = pairsOf(apart);
  const drafts = joined(apart, pairs);
  const peers: Peers = new Map(
    pairs.flatMap(({ pod, node }) => [[keyOf(pod), node] as const, [keyOf(node), pod] as const]),
  );
  const cards = drafts.flatMap((draft) => cardsOf(draft, peers));
  const segments = segmentsOf(cards, drafts);
  const segmentOf = new Map(
    segments.flatMap(({ name: own, ports }) => ports.map((port) => [keyOf(port), own] as const)),
  );
  const context = contextOf(drafts, pairs, peers, segmentOf);
  const made = drafts.map((draft) => hostOf(draft, context));
  const hosts = made.map(({ host }) => host);
  const topology = {
    name,
    network: networkOf(hosts),
    hosts,
    segments,
    capturePoints: capturePointsOf(hosts),
    assumed: [...assumed, ...pairs.flatMap(assumedEnd), ...made.flatMap((one) => one.assumed)],
  };
  const forwarding = made.flatMap(({ host, assumedForwarding }) =>
    assumedForwarding ? [{ kind: 'forwarding', host: host.name } as const] : [],
  );
  return { topology, unknown: [...unknownLinks(drafts, peers, segmentOf), ...unknownHops(drafts), ...forwarding] };
}

/** What the making of one host needs to know of all the others. */
function contextOf(
  drafts: readonly HostDraft[],
  pairs: readonly Pair[],
  peers: Peers,
  segmentOf: ReadonlyMap<string, string>,
): Context {
  const routes = drafts.flatMap((draft) => draft.routes ?? []);
  const podSubnets = new Set<string>();
  const byName = new Map(drafts.map((draft) => [draft.name, draft]));
  for (const { node } of pairs) {
    const devices = byName.get(node.host)?.devices ?? [];
    const master = devices.find(({ dev }) => dev === node.dev)?.master;
    for (const { ip, prefixLen } of devices.find(({ dev }) => dev === master)?.addresses ?? []) {
      podSubnets.add(formatPrefix(prefixOf(ip, prefixLen)));
    }
  }
  const nodeOf = new Map(pairs.map(({ pod, node }) => [pod.host, node]));
  const defaultHops = new Set(routes.flatMap(({ dst, via }) => (dst.len === 0 && via !== null ? [via] : [])));
  return { nodeOf, peers, segmentOf, drafts: byName, defaultHops, podSubnets };
}

const keyOf = ({ host, dev }: Port): string => `${host} ${dev}`;

const assumedEnd = ({ node, shown }: Pair): readonly Assumption[] =>
  shown ? [] : [{ host: node.host, dev: node.dev, field: 'veth' }];

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
function unknownHops(drafts: readonly HostDraft[]): readonly Unknown[] {
  const owners = ownersOf(drafts);
  return drafts.flatMap((draft) => {
    const missing = new Map<Ipv4, Unknown>();
    for (const { via, dst } of draft.routes ?? []) {
      if (via === null || owners.has(via) || missing.has(via)) continue;
      missing.set(via, { kind: 'next-hop', host: draft.name, ip: via, prefix: dst });
    }
    return [...missing.values()];
  });
}
