/**
 * Machines that nobody shows but that routes name: the owner of a pod network that no node shown has, and the router of
 * a default route. Where nodes stand on several segments and nothing joins these, a router does.
 * A next hop for a network that a known node has is no such machine: that route is wrong, and stays unknown.
 */
import { formatIpv4, type Ipv4, ipv4FromNumber } from '../addr/ipv4';
import { broadcastOf, contains, formatPrefix, type Prefix, prefixOf } from '../addr/prefix';
import type { InterfaceAddress } from '../net/device';
import type { Assumption, Segment } from '../topology/topology';
import { blankDevice, blankDraft, type HostDraft } from './host-draft';
import { hasBridge, isBridge } from './pairs';
import type { Reach } from './reach';
import type { Card } from './segments';

export interface Stubs {
  readonly drafts: readonly HostDraft[];
  readonly assumed: readonly Assumption[];
}

/** `silent`: hosts at whose prompts something was typed, and of which nothing else is known. */
export function stubsFor(
  drafts: readonly HostDraft[],
  reach: ReadonlyMap<string, Reach>,
  silent: readonly string[],
  cards: readonly Card[],
  segments: readonly Segment[],
  owners: Owners,
): Stubs {
  const nodes = new Map(
    drafts.filter((one) => one.told.role === 'node' || hasBridge(one)).map((one) => [one.name, one]),
  );
  const dead = deadIn(drafts);
  const lans = lansOf(cards.filter(({ host }) => nodes.has(host)));
  const missing = missingOwners([...nodes.values()], owners, dead, reach);
  const taken = new Set(drafts.map(({ name }) => name));
  const made: HostDraft[] = [];
  const assumed: Assumption[] = [];
  const place = (
    wanted: string,
    role: 'node' | 'router',
    dev: string,
    addresses: readonly InterfaceAddress[],
    podCidr: Prefix | null,
  ) => {
    const name = taken.has(wanted) ? `${wanted}-${formatIpv4(addresses[0]?.ip ?? ipv4FromNumber(0))}` : wanted;
    taken.add(name);
    const devices = addresses.map((address, at) => blankDevice(at === 0 ? dev : `eth${at}`, { addresses: [address] }));
    made.push({ ...blankDraft(name, { role, podCidr }), devices });
    assumed.push({ host: name, dev: null, field: 'host' });
    for (const one of devices) assumed.push({ host: name, dev: one.dev, field: 'name' });
  };
  const absent = missing.flatMap(({ ip, prefix }) => {
    const lan = lans.find(({ network }) => contains(network, ip));
    return lan === undefined ? [] : [{ ip, prefix, lan }];
  });
  const [onlyName, ...moreNames] = silent.filter((name) => !taken.has(name));
  for (const { ip, prefix, lan } of absent) {
    // The one prompt without a host, and the one host without a prompt: one machine, as far as anybody can tell.
    const isSilent = onlyName !== undefined && moreNames.length === 0 && absent.length === 1;
    place(
      isSilent ? onlyName : `node-${formatIpv4(ip)}`,
      'node',
      lan.dev,
      [{ ip, prefixLen: lan.network.len }],
      prefix,
    );
  }
  const hops = defaultHops([...nodes.values()], owners, dead).filter((ip) => absent.every((one) => one.ip !== ip));
  const bridged = routerAddresses(lans, hops, nodes, segments, owners);
  if (bridged !== null) {
    place('gateway', 'router', 'eth0', bridged.addresses, null);
    for (const dev of bridged.madeUp) assumed.push({ host: 'gateway', dev, field: 'address' });
  } else {
    for (const ip of hops) {
      const lan = lans.find(({ network }) => contains(network, ip));
      if (lan !== undefined) place('gateway', 'router', 'eth0', [{ ip, prefixLen: lan.network.len }], null);
    }
  }
  return { drafts: made, assumed };
}

/** Addresses that somebody has. */
export type Owners = ReadonlySet<Ipv4>;

interface Lan {
  readonly network: Prefix;
  readonly dev: string; // as the first node there calls its card
}

function lansOf(cards: readonly Card[]): readonly Lan[] {
  const lans = new Map<string, Lan>();
  for (const { addresses, dev } of cards) {
    for (const { ip, prefixLen } of addresses) {
      if (prefixLen > 30) continue;
      const network = prefixOf(ip, prefixLen);
      if (!lans.has(formatPrefix(network))) lans.set(formatPrefix(network), { network, dev });
    }
  }
  return [...lans.values()];
}

/** Next hops that nobody owns, for networks that nobody has, and that did not fail to answer. */
function missingOwners(
  nodes: readonly HostDraft[],
  owners: Owners,
  dead: ReadonlySet<Ipv4>,
  reach: ReadonlyMap<string, Reach>,
) {
  const networks = new Set<string>();
  for (const node of nodes) {
    if (node.told.podCidr !== null) networks.add(formatPrefix(node.told.podCidr));
    for (const one of node.devices) {
      if (!isBridge(one, node)) continue;
      for (const { ip, prefixLen } of one.addresses) networks.add(formatPrefix(prefixOf(ip, prefixLen)));
    }
  }
  const found = new Map<Ipv4, Prefix>();
  for (const [key, { prefix, owner: ip }] of reach) {
    if (ip === null || networks.has(key)) continue;
    if (!owners.has(ip) && !dead.has(ip) && !found.has(ip) && prefix.len >= 8 && prefix.len < 32) found.set(ip, prefix);
  }
  return [...found].map(([ip, prefix]) => ({ ip, prefix }));
}

/** Addresses whose ARP went unanswered. */
function deadIn(drafts: readonly HostDraft[]): ReadonlySet<Ipv4> {
  const dead = new Set<Ipv4>();
  for (const { neighbours } of drafts) {
    for (const { ip, state } of neighbours) if (state === 'FAILED' || state === 'INCOMPLETE') dead.add(ip);
  }
  return dead;
}

function defaultHops(nodes: readonly HostDraft[], owners: Owners, dead: ReadonlySet<Ipv4>): readonly Ipv4[] {
  const hops = nodes.flatMap(({ routes }) =>
    (routes ?? []).flatMap(({ dst, via }) =>
      dst.len === 0 && via !== null && !owners.has(via) && !dead.has(via) ? [via] : [],
    ),
  );
  return [...new Set(hops)];
}

/** Null where one segment holds all nodes, or where a host stands on all of theirs. */
function routerAddresses(
  lans: readonly Lan[],
  hops: readonly Ipv4[],
  nodes: ReadonlyMap<string, HostDraft>,
  segments: readonly Segment[],
  owners: Owners,
): { readonly addresses: readonly InterfaceAddress[]; readonly madeUp: readonly string[] } | null {
  const theirs = segments.filter(({ ports }) => ports.some(({ host }) => nodes.has(host)));
  if (theirs.length < 2) return null;
  const hosts = theirs.map(({ ports }) => new Set(ports.map(({ host }) => host)));
  if (hosts.some((own, at) => hosts.some((other, n) => n !== at && [...own].some((host) => other.has(host)))))
    return null;
  const madeUp: string[] = [];
  const addresses = lans.map(({ network }, at) => {
    const hop = hops.find((ip) => contains(network, ip));
    if (hop !== undefined) return { ip: hop, prefixLen: network.len };
    let next = network.base + 1;
    while (owners.has(ipv4FromNumber(next)) && next < broadcastOf(network) - 1) next += 1;
    madeUp.push(`eth${at}`);
    return { ip: ipv4FromNumber(next), prefixLen: network.len };
  });
  return { addresses, madeUp };
}
