import type { HeaderFieldName } from '../../engine/wire/types';

const NAMES: Readonly<Record<HeaderFieldName, string>> = {
  'eth.dst': 'dst MAC',
  'eth.src': 'src MAC',
  'eth.type': 'EtherType',
  'vlan.priority': 'VLAN priority',
  'vlan.dei': 'VLAN DEI',
  'vlan.id': 'VLAN id',
  'vlan.etype': 'inner EtherType',
  'arp.hw.type': 'hardware type',
  'arp.proto.type': 'protocol type',
  'arp.hw.size': 'hardware size',
  'arp.proto.size': 'protocol size',
  'arp.opcode': 'ARP opcode',
  'arp.src.hw_mac': 'sender MAC',
  'arp.src.proto_ipv4': 'sender IP',
  'arp.dst.hw_mac': 'target MAC',
  'arp.dst.proto_ipv4': 'target IP',
  'ip.version': 'IP version',
  'ip.hdr_len': 'IP header length',
  'ip.dsfield': 'DSCP, ECN',
  'ip.len': 'IP total length',
  'ip.id': 'IP id',
  'ip.flags.rb': 'reserved flag',
  'ip.flags.df': 'DF',
  'ip.flags.mf': 'MF',
  'ip.frag_offset': 'fragment offset',
  'ip.ttl': 'TTL',
  'ip.proto': 'protocol',
  'ip.checksum': 'IP checksum',
  'ip.src': 'IP src',
  'ip.dst': 'IP dst',
  'ip.options': 'IP options',
  'icmp.type': 'ICMP type',
  'icmp.code': 'ICMP code',
  'icmp.checksum': 'ICMP checksum',
  'icmp.ident': 'ICMP id',
  'icmp.seq': 'ICMP seq',
  'icmp.mtu': 'next-hop MTU',
  'icmp.gateway': 'gateway',
  'udp.srcport': 'UDP src port',
  'udp.dstport': 'UDP dst port',
  'udp.length': 'UDP length',
  'udp.checksum': 'UDP checksum',
  'tcp.srcport': 'TCP src port',
  'tcp.dstport': 'TCP dst port',
  'tcp.seq': 'TCP seq',
  'tcp.ack': 'TCP ack',
  'tcp.hdr_len': 'TCP header length',
  'tcp.flags': 'TCP flags',
  'tcp.window_size': 'TCP window',
  'tcp.checksum': 'TCP checksum',
  'tcp.urgent_pointer': 'urgent pointer',
  'tcp.options': 'TCP options',
  'vxlan.flags': 'VXLAN flags',
  'vxlan.vni': 'VNI',
  data: 'data',
};

/** What a number of a field stands for, where it stands for something. */
const MEANINGS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'eth.type': { '0x0800': 'IPv4', '0x0806': 'ARP', '0x8100': 'VLAN', '0x86dd': 'IPv6' },
  'eth.dst': { 'ff:ff:ff:ff:ff:ff': 'broadcast' },
  'arp.opcode': { 1: 'request', 2: 'reply' },
  'arp.dst.hw_mac': { '00:00:00:00:00:00': 'not known yet' },
  'ip.proto': { 1: 'ICMP', 6: 'TCP', 17: 'UDP' },
  'icmp.type': { 0: 'echo reply', 3: 'unreachable', 8: 'echo request', 11: 'time exceeded' },
};

const QUOTED = 'quoted.';

/** What a header field is called on the page. A field of a quoted packet says so; an unknown one keeps its own name. */
function name(field: string): string {
  const own = field.startsWith(QUOTED) ? field.slice(QUOTED.length) : field;
  const known = (NAMES as Readonly<Record<string, string>>)[own] ?? own;
  return own === field ? known : `quoted ${known}`;
}

const meaning = (field: string, value: string): string | null => MEANINGS[field]?.[value] ?? null;

export const fields = { name, meaning };
