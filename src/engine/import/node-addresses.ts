/**
 * Cards of nodes that no listing shows: the address by which others reach the node, on a network that others show. A
 * node of which not even that is known gets an address that is marked as made up.
 */
import { type Ipv4, ipv4, ipv4FromNumber } from '../addr/ipv4';
import { broadcastOf, contains, formatPrefix, type Prefix, prefixOf } from '../addr/prefix';
import type { NodeSpec } from '../flannel/cluster-spec';
import type { InterfaceAddress } from '../net/device';
import type { Assumption } from '../topology/topology';
import type { HostDraft } from './host-draft';
import { isBridge } from './pairs';

export interface PlannedCard {
  readonly dev: string;
  readonly address: InterfaceAddress;
  readonly assumed: readonly Assumption['field'][];
  readonly guessedPrefix: boolean;
}

const USUAL_CARD = 'ens33';
/** RFC 2544 appendix C.2.2: kept for benchmarks, so no cluster's own. */
const MADE_UP = prefixOf(ipv4('198.18.0.0'), 15);
/** Host-gw needs its nodes on one network; networks are seldom wider than this, and one of the usual width is tried first. */
const USUAL_LENGTH = 24;
const WIDEST_LENGTH = 16;

/** For each node whose card has no address in any listing. `reachedBy` is the next hop by which others reach its pods. */
export function addressPlan(
  nodes: readonly NodeSpec[],
  drafts: readonly HostDraft[],
  reachedBy: (node: NodeSpec) => Ipv4 | null,
): ReadonlyMap<string, PlannedCard> {
  const shown = cardsShown(drafts);
  const dev = usualCard(drafts);
  const plan = new Map<string, PlannedCard>();
  const wanted: { node: NodeSpec; ip: Ipv4; fromRoute: boolean }[] = [];
  const nowhere: NodeSpec[] = [];
  for (const node of nodes) {
    if (shown.hosts.has(node.name)) continue;
    const ip = node.publicIp ?? node.internalIp ?? reachedBy(node);
    if (ip === null) nowhere.push(node);
    else wanted.push({ node, ip, fromRoute: node.publicIp === null && node.internalIp === null });
  }
  const common = commonLength(wanted.map(({ ip }) => ip));
  const used = new Set<Ipv4>([...shown.addresses, ...wanted.map(({ ip }) => ip)]);
  for (const { node, ip, fromRoute } of wanted) {
    const known = shown.networks.find((network) => contains(network, ip));
    plan.set(node.name, {
      dev: shown.devOf.get(node.name) ?? dev,
      address: { ip, prefixLen: known?.len ?? common },
      assumed: ['name', ...(fromRoute || known === undefined ? (['address'] as const) : [])],
      guessedPrefix: known === undefined,
    });
  }
  const [first] = wanted;
  const network = shown.networks[0] ?? (first === undefined ? MADE_UP : prefixOf(first.ip, common));
  const free = freeAddresses(network, used);
  for (const node of [...nowhere].sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const ip = free();
    if (ip === null) break; // more nodes than such a network holds
    plan.set(node.name, {
      dev: shown.devOf.get(node.name) ?? dev,
      address: { ip, prefixLen: network.len },
      assumed: ['name', 'address'],
      guessedPrefix: false,
    });
  }
  return plan;
}

interface Shown {
  readonly hosts: ReadonlySet<string>; // with an addressed card
  readonly networks: readonly Prefix[];
  readonly addresses: readonly Ipv4[];
  readonly devOf: ReadonlyMap<string, string>; // the card that a host's own routes name
}

/** Cards of hosts that are nodes by their look: with a bridge, or with routes by a next hop. */
function cardsShown(drafts: readonly HostDraft[]): Shown {
  const hosts = new Set<string>();
  const networks = new Map<string, Prefix>();
  const addresses: Ipv4[] = [];
  const devOf = new Map<string, string>();
  for (const draft of drafts) {
    const isNode = draft.devices.some((one) => isBridge(one, draft));
    const byHop = (draft.routes ?? []).find(({ via, dev, dst }) => via !== null && dev !== null && dst.len > 0);
    if (byHop?.dev != null) devOf.set(draft.name, byHop.dev);
    for (const { via, dev, dst, type } of draft.routes ?? []) {
      if (via !== null || dev === null || dev !== byHop?.dev || type !== 'unicast' || dst.len > 30 || dst.len === 0)
        continue;
      networks.set(formatPrefix(dst), dst);
    }
    for (const one of draft.devices) {
      for (const { ip, prefixLen } of one.addresses) {
        addresses.push(ip);
        if (!isNode || one.type === 'loopback' || one.dev === 'lo' || isBridge(one, draft) || prefixLen > 30) continue;
        hosts.add(draft.name);
        networks.set(formatPrefix(prefixOf(ip, prefixLen)), prefixOf(ip, prefixLen));
      }
    }
  }
  return { hosts, networks: [...networks.values()], addresses, devOf };
}

/** The device that most nodes' routes to other nodes leave by. */
function usualCard(drafts: readonly HostDraft[]): string {
  const counts = new Map<string, number>();
  for (const draft of drafts) {
    if (!draft.devices.some((one) => isBridge(one, draft))) continue;
    for (const { via, dev } of draft.routes ?? []) {
      if (via !== null && dev !== null) counts.set(dev, (counts.get(dev) ?? 0) + 1);
    }
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? USUAL_CARD;
}

/** The longest usual prefix that holds all addresses; if they lie too far apart, each has a network of the usual length. */
function commonLength(addresses: readonly Ipv4[]): number {
  const [first, ...others] = addresses;
  if (first === undefined) return USUAL_LENGTH;
  let len = USUAL_LENGTH;
  for (const ip of others) while (len >= WIDEST_LENGTH && !contains(prefixOf(first, len), ip)) len -= 1;
  return len < WIDEST_LENGTH ? USUAL_LENGTH : len;
}

/** Addresses of a network that nobody has, from its upper end in a real one, where people seldom are. */
function freeAddresses(network: Prefix, used: Set<Ipv4>): () => Ipv4 | null {
  const isMadeUp = network === MADE_UP;
  let next = isMadeUp ? network.base + 1 : broadcastOf(network) - 1;
  return () => {
    while (used.has(ipv4FromNumber(next))) next += isMadeUp ? 1 : -1;
    const ip = ipv4FromNumber(next);
    if (!contains(network, ip) || ip === network.base || ip === broadcastOf(network)) return null;
    used.add(ip);
    return ip;
  };
}
