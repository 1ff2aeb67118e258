/** The same ping in every mode, header by header. */
import type { OnWire, WireLayer } from '../../engine/analysis/on-wire';

export const wire = {
  title: 'The same ping on the wire',
  what: 'The first frame of the ping as it leaves its node, header by header, from the model’s own bytes. host-gw only rewrites the MACs, so nothing is added; a tunnel carries the packet inside another one.',
  bytes: (n: number): string => `${n} bytes`,
  more: (n: number): string => (n === 0 ? 'nothing added' : `${n} bytes more than host-gw`),
  at: ({ host, dev }: Pick<OnWire, 'host' | 'dev'>): string => `at ${host} ${dev}`,
  notOnWire: ({ host, dev }: Pick<OnWire, 'host' | 'dev'>): string =>
    `never on a wire: the bridge joins both pods; as ${host} ${dev} sends it`,
  mtu: (n: number): string => `MTU of the pods: ${n}`,
  now: 'shown now',
  show: 'Show',
  showLabel: (mode: string): string => `Show ${mode}`,
  none: 'No packet leaves the pod.',
  layer: {
    ethernet: 'Ethernet',
    vlan: 'VLAN',
    arp: 'ARP',
    ipv4: 'IP',
    icmp: 'ICMP',
    udp: 'UDP',
    tcp: 'TCP',
    vxlan: 'VXLAN',
    payload: 'data',
    unreadable: '?',
  } satisfies Record<WireLayer['kind'], string>,
  added: 'added by the tunnel',
  modes: {
    'host-gw': 'host-gw: the next hop is the other node’s MAC',
    vxlan: 'vxlan: the pods’ own Ethernet frame inside UDP, from node to node',
    ipip: 'ipip: the pods’ IP packet inside another IP packet',
    'same-node': 'two pods of one node: only switched, TTL untouched',
  },
};
