/**
 * Where files may have been taken. Of pods that only a list tells of, and of their cables, there are a great many in a
 * large cluster: those count whose node the files, or what the user says of them, have to do with.
 */
import type { Ipv4 } from '../addr/ipv4';
import type { Device } from '../net/device';
import { toldHosts } from '../topology/host-index';
import { ownDevicesOf } from '../topology/on-demand';
import { podsOn } from '../topology/places';
import { type Host, hostNamed, ownerOf, type Topology } from '../topology/topology';
import { type Placed, placedOn } from './layer2';
import { framesOf } from './pairing';
import type { SessionCapture } from './session';

export const placesFor = (topology: Topology, captures: readonly SessionCapture[]): readonly Placed[] =>
  devicesFor(topology, captures).flatMap(([host, devices]) => placedOn(host, devices));

/** In the cluster's own order, the pods of lists last. */
export function devicesFor(
  topology: Topology,
  captures: readonly SessionCapture[],
): readonly (readonly [Host, readonly Device[]])[] {
  const told = toldHosts(topology.hosts);
  if (told.length === topology.hosts.length) return told.map((host) => [host, host.devices]);
  const nodes = nodesMeant(topology, captures);
  const hosts = new Set([...told, ...[...nodes].flatMap((node) => podsOn(topology, node))]);
  return [...hosts].map((host) => [host, nodes.has(host.name) ? host.devices : ownDevicesOf(host)]);
}

/** The nodes of hosts whose addresses are in the files, that are looked at, or that a file or the user names. */
function nodesMeant(topology: Topology, captures: readonly SessionCapture[]): ReadonlySet<string> {
  const names = [
    ...topology.capturePoints.map(({ host }) => host),
    ...captures.flatMap(({ name, role }) => [...wordsOf(name), ...hostsIn(role ?? '')]),
    ...[...addressesIn(captures)].flatMap((ip) => ownerOf(topology, ip)?.host ?? []),
  ];
  return new Set(names.flatMap((name) => hostNamed(topology, name) ?? []).map(({ node, name }) => node ?? name));
}

const wordsOf = (fileName: string): readonly string[] => fileName.toLowerCase().split(/[^a-z0-9-]+/);

/** 'web-1-eth0' may be of web, or of web-1: a place that is not listed is called by its host and device. */
export const hostsIn = (point: string): readonly string[] =>
  [...point.matchAll(/-|$/g)].map(({ index }) => point.slice(0, index));

function addressesIn(captures: readonly SessionCapture[]): ReadonlySet<Ipv4> {
  const ips = new Set<Ipv4>();
  for (const { capture } of captures)
    for (const frame of framesOf(capture)) {
      if (frame?.inner != null) ips.add(frame.inner.ip.src).add(frame.inner.ip.dst);
      if (frame?.arp != null) ips.add(frame.arp.senderIp).add(frame.arp.targetIp);
    }
  return ips;
}
