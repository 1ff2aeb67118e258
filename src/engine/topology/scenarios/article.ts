/**
 * The article's cluster: master, node1, node2 on one LAN with a gateway; pod1 on node1, pod2 on node2; flannel host-gw.
 * Addresses, pod and cni0 MACs, veth names, MACs and ifindexes, MTUs are as its terminal output prints them. It prints
 * nothing of ens33 but its name, and nothing of the gateway and master but their addresses: those values are `assumed`
 * (the MACs are the ones of the recording in public/samples). Routes are not copied: they follow from the leases.
 */
import { type Ipv4, ipv4 } from '../../addr/ipv4';
import { type Mac, mac } from '../../addr/mac';
import { prefix } from '../../addr/prefix';
import type { Lease } from '../../flannel/lease';
import type { Device } from '../../net/device';
import { connected, device, gatewayOf, host, loopback, nodeRoutes, podRoutes } from '../build';
import { type Assumption, type Host, PLAIN_SYSCTLS, type Topology } from '../topology';

const NETWORK = prefix('10.244.0.0/16');
const LAN = 'lan';
const LAN_GATEWAY = ipv4('192.168.0.1');
const DOCKER0 = { ip: ipv4('172.17.0.1'), prefixLen: 16 };
const METRIC = 100;

const lease = (node: string, subnet: string, publicIp: string): Lease => ({
  node,
  subnet: prefix(subnet),
  publicIp: ipv4(publicIp),
  backend: 'host-gw',
});

const MASTER = lease('master', '10.244.0.0/24', '192.168.0.80');
const NODE1 = lease('node1', '10.244.1.0/24', '192.168.0.81');
const NODE2 = lease('node2', '10.244.2.0/24', '192.168.0.82');
const LEASES = [MASTER, NODE1, NODE2];

const nic = (name: string, ifindex: number, address: Ipv4, own: Mac): Device =>
  device(name, ifindex, own, { kind: 'nic', segment: LAN }, { addresses: [{ ip: address, prefixLen: 24 }] });

interface PodValues {
  readonly name: string;
  readonly label: string;
  readonly ip: string;
  readonly mac: string;
  readonly ifindex: number;
  readonly veth: string;
  readonly vethMac: string;
  readonly vethIfindex: number;
}

function pod(values: PodValues, node: string): Host {
  const address = { ip: ipv4(values.ip), prefixLen: 24 };
  const link = { kind: 'veth', peer: { host: node, dev: values.veth } } as const;
  return host(values.name, 'pod', {
    label: values.label,
    node,
    devices: [loopback, device('eth0', values.ifindex, mac(values.mac), link, { addresses: [address] })],
    routes: podRoutes(address, NETWORK),
  });
}

interface NodeValues {
  readonly lease: Lease;
  readonly ens33Mac: string;
  readonly docker0Mac: string;
  readonly cni0: { readonly mac: string; readonly ifindex: number } | null;
  readonly pods: readonly PodValues[];
}

function node({ lease: own, ens33Mac, docker0Mac, cni0, pods }: NodeValues): Host {
  const ext = { dev: 'ens33', address: { ip: own.publicIp, prefixLen: 24 }, metric: METRIC };
  const podSide = { ip: gatewayOf(own.subnet), prefixLen: own.subnet.len };
  const bridges = [...(cni0 === null ? [] : [{ dev: 'cni0', address: podSide }]), { dev: 'docker0', address: DOCKER0 }];
  return host(own.node, 'node', {
    label: `${own.node}.whale.com`,
    podCidr: own.subnet,
    devices: [
      loopback,
      nic('ens33', 2, own.publicIp, mac(ens33Mac)),
      device('docker0', 3, mac(docker0Mac), { kind: 'bridge' }, { addresses: [DOCKER0] }),
      ...(cni0 === null
        ? []
        : [device('cni0', cni0.ifindex, mac(cni0.mac), { kind: 'bridge' }, { addresses: [podSide] })]),
      ...pods.map(({ name, veth, vethMac, vethIfindex }) =>
        device(
          veth,
          vethIfindex,
          mac(vethMac),
          { kind: 'veth', peer: { host: name, dev: 'eth0' } },
          { master: 'cni0', hairpin: true },
        ),
      ),
    ],
    routes: nodeRoutes({ own, leases: LEASES, ext, gateway: LAN_GATEWAY, bridges }),
    sysctls: { ...PLAIN_SYSCTLS, ipForward: true },
  });
}

const POD1: PodValues = {
  name: 'pod1',
  label: 'cni-test-777bbd57c8-7jxzs',
  ip: '10.244.1.4',
  mac: '7a:0b:d4:4c:c5:68',
  ifindex: 3,
  veth: 'veth5c905d55',
  vethMac: '9e:1e:ab:74:dc:ac',
  vethIfindex: 7,
};
const POD2: PodValues = {
  name: 'pod2',
  label: 'cni-test-777bbd57c8-xb2pp',
  ip: '10.244.2.2',
  mac: '32:00:56:84:0a:28',
  ifindex: 3,
  veth: 'vethb2d98351',
  vethMac: 'fa:c9:75:b6:e8:44',
  vethIfindex: 5,
};

/** What every node's part of the article leaves open. */
const assumedOf = (name: string): readonly Assumption[] => [
  { host: name, dev: 'ens33', field: 'mac' },
  { host: name, dev: 'ens33', field: 'ifindex' },
  { host: name, dev: 'docker0', field: 'mac' },
  { host: name, dev: 'docker0', field: 'ifindex' },
  { host: name, dev: 'docker0', field: 'address' },
];

export const article: Topology = {
  name: 'article',
  network: NETWORK,
  hosts: [
    pod(POD1, 'node1'),
    node({
      lease: NODE1,
      ens33Mac: '00:0c:29:a4:51:81',
      docker0Mac: '02:42:0e:7a:41:81',
      cni0: { mac: '5e:c1:b9:a7:b8:56', ifindex: 4 },
      pods: [POD1],
    }),
    node({
      lease: NODE2,
      ens33Mac: '00:0c:29:d7:0c:82',
      docker0Mac: '02:42:b3:60:c5:82',
      cni0: { mac: '9a:ef:f5:1f:3e:f6', ifindex: 4 },
      pods: [POD2],
    }),
    pod(POD2, 'node2'),
    node({ lease: MASTER, ens33Mac: '00:0c:29:3b:7e:10', docker0Mac: '02:42:5c:11:9e:80', cni0: null, pods: [] }),
    host('gateway', 'router', {
      devices: [loopback, nic('eth0', 2, LAN_GATEWAY, mac('00:50:56:c0:00:08'))],
      sysctls: { ...PLAIN_SYSCTLS, ipForward: true },
      routes: [connected('eth0', { ip: LAN_GATEWAY, prefixLen: 24 })],
    }),
  ],
  segments: [
    {
      name: LAN,
      ports: [
        { host: 'node1', dev: 'ens33' },
        { host: 'node2', dev: 'ens33' },
        { host: 'master', dev: 'ens33' },
        { host: 'gateway', dev: 'eth0' },
      ],
      sourceGuard: false,
    },
  ],
  capturePoints: [
    { id: 'pod1', host: 'pod1', dev: 'eth0' },
    { id: 'node1', host: 'node1', dev: 'ens33' },
    { id: 'node2', host: 'node2', dev: 'ens33' },
    { id: 'pod2', host: 'pod2', dev: 'eth0' },
  ],
  assumed: [
    ...assumedOf('node1'),
    ...assumedOf('node2'),
    ...assumedOf('master'),
    { host: 'node1', dev: 'cni0', field: 'ifindex' },
    { host: 'node2', dev: 'cni0', field: 'ifindex' },
    { host: 'gateway', dev: 'eth0', field: 'mac' },
    { host: 'gateway', dev: 'eth0', field: 'name' },
    { host: 'gateway', dev: 'eth0', field: 'ifindex' },
    { host: 'gateway', dev: null, field: 'routes' },
  ],
};
