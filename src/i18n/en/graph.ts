/** The topology graph: what stands in its boxes, on the packet, and in the details of a host or device. */
import type { DeviceKind } from '../../engine/net/device';
import type { PacketKind } from '../../engine/sim/event';
import type { HostRole } from '../../engine/topology/topology';

export const graph = {
  label: 'Topology',
  routeLookup: 'route lookup',
  bridge: 'bridge',
  down: 'down',
  pods: 'pods',
  morePods: (count: number) => `+${count} more pods`,
  moreLines: (count: number) => `${count} more`,
  moreNodes: (count: number) => (count === 1 ? '+1 node' : `+${count} nodes`),
  /** From the longest wording to the shortest; the first that fits is shown. */
  segment: (name: string, network: string | null): readonly string[] => [
    ...(network === null ? [] : [`one layer 2 segment · ${network} · the next hop must be reachable here`]),
    ...(network === null ? [] : [`one layer 2 segment · ${network}`, `layer 2 · ${network}`]),
    name,
  ],
  routes: (count: number) => (count === 1 ? '1 route' : `${count} routes`),
  noRoute: 'no route',
  localRoute: 'table local',
  defaultRoute: 'default',
  assumed: '† assumed: no source gives this value',
  assumedWord: 'assumed',
  capturePoint: (number: number) => `capture point ${number}`,
  current: 'the packet is here',
  zoom: { label: 'Zoom', in: 'Zoom in', out: 'Zoom out', fit: 'Fit the whole graph' },
  list: { show: 'As a list', label: 'Hosts and devices' },
  details: (name: string) => `Details of ${name}`,
  close: 'Close',
  roles: { node: 'node', pod: 'pod', router: 'router', machine: 'machine' } satisfies Record<HostRole, string>,
  kinds: {
    nic: 'network card',
    veth: 'veth pair end',
    bridge: 'bridge',
    vxlan: 'vxlan tunnel end',
    ipip: 'IP-in-IP tunnel end',
    loopback: 'loopback',
  } satisfies Record<DeviceKind['kind'], string>,
  stack: (host: string) => `route lookup of ${host}`,
  segmentName: (name: string) => `layer 2 segment ${name}`,
  facts: {
    kubernetes: 'Kubernetes name',
    address: 'address',
    mac: 'MAC',
    mtu: 'MTU',
    ifindex: 'ifindex',
    peer: 'peer',
    master: 'port of',
    hairpin: 'hairpin mode',
    on: 'on',
    off: 'off',
    state: 'state',
    up: 'up',
    down: 'down',
    segment: 'cable to',
    unplugged: 'nothing: unplugged',
    node: 'on node',
    podCidr: 'pod subnet',
    devices: 'devices',
    routes: 'routes',
    ports: 'ports',
    tunnel: (vni: number, port: number) => `VNI ${vni}, UDP port ${port}`,
  },
  pill: (what: PacketKind, ttl: number | null): string => {
    const name = packetName(what);
    return ttl === null ? name : `${name} · TTL ${ttl}`;
  },
  lost: 'dropped here',
};

function packetName(what: PacketKind): string {
  switch (what.kind) {
    case 'arp-request':
      return 'ARP who-has';
    case 'arp-reply':
      return 'ARP is-at';
    case 'echo-request':
      return 'echo request';
    case 'echo-reply':
      return 'echo reply';
    case 'icmp-error':
      return `ICMP ${what.type}/${what.code}`;
    case 'udp':
      return `UDP → ${what.dstPort}`;
    case 'tcp':
      return `TCP ${what.flags}`;
    case 'fragment':
      return `fragment @${what.offsetBytes}`;
    case 'tunnel':
      return what.how;
  }
}
