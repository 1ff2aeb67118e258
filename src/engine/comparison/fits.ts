/** Do captures belong to a given cluster, and what of it do they correct. */
import { formatIpv4, type Ipv4 } from '../addr/ipv4';
import type { Mac } from '../addr/mac';
import { contains } from '../addr/prefix';
import type { CaptureFile } from '../capture/types';
import type { Device } from '../net/device';
import { isAssumed, withMacsTold } from '../topology/assumed';
import { hasMac } from '../topology/fresh';
import { addressedOf, replaced, toldHosts } from '../topology/host-index';
import { type Host, hostNamed, ownerOf, type Topology } from '../topology/topology';
import { castOf, type End } from './cast';
import type { Chain } from './chain';
import { factsOf } from './role-facts';
import type { Inference } from './session';

/** An address or two may be foreign: a pod that does not exist, a host outside. More are another cluster's. */
const FOREIGN_MAX = 1;

/**
 * True if the flow begins or ends at a host of the topology and the MACs on its way own that topology's addresses.
 * Captures without a flow fit: they show nothing to the contrary.
 */
export function fits(topology: Topology, chain: Chain | null): boolean {
  if (chain === null) return true;
  const { flow, links, addresses } = chain;
  const ends = [flow.src, flow.dst];
  if (ends.every((ip) => ownerOf(topology, ip) === null)) return false;
  const macs = new Set(links.flatMap((link) => (link === null ? [] : [link.from, link.to])));
  const claimed = [...macs].flatMap((mac) => addresses.get(mac) ?? []);
  const foreign = new Set(
    [...ends, ...claimed].filter((ip) => ownerOf(topology, ip) === null && !isOfSomePod(topology, ip)),
  );
  return foreign.size <= FOREIGN_MAX;
}

/** In a subnet that one of the topology's nodes leases: a pod it does not list, or one that does not exist. */
const isOfSomePod = (topology: Topology, ip: Ipv4): boolean =>
  toldHosts(topology.hosts).some(({ podCidr }) => podCidr !== null && contains(podCidr, ip));

export interface Corrected {
  readonly topology: Topology;
  readonly inferred: readonly Inference[] | null; // null: only assumed values were replaced
}

/**
 * The same cluster with the MACs that the captures show, where the topology's own are on no frame at all: a cluster built
 * anew after the same plan has the same addresses and other MACs. A MAC that belongs to another device of the topology is
 * never taken over: then something is wrong with the cluster, and that is for the comparison to show.
 */
export function withSeenMacs(topology: Topology, chain: Chain | null): Corrected {
  if (chain === null) return { topology, inferred: null };
  const seenAt = new Set([...chain.addresses.values()].flat());
  for (const end of endsOf(chain)) if (end?.ip != null) seenAt.add(end.ip);
  const inferred: Inference[] = [];
  const told = new Set<string>();
  const corrected = new Map<Host, Host>();
  const listed = [...seenAt].flatMap((ip) => hostNamed(topology, ownerOf(topology, ip)?.host ?? '') ?? []);
  for (const host of new Set([...toldHosts(topology.hosts), ...listed])) {
    if (!addressedOf(host).some(({ addresses }) => addresses.some(({ ip }) => seenAt.has(ip)))) continue;
    const devices = host.devices.map((device): Device => {
      const seen = seenMac(device, chain);
      if (seen === null || seen === device.mac || chain.macs.has(device.mac) || hasMac(topology, seen)) return device;
      const ip = device.addresses[0]?.ip;
      if (ip !== undefined && !isAssumed(topology, host.name, device.name, 'mac')) {
        inferred.push({ kind: 'host', host: host.name, ip: formatIpv4(ip), mac: seen, from: 'arp' });
      }
      told.add(`${host.name} ${device.name}`);
      return { ...device, mac: seen };
    });
    if (devices.some((device, i) => device !== host.devices[i])) corrected.set(host, { ...host, devices });
  }
  if (told.size === 0) return { topology, inferred: null };
  return {
    topology: { ...topology, hosts: replaced(topology.hosts, corrected), ...withMacsTold(topology, told) },
    inferred: inferred.length === 0 ? null : inferred,
  };
}

/** The one MAC that ARP, or else the place on the flow's way, gives to a device's address; null if none or several. */
function seenMac(device: Device, chain: Chain): Mac | null {
  const ips = new Set(device.addresses.map(({ ip }) => ip));
  if (ips.size === 0 || device.link.kind === 'loopback') return null;
  const claimants = [...chain.addresses].filter(([, claimed]) => claimed.some((ip) => ips.has(ip))).map(([mac]) => mac);
  if (claimants.length > 0) return claimants.length === 1 ? (claimants[0] ?? null) : null;
  return endsOf(chain).find((end) => end?.ip != null && ips.has(end.ip))?.mac ?? null;
}

function endsOf(chain: Chain): readonly (End | null)[] {
  const { pods, nodes } = castOf(chain);
  return [...pods, ...nodes.flatMap(({ nic, bridge }) => [nic, bridge])];
}

/** Whether a pod hears its own broadcasts again: decides the bridge's hairpin mode where nothing else is known. */
export function echoesIn(captures: readonly CaptureFile[], pod: Mac | null): 'seen' | 'absent' | 'unknown' {
  if (pod === null) return 'unknown';
  const facts = captures.map(factsOf);
  if (facts.some(({ echoes }) => echoes.has(pod))) return 'seen';
  return facts.some(({ broadcasts }) => broadcasts.has(pod)) ? 'absent' : 'unknown';
}
