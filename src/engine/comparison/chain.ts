/**
 * The chain of links that a packet's captures show, without any knowledge of the cluster: each link by the MACs at its
 * two ends, in the order in which the TTL falls, with the addresses that ARP gives to those MACs.
 */
import type { Ipv4 } from '../addr/ipv4';
import { isMulticast, type Mac } from '../addr/mac';
import { contains, prefixOf } from '../addr/prefix';
import type { Dissected } from '../analysis/dissect';
import type { CaptureFile } from '../capture/types';
import { ARP_OPERATION } from '../wire/arp';
import * as icmp from '../wire/icmp';
import { framesOf } from './pairing';

/** Who talks to whom: the pair of addresses that most frames carry, from the one that began. */
export interface Flow {
  readonly src: Ipv4;
  readonly dst: Ipv4;
}

/** One link on the way of the flow: sender's and receiver's MAC in the flow's own direction. */
export interface Link {
  readonly from: Mac;
  readonly to: Mac;
}

export interface Chain {
  readonly flow: Flow;
  /** Index = routers passed so far; holes where no file was taken. Its length is routers + 1. */
  readonly links: readonly (Link | null)[];
  /** Addresses that ARP gives to a MAC, in order of appearance. */
  readonly addresses: ReadonlyMap<Mac, readonly Ipv4[]>;
  /** What a MAC asks for by ARP: its next hops among them. */
  readonly asks: ReadonlyMap<Mac, readonly Ipv4[]>;
  /** Every MAC that any frame shows. */
  readonly macs: ReadonlySet<Mac>;
}

/** Linux starts at 64, others at 128 and 255: the TTL a packet began with is the next of these. */
const INITIAL_TTLS = [64, 128, 255];
/** A packet further from these than this began with a TTL somebody chose (ping -t): then the highest seen is the first. */
const ROUTERS_LIKELY_MAX = 4;
/** pod, node, node, pod: what a ping over host-gw crosses unless the captures say otherwise. */
const ROUTERS_DEFAULT = 2;

export function chainOf(captures: readonly CaptureFile[]): Chain | null {
  const frames = captures.flatMap((capture) => framesOf(capture).filter((frame) => frame !== null));
  const flow = flowOf(frames);
  if (flow === null) return null;
  const { addresses, asks } = arpOf(frames);
  const there = linksBy(frames, flow.src, flow.dst);
  const back = linksBy(frames, flow.dst, flow.src);
  const owns = (mac: Mac | undefined, ip: Ipv4): boolean =>
    mac !== undefined && (addresses.get(mac) ?? []).includes(ip);
  const end = there.findIndex((link) => owns(link?.to, flow.dst));
  const seen = Math.max(there.length, back.length) - 1;
  const isDirect = contains(prefixOf(flow.src, 24), flow.dst) && seen <= 0;
  const routers = end >= 0 ? end : isDirect ? 0 : Math.max(seen, ROUTERS_DEFAULT);
  const links = Array.from({ length: routers + 1 }, (_, i): Link | null => {
    const reply = back[routers - i];
    return there[i] ?? (reply == null ? null : { from: reply.to, to: reply.from });
  });
  const macs = new Set(frames.flatMap(({ eth, arp }) => [eth.src, eth.dst, ...(arp === null ? [] : [arp.senderMac])]));
  return { flow, links, addresses, asks, macs };
}

/** Echoes first: they are what this program is about. Else any IPv4 pair. */
function flowOf(frames: readonly Dissected[]): Flow | null {
  const counts = new Map<string, { flow: Flow; frames: number }>();
  const note = (src: Ipv4, dst: Ipv4): void => {
    const key = [src, dst].sort((a, b) => a - b).join(' ');
    const known = counts.get(key);
    if (known === undefined) counts.set(key, { flow: { src, dst }, frames: 1 });
    else known.frames += 1;
  };
  for (const { inner } of frames) {
    if (inner?.icmp?.type === icmp.ICMP_TYPE.echoRequest) note(inner.ip.src, inner.ip.dst);
  }
  if (counts.size === 0) {
    for (const { inner, eth } of frames) {
      if (inner !== null && !isMulticast(eth.dst) && (inner.udp !== null || inner.tcp !== null))
        note(inner.ip.src, inner.ip.dst);
    }
  }
  const most = [...counts.values()].reduce(
    (best, one) => (best === null || one.frames > best.frames ? one : best),
    null as { flow: Flow; frames: number } | null,
  );
  return most?.flow ?? null;
}

/** Links of one direction by how far the TTL has fallen; the first link seen at each TTL. */
function linksBy(frames: readonly Dissected[], src: Ipv4, dst: Ipv4): readonly (Link | undefined)[] {
  const sights = frames.flatMap(({ eth, inner }): readonly Sight[] => {
    if (inner === null || inner.ip.src !== src || inner.ip.dst !== dst || isMulticast(eth.dst)) return [];
    return [{ link: { from: eth.src, to: eth.dst }, id: inner.ip.id, ttl: inner.ip.ttl }];
  });
  const byTtl = new Map<number, Link>();
  for (const { link, ttl } of telling(sights)) if (!byTtl.has(ttl)) byTtl.set(ttl, link);
  const highest = Math.max(...byTtl.keys());
  const standard = INITIAL_TTLS.find((ttl) => ttl >= highest) ?? highest;
  const first = standard - highest <= ROUTERS_LIKELY_MAX ? standard : highest;
  const links: (Link | undefined)[] = [];
  for (const [ttl, link] of byTtl) links[first - ttl] = link;
  return links;
}

/** A packet on a link. */
interface Sight {
  readonly link: Link;
  readonly id: number; // of the IP header
  readonly ttl: number;
}

/** A traceroute's packets begin with different TTLs, so that each link shows several: then the packet seen most tells. */
function telling(sights: readonly Sight[]): readonly Sight[] {
  const highest = new Map<string, Map<number, number>>(); // by link and packet
  const times = new Map<number, number>(); // by packet
  for (const { link, id, ttl } of sights) {
    const key = `${link.from} ${link.to}`;
    const onLink = highest.get(key) ?? new Map<number, number>();
    highest.set(key, onLink.set(id, Math.max(ttl, onLink.get(id) ?? 0)));
    times.set(id, (times.get(id) ?? 0) + 1);
  }
  const isTraceroute = [...highest.values()].some((byPacket) => new Set(byPacket.values()).size > 1);
  if (!isTraceroute) return sights;
  const [first] = [...times].sort(([, a], [, b]) => b - a);
  return sights.filter(({ id }) => id === first?.[0]);
}

function arpOf(frames: readonly Dissected[]): Pick<Chain, 'addresses' | 'asks'> {
  const addresses = new Map<Mac, Ipv4[]>();
  const asks = new Map<Mac, Ipv4[]>();
  const add = (lists: Map<Mac, Ipv4[]>, mac: Mac, ip: Ipv4): void => {
    const list = lists.get(mac) ?? [];
    if (!list.includes(ip)) lists.set(mac, [...list, ip]);
  };
  for (const { arp } of frames) {
    if (arp === null || arp.senderIp === 0) continue; // 0.0.0.0: an address probe, RFC 5227 section 2.1.1
    add(addresses, arp.senderMac, arp.senderIp);
    if (arp.operation === ARP_OPERATION.request) add(asks, arp.senderMac, arp.targetIp);
  }
  return { addresses, asks };
}
