/**
 * More of the same: a pod on a node, as the CNI plugins make it, and a node on a segment, as flannel takes it in. A node's
 * cni0 comes with its first pod, and every peer gets one route to the new node's pods.
 * Sources: containernetworking/plugins plugins/main/bridge @3d27709f, flannel pkg/backend/route_network.go @cdf76059.
 */
import { type Ipv4, ipv4FromNumber } from '../addr/ipv4';
import { broadcastOf, contains, type Prefix, prefixOf } from '../addr/prefix';
import { hex } from '../base/bytes';
import { hash32 } from '../base/random';
import { err, ok, type Result } from '../base/result';
import { routesFromLeases } from '../flannel/host-gw';
import type { Device, InterfaceAddress } from '../net/device';
import { connected, device, gatewayOf, host, inTableOrder, loopback, nodeRoutes, podRoutes } from './build';
import { freeNetwork, nextMac, nextName } from './fresh';
import { bridgeFor, cardOf, defaultRoute, leasesOf, podNetOf, segmentOf } from './places';
import { type Assumption, type Host, hostNamed, ownerOf, PLAIN_SYSCTLS, segmentNamed, type Topology } from './topology';

export type GrowError =
  | { readonly kind: 'unknown-host'; readonly host: string }
  | { readonly kind: 'unknown-segment'; readonly segment: string }
  | { readonly kind: 'no-pod-network'; readonly host: string } // no podCIDR, no cni0, no pod to tell it by
  | { readonly kind: 'network-full'; readonly network: Prefix }
  | { readonly kind: 'no-node-to-follow'; readonly segment: string }; // nobody there shows what a node is like

const POD_IFINDEX = 3; // as in flannel's pods: lo is 1, tunl0 often 2

/** A pod with the next free address of its node's pod network. */
export function addPod(topology: Topology, nodeName: string): Result<Topology, GrowError> {
  const node = hostNamed(topology, nodeName);
  if (node === null) return err({ kind: 'unknown-host', host: nodeName });
  const net = podNetOf(topology, node);
  if (net === null) return err({ kind: 'no-pod-network', host: nodeName });
  const withBridge = bridgeFor(node, gatewayOf(net)) === null ? withCni0(topology, node, net) : node;
  const bridge = bridgeFor(withBridge, gatewayOf(net));
  const ip = freeAddress(topology, net, gatewayOf(net) + 1);
  if (bridge === null || ip === null) return err({ kind: 'network-full', network: net });
  const name = nextName(topology.hosts, 'pod0');
  const veth = `veth${hex(word(hash32(0, name, nodeName)))}`;
  const own: InterfaceAddress = { ip, prefixLen: net.len };
  const outer = device(
    veth,
    nextIndex(withBridge),
    nextMac(topology, bridge),
    {
      kind: 'veth',
      peer: { host: name, dev: 'eth0' },
    },
    { master: bridge.name, hairpin: true, mtuBytes: bridge.mtuBytes },
  );
  const grown: Host = { ...withBridge, devices: [...withBridge.devices, outer] };
  const now = { ...topology, hosts: topology.hosts.map((one) => (one === node ? grown : one)) };
  const eth0 = device(
    'eth0',
    POD_IFINDEX,
    nextMac(now, outer),
    {
      kind: 'veth',
      peer: { host: nodeName, dev: veth },
    },
    { addresses: [own], mtuBytes: bridge.mtuBytes },
  );
  const pod = host(name, 'pod', {
    node: nodeName,
    devices: [loopback, eth0],
    routes: podRoutes(own, topology.network ?? net),
  });
  return ok({
    ...now,
    hosts: [...now.hosts, pod],
    assumed: [...now.assumed, ...assumedOf(name, 'eth0'), ...assumedOf(nodeName, veth)],
  });
}

/** Made when the first pod lands; the kernel then writes the connected route, and the plugin switches forwarding on. */
function withCni0(topology: Topology, node: Host, net: Prefix): Host {
  const address = { ip: gatewayOf(net), prefixLen: net.len };
  const cni0 = device(
    'cni0',
    nextIndex(node),
    nextMac(topology, cardOf(node)),
    { kind: 'bridge' },
    {
      addresses: [address],
      mtuBytes: cardOf(node)?.mtuBytes ?? 1500,
    },
  );
  return {
    ...node,
    devices: [...node.devices, cni0],
    routes: inTableOrder([...node.routes, connected('cni0', address)]),
    sysctls: { ...node.sysctls, ipForward: true },
  };
}

/** A node like those already on the segment: same card, same gateway, a pod network of its own, known to every peer. */
export function addNode(topology: Topology, segmentName: string): Result<Topology, GrowError> {
  const segment = segmentNamed(topology, segmentName);
  if (segment === null) return err({ kind: 'unknown-segment', segment: segmentName });
  const model = topology.hosts.find(
    ({ role, devices }) => role === 'node' && devices.some((one) => segmentOf(one) === segmentName),
  );
  const card = model === undefined ? null : cardOf(model);
  const [like] = card?.addresses ?? [];
  const podNet = model === undefined ? null : podNetOf(topology, model);
  if (model === undefined || card === null || like === undefined || podNet === null)
    return err({ kind: 'no-node-to-follow', segment: segmentName });
  const lan = prefixOf(like.ip, like.prefixLen);
  const ip = freeAddress(topology, lan, like.ip + 1);
  if (ip === null) return err({ kind: 'network-full', network: lan });
  const name = nextName(topology.hosts, 'node0');
  const address = { ip, prefixLen: lan.len };
  const lease = { node: name, subnet: freePodNet(topology, podNet), publicIp: ip, backend: 'host-gw' as const };
  const leases = leasesOf(topology);
  const own = device(
    card.name,
    card.ifindex,
    nextMac(topology, card),
    { kind: 'nic', segment: segmentName },
    {
      addresses: [address],
      mtuBytes: card.mtuBytes,
    },
  );
  const ext = { dev: card.name, address, metric: defaultRoute(model)?.metric ?? 0 };
  const node = host(name, 'node', {
    podCidr: lease.subnet,
    devices: [loopback, own],
    routes: nodeRoutes({ own: lease, leases, ext, gateway: defaultRoute(model)?.via ?? null, bridges: [] }),
    sysctls: { ...PLAIN_SYSCTLS, ipForward: model.sysctls.ipForward },
  });
  const hosts = topology.hosts.map((one) => withRouteTo(one, lease, leases));
  const segments = topology.segments.map((one) =>
    one === segment ? { ...one, ports: [...one.ports, { host: name, dev: card.name }] } : one,
  );
  return ok({
    ...topology,
    hosts: [...hosts, node],
    segments,
    assumed: [...topology.assumed, ...assumedOf(name, card.name)],
  });
}

/** What flanneld on a peer does with the new lease. */
function withRouteTo(
  peer: Host,
  lease: ReturnType<typeof leasesOf>[number],
  leases: ReturnType<typeof leasesOf>,
): Host {
  const own = leases.find(({ node }) => node === peer.name);
  const card = cardOf(peer);
  if (own === undefined || card === null) return peer;
  const routes = routesFromLeases(own, [lease], { dev: card.name, addresses: card.addresses });
  return { ...peer, routes: inTableOrder([...peer.routes, ...routes.flatMap(({ route }) => route ?? [])]) };
}

/** The podCIDR that kube-controller-manager would hand out next: the next network of this size inside flannel's. */
function freePodNet(topology: Topology, like: Prefix): Prefix {
  const taken = leasesOf(topology).map(({ subnet }) => subnet);
  const size = 2 ** (32 - like.len);
  const { network } = topology;
  for (let base: number = network?.base ?? like.base; network !== null && base <= broadcastOf(network); base += size) {
    const net = prefixOf(ipv4FromNumber(base), like.len);
    if (!taken.some((one) => contains(one, net.base) || contains(net, one.base))) return net;
  }
  return freeNetwork(topology, like, 1);
}

function freeAddress(topology: Topology, net: Prefix, from: number): Ipv4 | null {
  for (let at = from; at < broadcastOf(net); at += 1) {
    const ip = ipv4FromNumber(at);
    if (ownerOf(topology, ip) === null) return ip;
  }
  return null;
}

const nextIndex = ({ devices }: Host): number => Math.max(...devices.map(({ ifindex }: Device) => ifindex)) + 1;

const word = (value: number): Uint8Array => new Uint8Array(new Uint32Array([value]).buffer);

const assumedOf = (name: string, dev: string): readonly Assumption[] =>
  (['mac', 'ifindex', 'address'] as const).map((field) => ({ host: name, dev, field }));

/** Pulls a card's cable, or plugs it in again. The kernel keeps its routes; nothing gets through. */
export function plug(
  topology: Topology,
  at: { readonly host: string; readonly dev: string },
  segment: string | null,
): Result<Topology, GrowError> {
  const owner = hostNamed(topology, at.host);
  if (owner === null) return err({ kind: 'unknown-host', host: at.host });
  if (segment !== null && segmentNamed(topology, segment) === null) return err({ kind: 'unknown-segment', segment });
  const devices = owner.devices.map((one) =>
    one.name === at.dev && one.link.kind === 'nic' ? { ...one, link: { kind: 'nic' as const, segment } } : one,
  );
  const isAt = (port: { readonly host: string; readonly dev: string }) => port.host === at.host && port.dev === at.dev;
  return ok({
    ...topology,
    hosts: topology.hosts.map((one) => (one === owner ? { ...owner, devices } : one)),
    segments: topology.segments.map((one) => {
      const ports = one.ports.filter((port) => !isAt(port));
      return { ...one, ports: one.name === segment ? [...ports, { host: at.host, dev: at.dev }] : ports };
    }),
  });
}
