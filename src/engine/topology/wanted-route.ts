/** The route a host should have towards a pod: what flanneld writes on a node, what an operator would on a router. */
import type { Ipv4 } from '../addr/ipv4';
import { contains, prefixOf } from '../addr/prefix';
import { routesFromLeases } from '../flannel/host-gw';
import type { Lease } from '../flannel/lease';
import type { Device } from '../net/device';
import { type Route, route } from '../net/route';
import { cardOf, leasesOf } from './places';
import { deviceNamed, type Host, hostNamed, type Topology } from './topology';

/** The lease whose pod network holds the address. */
export const leaseFor = (topology: Topology, ip: Ipv4): Lease | null =>
  leasesOf(topology).find(({ subnet }) => contains(subnet, ip)) ?? null;

/** Null: the address is in no other node's pod network, or that node cannot be a next hop here. */
export function wantedRoute(topology: Topology, host: Host, dst: Ipv4): Route | null {
  const lease = leaseFor(topology, dst);
  if (lease === null || lease.node === host.name) return null;
  const own = leasesOf(topology).find(({ node }) => node === host.name);
  if (own === undefined) return routerRoute(host, lease);
  const tunnel = host.devices.find(({ link }) => link.kind === 'vxlan' || link.kind === 'ipip');
  if (tunnel !== undefined) return tunnelRoute(topology, host, lease);
  const card = cardOf(host);
  if (card === null) return null;
  const [outcome] = routesFromLeases(own, [lease], { dev: card.name, addresses: card.addresses });
  return outcome?.route ?? null;
}

/** A router reaches a pod network by its node, where that is on one of its links. */
function routerRoute(host: Host, { subnet, publicIp }: Lease): Route | null {
  if (host.role === 'pod') return null;
  const onLink = host.devices.find(
    ({ link, addresses }) =>
      link.kind === 'nic' && addresses.some(({ ip, prefixLen }) => contains(prefixOf(ip, prefixLen), publicIp)),
  );
  return onLink === undefined ? null : route(subnet, { via: publicIp, dev: onLink.name });
}

/** flannel's vxlan and ipip routes are onlink: the next hop is beyond the tunnel. */
export function tunnelRoute(topology: Topology, host: Host, { node, subnet, publicIp }: Lease): Route | null {
  const ipip = host.devices.find(({ link }) => link.kind === 'ipip' && link.remote === publicIp);
  if (ipip !== undefined) return route(subnet, { via: publicIp, dev: ipip.name, onlink: true });
  const ends = [host, hostNamed(topology, node)].map((one) =>
    one?.devices.find(({ link }): boolean => link.kind === 'vxlan'),
  );
  const [own, theirs] = ends as [Device | undefined, Device | undefined];
  const via = theirs?.addresses[0]?.ip;
  return own === undefined || via === undefined ? null : route(subnet, { via, dev: own.name, onlink: true });
}

/** Does this route take packets where the other one does? */
export const leadsAlike = (a: Route | null, b: Route | null): boolean =>
  a !== null && b !== null && a.type === b.type && a.via === b.via && a.dev === b.dev;

/** Is the device there and up? */
export const isUp = (host: Host, dev: string | null): boolean => dev !== null && deviceNamed(host, dev)?.up === true;
