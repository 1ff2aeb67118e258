/**
 * Random host-gw clusters and faults from a seed: other addresses, prefix lengths, interface names, numbers of nodes and
 * pods than any recording has. What holds for all of them is a property of the engine, not of a sample.
 */
import { formatIpv4, type Ipv4, ipv4FromNumber } from '../addr/ipv4';
import { type Mac, mac } from '../addr/mac';
import { formatPrefix, prefixOf } from '../addr/prefix';
import { hash32 } from '../base/random';
import type { Lease } from '../flannel/lease';
import type { Device } from '../net/device';
import { connected, device, gatewayOf, host, loopback, nodeRoutes, podRoutes } from '../topology/build';
import { type Host, PLAIN_SYSCTLS, type Topology } from '../topology/topology';

export interface RandomCluster {
  readonly topology: Topology;
  readonly commands: readonly string[]; // 'host: command', faults first
}

/** A stream of numbers from a seed; `pick(n)` is 0 … n - 1. */
function stream(seed: number): (n: number) => number {
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

const NIC_NAMES = ['ens33', 'eth0', 'enp1s0', 'eno1'];
const LANS = ['192.168.0.0', '172.20.5.0', '198.18.4.0', '10.9.8.0'].map((text) =>
  text.split('.').reduce((sum, part) => sum * 256 + Number(part), 0),
);

export function randomCluster(seed: number): RandomCluster {
  const pick = stream(seed);
  const nodeCount = 2 + pick(3);
  const lanLen = 22 + pick(4);
  const lan = prefixOf(ipv4FromNumber(LANS[pick(LANS.length)] ?? 0), lanLen);
  const podLen = 24 + pick(3);
  const network = prefixOf(ipv4FromNumber((10 * 256 + 40 + pick(200)) * 65536), 16);
  const nic = NIC_NAMES[pick(NIC_NAMES.length)] ?? 'eth0';
  const metric = [0, 100, 1002][pick(3)] ?? 0;
  const at = (n: number): Ipv4 => ipv4FromNumber(lan.base + n);
  const gateway = at(1);
  const leases: readonly Lease[] = Array.from({ length: nodeCount }, (_, i) => ({
    node: `n${i + 1}`,
    subnet: prefixOf(ipv4FromNumber(network.base + (i + 1 + pick(3)) * 1024 + (pick(2) << (32 - podLen))), podLen),
    publicIp: at(10 + i * 3),
    backend: 'host-gw',
  }));
  const pods = leases.map((lease) => podsOf(seed, pick, lease));
  const hosts = leases.map((lease, i) =>
    nodeHost(seed, { lease, leases, lanLen, nic, metric, gateway, pods: pods[i] ?? [] }),
  );
  const podHosts = pods.flat().map((pod) => podHost(pod, network));
  const router = host('gw', 'router', {
    devices: [
      loopback,
      device(
        'eth0',
        2,
        macOf(seed, 'gw'),
        { kind: 'nic', segment: 'lan' },
        { addresses: [{ ip: gateway, prefixLen: lanLen }] },
      ),
    ],
    routes: [connected('eth0', { ip: gateway, prefixLen: lanLen })],
    sysctls: { ...PLAIN_SYSCTLS, ipForward: true },
  });
  const topology: Topology = {
    name: `random-${seed}`,
    network,
    hosts: [...hosts, ...podHosts, router],
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
  return { topology, commands: [...faults(pick, leases, nic), ...requests(pick, pods.flat(), gateway)] };
}

interface Pod {
  readonly name: string;
  readonly node: string;
  readonly address: { readonly ip: Ipv4; readonly prefixLen: number };
  readonly eth0: Device;
  readonly veth: Device;
}

function podsOf(seed: number, pick: (n: number) => number, lease: Lease): readonly Pod[] {
  return Array.from({ length: 1 + pick(3) }, (_, i) => {
    const name = `${lease.node}-p${i + 1}`;
    const address = { ip: ipv4FromNumber(lease.subnet.base + 2 + i * 4), prefixLen: lease.subnet.len };
    const vethName = `veth${hash32(seed, 'veth', name).toString(16).padStart(8, '0')}`;
    const link = { kind: 'veth', peer: { host: lease.node, dev: vethName } } as const;
    const back = { kind: 'veth', peer: { host: name, dev: 'eth0' } } as const;
    return {
      name,
      node: lease.node,
      address,
      eth0: device('eth0', 3, macOf(seed, `${name}-eth0`), link, { addresses: [address] }),
      veth: device(vethName, 6 + i, macOf(seed, vethName), back, { master: 'cni0', hairpin: pick(4) > 0 }),
    };
  });
}

interface NodeParts {
  readonly lease: Lease;
  readonly leases: readonly Lease[];
  readonly lanLen: number;
  readonly nic: string;
  readonly metric: number;
  readonly gateway: Ipv4;
  readonly pods: readonly Pod[];
}

function nodeHost(seed: number, { lease, leases, lanLen, nic, metric, gateway, pods }: NodeParts): Host {
  const address = { ip: lease.publicIp, prefixLen: lanLen };
  const cni0 = { ip: gatewayOf(lease.subnet), prefixLen: lease.subnet.len };
  const ext = { dev: nic, address, metric };
  return host(lease.node, 'node', {
    podCidr: lease.subnet,
    devices: [
      loopback,
      device(nic, 2, macOf(seed, `${lease.node}-nic`), { kind: 'nic', segment: 'lan' }, { addresses: [address] }),
      device('cni0', 4, macOf(seed, `${lease.node}-cni0`), { kind: 'bridge' }, { addresses: [cni0] }),
      ...pods.map(({ veth }) => veth),
    ],
    routes: nodeRoutes({ own: lease, leases, ext, gateway, bridges: [{ dev: 'cni0', address: cni0 }] }),
    sysctls: { ...PLAIN_SYSCTLS, ipForward: true },
  });
}

const podHost = ({ name, node, address, eth0 }: Pod, network: Topology['network'] & object): Host =>
  host(name, 'pod', { node, devices: [loopback, eth0], routes: podRoutes(address, network) });

/** None, one or two things an operator, an upgrade or bad luck does to a node. */
function faults(pick: (n: number) => number, leases: readonly Lease[], nic: string): readonly string[] {
  const node = () => leases[pick(leases.length)] as Lease;
  const makers: readonly (() => string)[] = [
    () => `${node().node}: sysctl -w net.ipv4.ip_forward=0`,
    () => `${node().node}: iptables -P FORWARD DROP`,
    () => `${node().node}: iptables -A FORWARD -j REJECT`,
    () => `${node().node}: ip route del ${formatPrefix(node().subnet)}`,
    () => `${node().node}: ip route del default`,
    () =>
      `${node().node}: ip route replace ${formatPrefix(node().subnet)} via ${formatIpv4(node().publicIp)} dev ${nic}`,
    () => `${node().node}: ip route replace blackhole ${formatPrefix(node().subnet)}`,
    () => `${node().node}: ip link set ${nic} mtu ${1280 + pick(200)}`,
    () => `${node().node}: ip link set ${nic} down`,
    () => `${node().node}: ip link set cni0 down`,
    () => `${node().node}: sysctl -w net.ipv4.conf.all.rp_filter=${pick(3)}`,
    () => `${node().node}: iptables -t nat -A POSTROUTING -s ${formatPrefix(node().subnet)} ! -o cni0 -j MASQUERADE`,
  ];
  return Array.from({ length: pick(3) }, () => (makers[pick(makers.length)] as () => string)());
}

function requests(pick: (n: number) => number, pods: readonly Pod[], gateway: Ipv4): readonly string[] {
  const from = pods[pick(pods.length)] as Pod;
  const to = pods[pick(pods.length)] as Pod;
  const dst = formatIpv4(
    [to.address.ip, to.address.ip, gateway, ipv4FromNumber(to.address.ip + 40)][pick(4)] ?? gateway,
  );
  const makers: readonly (() => string)[] = [
    () => `ping -c ${1 + pick(3)} -W 2 ${dst}`,
    () => `ping -c 2 -W 1 -s ${pick(3000)} -M ${['do', 'want', 'dont'][pick(3)]} ${dst}`,
    () => `ping -c 1 -W 1 -t ${1 + pick(5)} ${dst}`,
    () => `traceroute -n ${pick(2) === 0 ? '-I ' : ''}-m 6 -w 1 ${dst}`,
    () => `curl -m 3 http://${dst}:8080/`,
    () => `printf hello | nc -u -w1 ${dst} 9000`,
  ];
  return [`${from.name}: ${(makers[pick(makers.length)] as () => string)()}`];
}
