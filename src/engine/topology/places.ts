/** Who is who in a cluster: a pod's node, a node's card and pod network, the router of its LAN, the leases of all. */
import type { Ipv4 } from '../addr/ipv4';
import { contains, type Prefix, prefixOf } from '../addr/prefix';
import type { Lease } from '../flannel/lease';
import type { Device, InterfaceAddress } from '../net/device';
import type { Route } from '../net/route';
import { Known, toldHosts } from './host-index';
import { ListedPod } from './listed';
import { ownDevicesOf, ownRoutesOf } from './on-demand';
import { deviceNamed, type Host, hostNamed, ownerOf, type Topology } from './topology';

/** The host whose kernel routes for this one: a pod's node, or the host itself. */
export function nodeOf(topology: Topology, host: Host): Host {
  if (host.node !== null) return hostNamed(topology, host.node) ?? host;
  if (host.role !== 'pod') return host;
  const cable = host.devices.find(({ link }) => link.kind === 'veth');
  const peer = cable?.link.kind === 'veth' ? hostNamed(topology, cable.link.peer.host) : null;
  return peer ?? host;
}

export const defaultRoute = (host: Host): Route | null =>
  ownRoutesOf(host).find(({ dst, type }) => dst.len === 0 && type === 'unicast') ?? null;

const cards = new WeakMap<Host, Device | null>();

/** The card a node reaches other nodes by: that of its default route, else its first one with an address. */
export function cardOf(host: Host): Device | null {
  if (host instanceof ListedPod) return null;
  let card = cards.get(host);
  if (card === undefined) {
    card = cardIn(host);
    cards.set(host, card);
  }
  return card;
}

function cardIn(host: Host): Device | null {
  const isCard = (device: Device | null): device is Device =>
    device !== null && device.link.kind === 'nic' && device.addresses.length > 0;
  const devices = ownDevicesOf(host);
  const way = defaultRoute(host);
  const byDefault = way?.dev == null ? null : (devices.find(({ name }) => name === way.dev) ?? null);
  return isCard(byDefault) ? byDefault : (devices.find(isCard) ?? null);
}

/** The address others reach a host by: a node's on its card, a pod's on its only device. */
export function addressOf(host: Host): InterfaceAddress | null {
  if (host instanceof ListedPod) return host.address;
  const device =
    cardOf(host) ?? host.devices.find(({ link, addresses }) => link.kind === 'veth' && addresses.length > 0);
  return device?.addresses[0] ?? null;
}

/** The network its pods lie in: its lease's, else that of the bridge they hang on. */
export function podNetOf(topology: Topology, node: Host): Prefix | null {
  if (node.podCidr !== null) return node.podCidr;
  const bridge = node.devices.find(
    ({ name, link, addresses }) =>
      link.kind === 'bridge' && addresses.length > 0 && node.devices.some(({ master }) => master === name),
  );
  const [address] = bridge?.addresses ?? [];
  if (address !== undefined) return prefixOf(address.ip, address.prefixLen);
  const pod = topology.hosts.find((host) => host.role === 'pod' && nodeOf(topology, host) === node);
  const own = pod === undefined ? null : addressOf(pod);
  return own === null ? null : prefixOf(own.ip, own.prefixLen);
}

/** The bridge whose own network an address lies in. */
export const bridgeFor = (node: Host, ip: Ipv4): Device | null =>
  node.devices.find(
    ({ link, addresses }) =>
      link.kind === 'bridge' && addresses.some((own) => contains(prefixOf(own.ip, own.prefixLen), ip)),
  ) ?? null;

/** The segment a card's cable leads to. */
export const segmentOf = (device: Device | null): string | null =>
  device?.link.kind === 'nic' ? device.link.segment : null;

export interface Router {
  readonly host: Host;
  readonly dev: string;
  readonly ip: Ipv4;
}

/** The router of a card's segment: the default gateway of this host, or of another one there, or any router there. */
export function routerOf(topology: Topology, host: Host): Router | null {
  const card = cardOf(host);
  const segment = segmentOf(card);
  if (segment === null) return null;
  const there = toldHosts(topology.hosts).filter((one) =>
    ownDevicesOf(one).some((device) => segmentOf(device) === segment),
  );
  const vias = [host, ...there].flatMap((one) => defaultRoute(one)?.via ?? []);
  const routers = there.filter(({ role }) => role === 'router');
  const own = routers.flatMap((one) => one.devices.filter((device) => segmentOf(device) === segment));
  for (const ip of [...vias, ...own.flatMap(({ addresses }) => addresses.map((address) => address.ip))]) {
    const port = ownerOf(topology, ip);
    const owner = port === null ? null : hostNamed(topology, port.host);
    const device = owner === null || port === null ? null : deviceNamed(owner, port.dev);
    if (owner !== null && owner !== host && device !== null && segmentOf(device) === segment)
      return { host: owner, dev: device.name, ip };
  }
  return null;
}

const NO_PODS: readonly Host[] = [];

const podsByNode = new Known<ReadonlyMap<string, readonly Host[]>>(
  (hosts) => {
    const made = new Map<string, Host[]>();
    for (const host of hosts) {
      if (host.role !== 'pod' || host.node === null) continue;
      const own = made.get(host.node);
      if (own === undefined) made.set(host.node, [host]);
      else own.push(host);
    }
    return made;
  },
  (before, hosts, { before: were, changed }) =>
    changed.some((at) => hosts[at]?.role === 'pod' || were[at]?.role === 'pod') ? null : before,
);

/** The pods that are said to be on a node, in the cluster's own order. */
export const podsOn = ({ hosts }: Topology, node: string): readonly Host[] => podsByNode.of(hosts).get(node) ?? NO_PODS;

const leases = new WeakMap<Topology['hosts'], readonly Lease[]>();

/** What each node's flanneld would publish: its pod network, and its card's address as the next hop. */
export function leasesOf(topology: Topology): readonly Lease[] {
  let known = leases.get(topology.hosts);
  if (known === undefined) {
    known = toldHosts(topology.hosts).flatMap((host) => {
      if (host.role !== 'node') return [];
      const subnet = podNetOf(topology, host);
      const [address] = cardOf(host)?.addresses ?? [];
      return subnet === null || address === undefined
        ? []
        : [{ node: host.name, subnet, publicIp: address.ip, backend: 'host-gw' as const }];
    });
    leases.set(topology.hosts, known);
  }
  return known;
}
