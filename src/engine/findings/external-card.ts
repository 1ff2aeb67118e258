/** The card flanneld uses on a node, where nobody says so: its own routes and the cards of the others give it away. */
import type { Ipv4 } from '../addr/ipv4';
import { formatPrefix, prefixOf } from '../addr/prefix';
import type { Device } from '../net/device';
import type { Route } from '../net/route';
import { cardOf } from '../topology/places';
import type { Host, Topology } from '../topology/topology';

/** How many hosts have a card in each network, by the network as text. */
export type Shared = ReadonlyMap<string, number>;

export function cardsShared({ hosts }: Topology): Shared {
  const out = new Map<string, number>();
  for (const host of hosts) {
    if (host.role === 'pod') continue;
    for (const network of networksOf(host.devices)) out.set(network, (out.get(network) ?? 0) + 1);
  }
  return out;
}

const networksOf = (devices: readonly Device[]): readonly string[] =>
  devices.flatMap(({ link, addresses }) =>
    link.kind === 'nic' ? addresses.map(({ ip, prefixLen }) => formatPrefix(prefixOf(ip, prefixLen))) : [],
  );

/**
 * The card that has the public IP. Otherwise the one most of the node's routes of flannel's kind leave by, then the one
 * in the network that most machines share, then the one of the default route, which is flanneld's own choice.
 */
export function externalCard(host: Host, publicIp: Ipv4 | null, shared: Shared): Device | null {
  const cards = host.devices.filter(({ link, addresses }) => link.kind === 'nic' && addresses.length > 0);
  const named = cards.find(({ addresses }) => addresses.some(({ ip }) => ip === publicIp));
  if (named !== undefined || cards.length <= 1) return named ?? cards[0] ?? null;
  const byDefault = cardOf(host);
  const weight = (card: Device): readonly number[] => [
    host.routes.filter((route) => looksLikeFlannels(route) && route.dev === card.name).length,
    Math.max(...networksOf([card]).map((network) => shared.get(network) ?? 0)),
    card === byDefault ? 1 : 0,
  ];
  return cards.reduce((best, card) => (isMore(weight(card), weight(best)) ? card : best));
}

function isMore(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((value, i) => value !== b[i]);
  return at >= 0 && (a[at] ?? 0) > (b[at] ?? 0);
}

/** By a next hop, written as `boot` with metric 0, and not the default: flannel, or somebody at a terminal. */
export const looksLikeFlannels = ({ type, via, dst, protocol, metric }: Route): boolean =>
  type === 'unicast' && via !== null && dst.len > 0 && protocol === 'boot' && metric === 0;
