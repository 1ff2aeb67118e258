/**
 * Contrast: the same cluster with flannel's vxlan or ipip backend, as flannel sets them up, and a pair of pods on one node.
 * Source: flannel pkg/backend/vxlan/device.go, vxlan_network.go and pkg/backend/ipip/ipip.go @cdf76059.
 */
import { type Ipv4, ipv4FromNumber } from '../addr/ipv4';
import { type Mac, macFromBytes } from '../addr/mac';
import { contains, formatPrefix, prefixOf, samePrefix } from '../addr/prefix';
import { type InParts, inOneGo } from '../base/in-parts';
import { hash32 } from '../base/random';
import type { Lease } from '../flannel/lease';
import type { Device } from '../net/device';
import { type Route, route } from '../net/route';
import { device, inTableOrder } from './build';
import { madeFrom, toldHosts, toldPlaces } from './host-index';
import { ListedPod, type PodList } from './listed';
import { hostMadeBy, ownDevicesOf, ownRoutesOf } from './on-demand';
import { bridgeFor, cardOf, leasesOf, nodeOf } from './places';
import { type Host, hostNamed, type KnownNeighbour, ownerOf, type Topology, type TunnelFdbEntry } from './topology';

const VNI = 1;
const VXLAN_PORT = 8472; // Linux's own, not IANA's 4789: flannel leaves the kernel's default
const VXLAN_BYTES = 50; // outer Ethernet is not counted, inner Ethernet is: IP 20, UDP 8, VXLAN 8, Ethernet 14
const IPIP_BYTES = 20;

/** What a tunnel adds to a node. All of it is made when somebody looks at it: a node of 5,000 has as many peers. */
interface Tunnel {
  readonly addressed: Pick<Device, 'name' | 'addresses'>; // its first device
  readonly devices: (nextIndex: number) => readonly Device[];
  readonly routes: () => readonly Route[];
  readonly neighbours: () => readonly KnownNeighbour[];
  readonly tunnelFdb: () => readonly TunnelFdbEntry[];
}

const PIECE = 500; // hosts

/** The cluster with that backend in place of host-gw. */
export const tunnelled = (topology: Topology, backend: 'vxlan' | 'ipip'): InParts<Topology> =>
  backend === 'vxlan' ? inVxlan(topology) : inIpip(topology);

export const asVxlan = (topology: Topology): Topology => inOneGo(inVxlan(topology));
export const asIpip = (topology: Topology): Topology => inOneGo(inIpip(topology));

const NONE = (): readonly never[] => [];

/** flannel.1 on every node, with its neighbour and FDB entries written in advance; pods get 50 bytes less of MTU. */
function* inVxlan(topology: Topology): InParts<Topology> {
  return yield* withTunnels(topology, VXLAN_BYTES, (host, own, peers, mtuBytes) => {
    const dev = 'flannel.1';
    const addresses = [{ ip: own.subnet.base, prefixLen: 32 }];
    const link = (): Device['link'] => ({
      kind: 'vxlan',
      vni: VNI,
      port: VXLAN_PORT,
      local: own.publicIp,
      underlay: cardOf(host)?.name ?? '',
    });
    return {
      addressed: { name: dev, addresses },
      devices: (index) => [device(dev, index, madeUpMac('flannel.1', own.node), link(), { mtuBytes, addresses })],
      routes: () => peers().map(({ subnet }) => route(subnet, { via: subnet.base, dev, onlink: true })),
      neighbours: () =>
        peers().map(({ node, subnet }) => ({ dev, ip: subnet.base, mac: madeUpMac(dev, node), state: 'permanent' })),
      tunnelFdb: () => peers().map(({ node, publicIp }) => ({ dev, mac: madeUpMac(dev, node), remote: publicIp })),
    };
  });
}

/**
 * IP in IP. Model limit: a tunnel here has one far end, so there is one device a peer; flannel has a single flannel.ipip
 * and takes the far end from the route's next hop.
 */
function* inIpip(topology: Topology): InParts<Topology> {
  return yield* withTunnels(topology, IPIP_BYTES, (_, own, peers, mtuBytes) => {
    const nameOf = (n: number): string => (n === 0 ? 'flannel.ipip' : `flannel.ipip${n + 1}`);
    const addresses = [{ ip: own.subnet.base, prefixLen: 32 }];
    return {
      addressed: { name: nameOf(0), addresses },
      devices: (index) =>
        peers().map(({ node, publicIp }, n) =>
          device(
            nameOf(n),
            index + n,
            madeUpMac(nameOf(n), `${own.node} ${node}`),
            { kind: 'ipip', local: own.publicIp, remote: publicIp },
            { mtuBytes, addresses },
          ),
        ),
      routes: () =>
        peers().map(({ subnet, publicIp }, n) => route(subnet, { via: publicIp, dev: nameOf(n), onlink: true })),
      neighbours: NONE,
      tunnelFdb: NONE,
    };
  });
}

type MakeTunnel = (host: Host, own: Lease, peers: () => readonly Lease[], mtuBytes: number) => Tunnel;

const haveTunnels = new WeakSet<Host>();

/** Takes flannel's host-gw routes away and puts a tunnel in their place. A cluster that has tunnels stays as it is. */
function* withTunnels(topology: Topology, costBytes: number, make: MakeTunnel): InParts<Topology> {
  const isTunnel = ({ link }: Device): boolean => link.kind === 'vxlan' || link.kind === 'ipip';
  const hasTunnel = (host: Host): boolean => haveTunnels.has(host) || ownDevicesOf(host).some(isTunnel);
  if (toldHosts(topology.hosts).some(hasTunnel)) return topology;
  const leases = leasesOf(topology);
  const byNode = new Map(leases.map((lease) => [lease.node, lease]));
  const isPeersNet = new Set(leases.map(({ subnet }) => formatPrefix(subnet)));
  const mtuOf = (node: string): number | undefined => {
    const host = byNode.has(node) ? hostNamed(topology, node) : null;
    return host === null ? undefined : (cardOf(host)?.mtuBytes ?? 1500) - costBytes;
  };
  const narrowedList = narrowing(mtuOf);
  const changed = (host: Host): Host => {
    if (host instanceof ListedPod) return host.by(narrowedList);
    const own = byNode.get(host.name);
    const mtuBytes = mtuOf(nodeOf(topology, host).name);
    if (mtuBytes === undefined) return host;
    const narrowed = (devices: readonly Device[]): readonly Device[] =>
      devices.map((one) => (carriesPods(host, one, own) ? { ...one, mtuBytes } : one));
    if (own === undefined) return { ...host, devices: narrowed(host.devices) };
    const isFlannels = ({ via, dst }: Route): boolean =>
      via !== null && isPeersNet.has(formatPrefix(dst)) && !samePrefix(dst, own.subnet);
    // What leases gave is flannel's: of a table that follows from them only the others need a look.
    const othersIn = (one: Host): readonly Route[] => ownRoutesOf(one).filter((route) => !isFlannels(route));
    const tunnel = make(host, own, () => leases.filter(({ node }) => node !== host.name), mtuBytes);
    const before = narrowed(ownDevicesOf(host));
    const made = hostMadeBy(
      host,
      {
        devices: () => [...narrowed(host.devices), ...tunnel.devices(nextIndex(host))],
        routes: () => inTableOrder([...othersIn(host), ...tunnel.routes()]),
        neighbours: () => [...host.neighbours, ...tunnel.neighbours()],
        tunnelFdb: () => [...host.tunnelFdb, ...tunnel.tunnelFdb()],
      },
      {
        devices: before,
        addressed: leases.length < 2 && tunnel.neighbours === NONE ? before : [...before, tunnel.addressed],
        routes: othersIn(host),
        neighbours: host.neighbours,
      },
    );
    haveTunnels.add(made);
    return made;
  };
  const hosts: Host[] = [];
  for (const [at, host] of topology.hosts.entries()) {
    hosts.push(changed(host));
    if (at % PIECE === PIECE - 1) yield;
  }
  madeFrom(hosts, { before: topology.hosts, changed: [...hosts.keys()], moved: toldPlaces(topology.hosts) });
  const { listed } = topology;
  if (listed === undefined) return { ...topology, hosts };
  return { ...topology, hosts, listed: new Map([...listed].map(([node, list]) => [node, narrowedList(list)])) };
}

/** Each list of pods once, with the MTU that the tunnel leaves to the pods of its node. */
function narrowing(mtuOf: (node: string) => number | undefined): (list: PodList) => PodList {
  const known = new Map<PodList, PodList>();
  return (list) => {
    let made = known.get(list);
    if (made === undefined) {
      const mtuBytes = mtuOf(list.node);
      made = mtuBytes === undefined ? list : { ...list, mtuBytes };
      known.set(list, made);
    }
    return made;
  };
}

/** A pod's cable, either end of it, and the bridge the pods hang on. */
const carriesPods = (host: Host, { link, addresses }: Device, own: Lease | undefined): boolean =>
  link.kind === 'veth' ||
  (host.role === 'node' &&
    link.kind === 'bridge' &&
    own !== undefined &&
    addresses.some(({ ip }) => contains(own.subnet, ip)));

const nextIndex = (host: Host): number => Math.max(...host.devices.map(({ ifindex }) => ifindex)) + 1;

/** A locally administered MAC; the kernel would draw one. */
function madeUpMac(what: string, whose: string): Mac {
  const bytes = new Uint8Array(6);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, hash32(0, what, whose) & 0xffff);
  view.setUint32(2, hash32(1, what, whose));
  bytes[0] = ((bytes[0] ?? 0) & 0xfc) | 0x02;
  return macFromBytes(bytes, 0);
}

export interface SameNodePair {
  readonly topology: Topology;
  readonly from: string;
  readonly to: string;
  readonly ip: Ipv4; // of `to`
}

/** Two pods of the first pod's node; where it has only that one, a second is put beside it. Null: no pod at all. */
export function sameNodePair(topology: Topology): SameNodePair | null {
  const from = topology.hosts.find((host) => host.role === 'pod' && podAddress(host) !== null);
  const address = from === undefined ? null : podAddress(from);
  if (from === undefined || address === null) return null;
  const node = nodeOf(topology, from);
  const sibling = topology.hosts.find((one) => one !== from && one.role === 'pod' && nodeOf(topology, one) === node);
  const there = sibling === undefined ? null : podAddress(sibling);
  if (sibling !== undefined && there !== null) return { topology, from: from.name, to: sibling.name, ip: there.ip };
  const port = node.devices.find(({ link }) => link.kind === 'veth' && link.peer.host === from.name);
  const eth = from.devices.find(({ addresses }) => addresses.includes(address));
  const ip = freeAddress(topology, node, address);
  if (port === undefined || eth === undefined || ip === null) return null;
  const to = freeName(topology);
  const veth = `veth${hash32(0, 'veth', to, node.name).toString(16).padStart(8, '0')}`;
  const own = { ip, prefixLen: address.prefixLen };
  const pod: Host = {
    ...from,
    name: to,
    label: null,
    devices: from.devices.map((one) =>
      one === eth
        ? {
            ...eth,
            mac: madeUpMac('eth0', to),
            addresses: [own],
            link: { kind: 'veth', peer: { host: node.name, dev: veth } },
          }
        : one,
    ),
    routes: from.routes.map((one) => (one.prefSrc === address.ip ? { ...one, prefSrc: ip } : one)),
    listeners: [],
  };
  const back = { kind: 'veth', peer: { host: to, dev: eth.name } } as const;
  const added = { ...port, name: veth, ifindex: nextIndex(node), mac: madeUpMac('veth', to), link: back };
  const hosts = topology.hosts.flatMap((one) => {
    if (one === node) return [{ ...node, devices: [...node.devices, added] }];
    return one === from ? [from, pod] : [one];
  });
  return { topology: { ...topology, hosts }, from: from.name, to, ip };
}

const podAddress = (pod: Host) =>
  pod.devices.find(({ link, addresses }) => link.kind === 'veth' && addresses.length > 0)?.addresses[0] ?? null;

function freeName({ hosts }: Topology): string {
  for (let n = 1; ; n += 1) if (!hosts.some(({ name }) => name === `pod${n}`)) return `pod${n}`;
}

/** The lowest address of the pod's network that nobody has, above the bridge's own. */
function freeAddress(
  topology: Topology,
  node: Host,
  near: { readonly ip: Ipv4; readonly prefixLen: number },
): Ipv4 | null {
  const net = prefixOf(near.ip, near.prefixLen);
  const bridge = bridgeFor(node, near.ip);
  for (let n = bridge === null ? 1 : 2; n < 2 ** (32 - near.prefixLen) - 1; n += 1) {
    const ip = ipv4FromNumber(net.base + n);
    if (ownerOf(topology, ip) === null) return ip;
  }
  return null;
}
