import type { wire as en } from '../en/wire';

export const wire: typeof en = {
  title: '同一次 ping 在线路上的样子',
  what: 'ping 的第一帧离开节点时的样子，逐个首部列出，取自模型自己的字节。host-gw 只改写 MAC，什么都不加；隧道则把数据包装进另一个数据包里。',
  bytes: (n) => `${n} 字节`,
  more: (n) => (n === 0 ? '没有增加' : `比 host-gw 多 ${n} 字节`),
  at: ({ host, dev }) => `在 ${host} ${dev}`,
  notOnWire: ({ host, dev }) => `不经过任何网线：两个 Pod 由网桥相连；这是 ${host} ${dev} 发出的帧`,
  mtu: (n) => `Pod 的 MTU：${n}`,
  now: '当前显示',
  show: '查看',
  showLabel: (mode) => `查看 ${mode}`,
  none: '没有数据包离开 Pod。',
  layer: {
    ethernet: '以太网',
    vlan: 'VLAN',
    arp: 'ARP',
    ipv4: 'IP',
    icmp: 'ICMP',
    udp: 'UDP',
    tcp: 'TCP',
    vxlan: 'VXLAN',
    payload: '数据',
    unreadable: '?',
  },
  added: '隧道加上的',
  modes: {
    'host-gw': 'host-gw：下一跳就是另一节点的 MAC',
    vxlan: 'vxlan：Pod 的以太网帧装进 UDP，从节点到节点',
    ipip: 'ipip：Pod 的 IP 包装进另一个 IP 包',
    'same-node': '同节点的两个 Pod：只经过交换，TTL 不变',
  },
};
