import { unreachable } from '../../engine/base/result';
import type { importing as en } from '../en/import';

const added: typeof en.added = {
  device: (count) => `${count} 个设备`,
  addresses: (count) => `${count} 个设备的地址`,
  routes: (count) => `${count} 张路由表`,
  neighbour: (count) => `${count} 个邻居`,
  fdb: (count) => `${count} 条 FDB 表项`,
  'port-mac': (count) => `网桥端口后的 ${count} 个 MAC 地址`,
  'peer-ifindex': (count) => `${count} 个对端 ifindex`,
  'tx-checksum': (count) => `${count} 项卸载设置`,
  sysctl: (count) => `${count} 个 sysctl`,
  netfilter: (count) => `${count} 张规则表`,
  'route-answer': (count) => `内核的 ${count} 个回答`,
  ping: (count) => `${count} 次 ping`,
  traceroute: (count) => `${count} 次 traceroute`,
  'subnet-env': () => '一个节点的 flannel 设置',
  flanneld: (count) => `${count} 行 flanneld 日志`,
  pod: (count) => `${count} 个 Pod`,
  node: (count) => `${count} 个节点`,
  'flannel-config': () => 'flannel 的配置',
};

const fields: Readonly<Record<string, string>> = {
  mac: 'MAC 地址',
  ifindex: 'ifindex',
  address: '地址',
  mtu: 'MTU',
  name: '名字',
  routes: '路由',
  host: '除地址外的一切',
  veth: 'veth 对',
  podCidr: 'podCIDR',
};

const contradictory: Readonly<Record<Parameters<typeof en.contradiction>[1], string>> = {
  mac: 'MAC 地址',
  ifindex: 'ifindex',
  mtu: 'MTU',
  master: '所属网桥',
  'peer-ifindex': '对端 ifindex',
  address: '地址',
  route: '路由',
  sysctl: 'sysctl',
  'pod-ip': 'Pod 的地址',
  'pod-node': 'Pod 所在的节点',
  'pod-cidr': 'podCIDR',
  'public-ip': 'flannel 的 public IP',
  'internal-ip': 'InternalIP',
  backend: '后端',
  network: 'flannel 的 Network',
};

const gap: typeof en.gap = (one, ip, prefix) => {
  switch (one.kind) {
    case 'assumed': {
      const { dev, field } = one.what;
      const what = dev === null ? (fields[field] ?? field) : `${dev} 的${fields[field] ?? field}`;
      return one.value === null ? `${what}：假定` : `${what}：假定为 ${one.value}`;
    }
    case 'other-end':
      return `${one.dev}：另一端是哪个 Pod`;
    case 'next-hop':
      return `${prefix} 的下一跳 ${ip}：是谁的地址`;
    case 'segment':
      return `${one.dev}：接在哪个网络上`;
    case 'forwarding':
      return 'ip_forward：按打开处理';
    case 'prefix-length':
      return `${one.dev}：网络前缀的长度；假定所有节点在同一个网络上`;
    case 'network':
      return 'flannel 的 Network：假定 Pod 没有到它的专门路由';
    default:
      return unreachable(one);
  }
};

export const importing: typeof en = {
  hosts: (nodes, pods, others) =>
    [`${nodes} 个节点`, `${pods} 个 Pod`, ...(others === 0 ? [] : [`${others} 台其他主机`])].join('，'),
  headings: {
    pieces: '读到的内容',
    contradictions: '互相矛盾之处',
    asks: '未知之处，以及能给出答案的命令',
  },
  takenFor: (tool, host) => (host === null ? tool : `${tool}，属于 ${host}`),
  unknownFormat: '没有识别为任何格式',
  added,
  nothing: '没有增加内容',
  notUnderstood: '没有读懂：',
  passedOver: (count) => `${count} 行认得，但在本模型中没有位置`,
  more: (count) => `……还有 ${count} 项`,
  contradiction: (host, field, of) =>
    [...(host === null ? [] : [`${host}：`]), contradictory[field], ...(of === null ? [] : [of])].join(' '),
  says: (text, place, taken) => `${place} 为 ${text ?? '没有'}${taken ? '（采用）' : ''}`,
  ask: (host, command) => (host === null ? command : `在 ${host} 上：${command}`),
  gap,
};
