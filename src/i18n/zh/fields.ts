import type { HeaderFieldName } from '../../engine/wire/types';
import type { fields as en } from '../en/fields';

const NAMES: Readonly<Record<HeaderFieldName, string>> = {
  'eth.dst': '目的 MAC',
  'eth.src': '源 MAC',
  'eth.type': 'EtherType',
  'vlan.priority': 'VLAN 优先级',
  'vlan.dei': 'VLAN DEI',
  'vlan.id': 'VLAN id',
  'vlan.etype': '内层 EtherType',
  'arp.hw.type': '硬件类型',
  'arp.proto.type': '协议类型',
  'arp.hw.size': '硬件地址长度',
  'arp.proto.size': '协议地址长度',
  'arp.opcode': 'ARP 操作码',
  'arp.src.hw_mac': '发送方 MAC',
  'arp.src.proto_ipv4': '发送方 IP',
  'arp.dst.hw_mac': '目标 MAC',
  'arp.dst.proto_ipv4': '目标 IP',
  'ip.version': 'IP 版本',
  'ip.hdr_len': 'IP 首部长度',
  'ip.dsfield': 'DSCP、ECN',
  'ip.len': 'IP 总长度',
  'ip.id': 'IP id',
  'ip.flags.rb': '保留标志',
  'ip.flags.df': 'DF',
  'ip.flags.mf': 'MF',
  'ip.frag_offset': '分片偏移',
  'ip.ttl': 'TTL',
  'ip.proto': '上层协议',
  'ip.checksum': 'IP 校验和',
  'ip.src': '源 IP',
  'ip.dst': '目的 IP',
  'ip.options': 'IP 选项',
  'icmp.type': 'ICMP 类型',
  'icmp.code': 'ICMP 代码',
  'icmp.checksum': 'ICMP 校验和',
  'icmp.ident': 'ICMP id',
  'icmp.seq': 'ICMP 序号',
  'icmp.mtu': '下一跳 MTU',
  'icmp.gateway': '网关',
  'udp.srcport': 'UDP 源端口',
  'udp.dstport': 'UDP 目的端口',
  'udp.length': 'UDP 长度',
  'udp.checksum': 'UDP 校验和',
  'tcp.srcport': 'TCP 源端口',
  'tcp.dstport': 'TCP 目的端口',
  'tcp.seq': 'TCP 序号',
  'tcp.ack': 'TCP 确认号',
  'tcp.hdr_len': 'TCP 首部长度',
  'tcp.flags': 'TCP 标志',
  'tcp.window_size': 'TCP 窗口',
  'tcp.checksum': 'TCP 校验和',
  'tcp.urgent_pointer': '紧急指针',
  'tcp.options': 'TCP 选项',
  'vxlan.flags': 'VXLAN 标志',
  'vxlan.vni': 'VNI',
  data: '数据',
};

/** 数值的含义。 */
const MEANINGS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'eth.type': { '0x0800': 'IPv4', '0x0806': 'ARP', '0x8100': 'VLAN', '0x86dd': 'IPv6' },
  'eth.dst': { 'ff:ff:ff:ff:ff:ff': '广播' },
  'arp.opcode': { 1: '请求', 2: '应答' },
  'arp.dst.hw_mac': { '00:00:00:00:00:00': '尚不知道' },
  'ip.proto': { 1: 'ICMP', 6: 'TCP', 17: 'UDP' },
  'icmp.type': { 0: 'echo reply', 3: '不可达', 8: 'echo request', 11: 'TTL 超时' },
};

const QUOTED = 'quoted.';

function name(field: string): string {
  const own = field.startsWith(QUOTED) ? field.slice(QUOTED.length) : field;
  const known = (NAMES as Readonly<Record<string, string>>)[own] ?? own;
  return own === field ? known : `引用的 ${known}`;
}

const meaning = (field: string, value: string): string | null => MEANINGS[field]?.[value] ?? null;

export const fields: typeof en = { name, meaning };
