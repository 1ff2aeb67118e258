/**
 * Which network cards share a layer 2 segment. No tool prints that; two cards are taken to be on one when their
 * prefixes hold each other's addresses, or when one of them has answered the other's ARP.
 */
import { type Ipv4, ipv4FromNumber } from '../addr/ipv4';
import { contains, type Prefix, prefixOf } from '../addr/prefix';
import type { InterfaceAddress, Port } from '../net/device';
import type { Segment } from '../topology/topology';
import { answeredNeighbours, type HostDraft } from './host-draft';

/** A card, with the addresses that tell where it is: its own, or its bridge's where it is a port of one. */
export interface Card extends Port {
  readonly addresses: readonly InterfaceAddress[];
}

/** Each card stands in at most one segment; a card that nothing places stands in none. */
export function segmentsOf(cards: readonly Card[], drafts: readonly HostDraft[]): readonly Segment[] {
  const groups = new Groups(cards.length);
  joinByPrefix(cards, groups);
  joinByAnswers(cards, drafts, groups);
  const placed = cards.map((card, at) => card.addresses.length > 0 || !groups.isAlone(at));
  joinByNextHop(cards, drafts, groups, placed);
  const byGroup = new Map<number, Port[]>();
  cards.forEach(({ host, dev }, at) => {
    if (!placed[at]) return;
    const root = groups.find(at);
    const ports = byGroup.get(root);
    if (ports === undefined) byGroup.set(root, [{ host, dev }]);
    else ports.push({ host, dev });
  });
  const all = [...byGroup.values()];
  return all.map((ports, at) => ({ name: at === 0 ? 'lan' : `lan${at + 1}`, ports, sourceGuard: false }));
}

/** Two cards are on one segment when each other's address lies in the prefix of both. */
function joinByPrefix(cards: readonly Card[], groups: Groups): void {
  const byPrefix = new Map<number, Map<number, number>>(); // length, then base, to the first card there
  const spans = cards.flatMap(({ addresses }, at) => addresses.map(({ ip, prefixLen }) => ({ at, ip, prefixLen })));
  for (const { at, ip, prefixLen } of spans) {
    const bases = byPrefix.get(prefixLen) ?? new Map<number, number>();
    byPrefix.set(prefixLen, bases);
    const { base } = prefixOf(ip, prefixLen);
    const first = bases.get(base);
    if (first === undefined) bases.set(base, at);
    else groups.join(first, at);
  }
  // A wider prefix holds all of a narrower one: what is left to ask is whether the narrower holds the address.
  for (const { at, ip, prefixLen } of spans) {
    for (const [len, bases] of byPrefix) {
      const other = len > prefixLen ? bases.get(prefixOf(ip, len).base) : undefined;
      if (other !== undefined) groups.join(other, at);
    }
  }
}

function joinByAnswers(cards: readonly Card[], drafts: readonly HostDraft[], groups: Groups): void {
  if (drafts.every(({ neighbours }) => neighbours.length === 0)) return;
  const byMac = new Map<string, number[]>();
  const byPort = new Map<string, number>();
  const devices = new Map(
    drafts.flatMap(({ name, devices: all }) => all.map((one) => [`${name} ${one.dev}`, one] as const)),
  );
  cards.forEach(({ host, dev }, at) => {
    byPort.set(`${host} ${dev}`, at);
    const mac = devices.get(`${host} ${dev}`)?.mac;
    if (mac !== undefined) byMac.set(mac, [...(byMac.get(mac) ?? []), at]);
  });
  for (const draft of drafts) {
    for (const { dev, mac } of answeredNeighbours(draft)) {
      const from = byPort.get(`${draft.name} ${dev}`);
      const to = byMac.get(mac);
      if (from !== undefined && to?.length === 1 && to[0] !== undefined) groups.join(from, to[0]);
    }
  }
}

/** A card without an address, as one that is down may be: the next hops routed over it say where it belongs. */
function joinByNextHop(cards: readonly Card[], drafts: readonly HostDraft[], groups: Groups, placed: boolean[]): void {
  const routes = new Map(drafts.map((draft) => [draft.name, draft.routes ?? []]));
  const homes = new Map<Ipv4, number>();
  cards.forEach(({ addresses }, at) => {
    for (const { ip } of addresses) homes.set(ip, at);
  });
  cards.forEach(({ host, dev }, at) => {
    if (placed[at]) return;
    for (const route of routes.get(host) ?? []) {
      if (route.dev !== dev) continue;
      const home = homes.get(route.via ?? ipv4FromNumber(0)) ?? anyInside(cards, route.via === null ? route.dst : null);
      if (home === undefined) continue;
      groups.join(home, at);
      placed[at] = true;
      return;
    }
  });
}

function anyInside(cards: readonly Card[], prefix: Prefix | null): number | undefined {
  if (prefix === null || prefix.len === 0) return undefined;
  const at = cards.findIndex(({ addresses }) => addresses.some(({ ip }) => contains(prefix, ip)));
  return at === -1 ? undefined : at;
}

/** Sets that only ever grow together (union-find). */
class Groups {
  private readonly parent: number[];
  private readonly joined = new Set<number>();

  constructor(size: number) {
    this.parent = Array.from({ length: size }, (_, at) => at);
  }

  find(at: number): number {
    let root = at;
    while ((this.parent[root] ?? root) !== root) root = this.parent[root] ?? root;
    let walk = at;
    while (walk !== root) {
      const next = this.parent[walk] ?? root;
      this.parent[walk] = root;
      walk = next;
    }
    return root;
  }

  join(a: number, b: number): void {
    const [first, second] = [this.find(a), this.find(b)];
    this.parent[Math.max(first, second)] = Math.min(first, second);
    this.joined.add(a).add(b);
  }

  isAlone(at: number): boolean {
    return !this.joined.has(at);
  }
}
