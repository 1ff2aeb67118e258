/**
 * Random host-gw clusters and faults from a seed: other addresses, prefix lengths, interface names, numbers of nodes and
 * pods than any recording has. What holds for all of them is a property of the engine, not of a sample.
 */
import { formatIpv4, type Ipv4, ipv4, ipv4FromNumber } from '../addr/ipv4';
import { type Mac, mac } from '../addr/mac';
import { formatPrefix, type Prefix, prefixOf } from '../addr/prefix';
import { hash32 } from '../base/random';
import type { Lease } from '../flannel/lease';
import type { Device } from '../net/device';
import { route } from '../net/route';
import { connected, device, gatewayOf, host, inTableOrder, loopback, nodeRoutes, podRoutes } from '../topology/build';
import { applyEdits } from '../topology/edits';
import { asVxlan } from '../topology/modes';
import {
  type Host,
  hostNamed,
  type KnownNeighbour,
  type Listener,
  PLAIN_SYSCTLS,
  type Topology,
} from '../topology/topology';
import { oneOf, type Pick, randomFaults } from './random-faults';
import { randomRequests } from './random-requests';

export interface RandomCluster {
  readonly sound: Topology; // before anything odd was done to it
  readonly topology: Topology;
  readonly commands: readonly string[]; // 'host: command', faults first
}

/** A stream of numbers from a seed. */
function stream(seed: number): Pick {
  let drawn = 0;
  return (n) => {
    drawn += 1;
    return hash32(seed, 'random-cluster', drawn) % n;
  };
}

const macOf = (seed: number, what: string): Mac => {
  const bits = hash32(seed, 'mac', what);
  const bytes = [0x02, 0x42, bits >>> 24, (bits >>> 16) & 0xff, (bits >>> 8) & 0xff, bits & 0xff];
  return mac(bytes.map((byte) => byte.toString(16).padStart(2, '0')).join(':'));
};

const NIC_NAMES = ['ens33', 'eth0', 'enp1s0', 'eno1', 'eth0.100', 'bond0'];
const BRIDGE_NAMES = ['cni0', 'cni0', 'cbr0'];
const NODE_NAMES = ['n', 'node', 'kube-', 'worker.'];
const LANS = ['192.168.0.0', '172.20.4.0', '198.18.4.0', '10.9.8.0'].map((text) =>
  text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0),
);
const LARGEST_POD_NET = 4096; // addresses of a /20
const DOCKER = { ip: ipv4('172.17.0.1'), prefixLen: 16 };

/** What all hosts of a cluster have in common. */
interface Plan {
  readonly seed: number;
  readonly pick: Pick;
  readonly lanLen: number;
  readonly nic: string;
  readonly bridge: string;
  readonly metric: number;
  readonly gateway: Ipv4;
  readonly leases: readonly Lease[];
  readonly mtuBytes: number;
  readonly txChecksumOffload: boolean;
  readonly hasDocker: boolean;
}

export function randomCluster(seed: number): RandomCluster {
  const pick = stream(seed);
  const lan = prefixOf(ipv4FromNumber(oneOf(pick, LANS)), 22 + pick(4));
  const network = prefixOf(ipv4FromNumber((10 * 256 + 40 + pick(200)) * 65536), 16);
  const at = (n: number): Ipv4 => ipv4FromNumber(lan.base + n);
  const plan: Plan = {
    seed,
    pick,
    lanLen: lan.len,
    nic: oneOf(pick, NIC_NAMES),
    bridge: oneOf(pick, BRIDGE_NAMES),
    metric: oneOf(pick, [0, 100, 1002]),
    gateway: at(1),
    leases: leasesOf(pick, network, at),
    mtuBytes: oneOf(pick, [1500, 1500, 1500, 1450, 9000]),
    txChecksumOffload: pick(6) === 0,
    hasDocker: pick(4) === 0,
  };
  const { leases, nic, bridge, gateway } = plan;
  const pods = leases.flatMap((lease) => podsOf(plan, lease));
  const hosts = [
    ...leases.map((lease) => nodeHost(plan, lease, pods)),
    ...pods.map((pod) => podHost(plan, pod, network)),
    routerHost(plan),
  ];
  const hostGw: Topology = {
    name: `random-${seed}`,
    network,
    hosts,
    segments: [
      {
        name: 'lan',
        ports: [...leases.map(({ node }) => ({ host: node, dev: nic })), { host: 'gw', dev: 'eth0' }],
        sourceGuard: false,
      },
    ],
    capturePoints: [],
    assumed: [],
  };
  const linked = withKnownPeers(plan, pick(4) === 0 ? withSecondLink(hostGw, leases) : hostGw);
  const topology = pick(6) === 0 ? asVxlan(linked) : linked;
  const named = pods.map(({ name, node, address, veth }) => ({ name, node, ip: address.ip, veth: veth.name }));
  const faults = randomFaults(pick, { leases, nic, bridge, network: formatPrefix(network), pods: named });
  const requests = randomRequests(pick, { leases, gateway, lan, pods: named });
  const broken = breakSome(pick, topology, faults);
  const apart = pick(8) === 0 ? behindRouter(broken.topology, oneOf(pick, leases).node) : broken.topology;
  return { sound: hostGw, topology: apart, commands: [...broken.typed, ...requests] };
}

/** One node in a subnet of its own, as in a cluster that spans two. */
function behindRouter(topology: Topology, node: string): Topology {
  const split = applyEdits(topology, [{ kind: 'split-lan', host: node }]);
  return split.ok ? split.value : topology;
}

/**
 * Some faults are part of the cluster from the start, others are typed while captures run. Links always go down before:
 * Linux notices a lost carrier up to a second later, at a moment that nobody can foretell (net/core/link_watch.c).
 */
function breakSome(pick: Pick, topology: Topology, faults: readonly string[]) {
  const typed: string[] = [];
  let broken = topology;
  for (const line of faults) {
    const isCarrier = / (?:down|nomaster)\b/.test(line);
    const applied = isCarrier || pick(2) === 0 ? applyEdits(broken, [{ kind: 'line', line }]) : null;
    if (applied?.ok) broken = applied.value;
    else if (!isCarrier) typed.push(line);
  }
  return { topology: broken, typed };
}

/** One for each node: 2 to 4 of them, their pod networks as far apart as the largest asks for. */
function leasesOf(pick: Pick, network: Prefix, at: (n: number) => Ipv4): readonly Lease[] {
  const name = oneOf(pick, NODE_NAMES);
  const len = oneOf(pick, [20, 24, 24, 25, 26]);
  return Array.from({ length: 2 + pick(3) }, (_, i) => ({
    node: `${name}${i + 1}`,
    subnet: prefixOf(ipv4FromNumber(network.base + (i + 1 + 4 * pick(3)) * LARGEST_POD_NET + pick(3) * 64), len),
    publicIp: at(10 + i * 3),
    backend: 'host-gw',
  }));
}

/** The way back from the second node to the first by a cable of their own, as operators add for storage or backup. */
function withSecondLink(topology: Topology, [a, b]: readonly Lease[]): Topology {
  if (a === undefined || b === undefined) return topology;
  const linked = applyEdits(topology, [{ kind: 'second-link', a: a.node, b: b.node }]);
  if (!linked.ok) return topology;
  const [dev, peer] = [a.node, b.node].map((name) => hostNamed(linked.value, name)?.devices.at(-1));
  const via = dev?.addresses[0];
  if (via === undefined || peer === undefined) return topology;
  const line = `${b.node}: ip route replace ${formatPrefix(a.subnet)} via ${formatIpv4(via.ip)} dev ${peer.name}`;
  const routed = applyEdits(linked.value, [{ kind: 'line', line }]);
  return routed.ok ? routed.value : topology;
}

interface Pod {
  readonly name: string;
  readonly node: string;
  readonly address: { readonly ip: Ipv4; readonly prefixLen: number };
  readonly eth0: Device;
  readonly veth: Device;
}

function podsOf({ seed, pick, bridge, mtuBytes, txChecksumOffload }: Plan, lease: Lease): readonly Pod[] {
  return Array.from({ length: 1 + pick(3) }, (_, i) => {
    const name = `${lease.node}-p${i + 1}`;
    const address = { ip: ipv4FromNumber(lease.subnet.base + 2 + i * 4), prefixLen: lease.subnet.len };
    const vethName = `veth${hash32(seed, 'veth', name).toString(16).padStart(8, '0')}`;
    const link = { kind: 'veth', peer: { host: lease.node, dev: vethName } } as const;
    const back = { kind: 'veth', peer: { host: name, dev: 'eth0' } } as const;
    const all = { mtuBytes, txChecksumOffload };
    return {
      name,
      node: lease.node,
      address,
      eth0: device('eth0', 3, macOf(seed, `${name}-eth0`), link, { ...all, addresses: [address] }),
      veth: device(vethName, 6 + i, macOf(seed, vethName), back, { ...all, master: bridge, hairpin: pick(4) > 0 }),
    };
  });
}

function nodeHost(plan: Plan, lease: Lease, pods: readonly Pod[]): Host {
  const { seed, pick, lanLen, nic, bridge, metric, gateway, leases, hasDocker } = plan;
  const all = { mtuBytes: plan.mtuBytes, txChecksumOffload: plan.txChecksumOffload };
  const address = { ip: lease.publicIp, prefixLen: lanLen };
  const own = { ip: gatewayOf(lease.subnet), prefixLen: lease.subnet.len };
  const macFor = (dev: string): Mac => macOf(seed, `${lease.node}-${dev}`);
  const bridges = [{ dev: bridge, address: own }, ...(hasDocker ? [{ dev: 'docker0', address: DOCKER }] : [])];
  return host(lease.node, 'node', {
    podCidr: lease.subnet,
    devices: [
      loopback,
      device(nic, 2, macFor(nic), { kind: 'nic', segment: 'lan' }, { ...all, addresses: [address] }),
      device(bridge, 4, macFor(bridge), { kind: 'bridge' }, { ...all, addresses: [own] }),
      ...(hasDocker ? [device('docker0', 5, macFor('docker0'), { kind: 'bridge' }, { addresses: [DOCKER] })] : []),
      ...pods.filter(({ node }) => node === lease.node).map(({ veth }) => veth),
    ],
    routes: nodeRoutes({ own: lease, leases, ext: { dev: nic, address, metric }, gateway, bridges }),
    sysctls: {
      ...PLAIN_SYSCTLS,
      ipForward: true,
      rpFilterAll: oneOf(pick, [0, 0, 0, 1, 2]),
      bridgeNfCallIptables: pick(4) > 0,
    },
  });
}

/** Some nodes know the others by hand: rightly, or with the MAC of a card that has been replaced since. */
function withKnownPeers({ seed, pick, nic, leases }: Plan, topology: Topology): Topology {
  const known = ({ node, publicIp }: Lease): KnownNeighbour => {
    const whose = pick(4) === 0 ? 'replaced' : nic;
    return { dev: nic, ip: publicIp, mac: macOf(seed, `${node}-${whose}`), state: 'permanent' };
  };
  const hosts = topology.hosts.map((one) =>
    one.role === 'node' && pick(6) === 0
      ? { ...one, neighbours: leases.filter(({ node }) => node !== one.name).map(known) }
      : one,
  );
  return { ...topology, hosts };
}

function podHost({ pick, txChecksumOffload }: Plan, { name, node, address, eth0 }: Pod, network: Prefix): Host {
  const listeners: readonly Listener[] = [
    { protocol: 'tcp', port: 8080, replyBytes: 300 },
    { protocol: 'udp', port: 9000, echo: pick(2) === 0 },
  ];
  return host(name, 'pod', {
    node,
    devices: [{ ...loopback, txChecksumOffload }, eth0],
    routes: podRoutes(address, network),
    listeners: pick(2) === 0 ? listeners : [],
  });
}

/** The LAN's router; sometimes it knows where the pods are, as one that speaks BGP does. */
function routerHost({ seed, pick, gateway, lanLen, leases, mtuBytes }: Plan): Host {
  const address = { ip: gateway, prefixLen: lanLen };
  const known = pick(3) === 0 ? leases : [];
  return host('gw', 'router', {
    devices: [
      loopback,
      device('eth0', 2, macOf(seed, 'gw'), { kind: 'nic', segment: 'lan' }, { mtuBytes, addresses: [address] }),
    ],
    routes: inTableOrder([
      connected('eth0', address),
      ...known.map(({ subnet, publicIp }) => route(subnet, { via: publicIp, dev: 'eth0' })),
    ]),
    sysctls: { ...PLAIN_SYSCTLS, ipForward: true },
  });
}
