import { formatPrefix } from '../../engine/addr/prefix';
import { unreachable } from '../../engine/base/result';
import type { commands as en } from '../en/commands';

const OPTIONS: Readonly<Record<string, string>> = {
  ping: '-c -i -s -t -W -M do|dont|want -Q -I -n',
  traceroute: '-n -I -m -q -w',
  curl: '-s -m，以及 http://地址:端口/',
  nc: '-u -w 地址 端口',
  ip: 'route add|replace|del … 和 link set …',
  'ip route': 'add、replace、del',
  'ip link': 'set 设备 up|down|mtu N|master 网桥|nomaster',
  sysctl: '-w 键=数字',
  iptables: '-t filter|nat、-P、-A、-I、-D、-N、-F',
};

const KNOWN = 'ping、traceroute、curl、nc -u、ip route、ip link set、sysctl -w、iptables';

const MISSING = {
  destination: (command: string): string => `${command}：缺少目的地址。`,
  count: (command: string): string => `${command} 不带 -c 就不会结束。加上 -c 4 发四个包，相当于按 Ctrl-C 停下。`,
  port: (command: string): string =>
    command === 'nc' ? '这里的 nc 只用于 UDP：nc -u -w1 地址 端口。' : `${command}：缺少端口。`,
};

const error: typeof en.error = (what, address) => {
  switch (what.kind) {
    case 'no-host':
      return '请先输入命令。';
    case 'unknown-host':
      return `集群中没有主机 ${what.host}。`;
    case 'unknown-command':
      return `这里没有命令 ${what.command}，可用的有：${KNOWN}。`;
    case 'unknown-option': {
      const known = OPTIONS[what.command];
      return `${what.command}：这里不支持 ${what.option}。${known === undefined ? '' : `支持：${known}。`}`;
    }
    case 'bad-value':
      return address === null
        ? `${what.command}：“${what.value}”不能作为 ${what.option} 的值。`
        : `${what.command}：这里没有 DNS，${what.value} 的地址是 ${address}。`;
    case 'missing':
      return MISSING[what.what](what.command);
    case 'refused':
      return `${what.host} 拒绝了 ${what.command}：${what.text}`;
    case 'no-card':
      return `${what.host} 没有带地址、插着网线的网卡。`;
    case 'no-router':
      return `${what.host} 所在的网段上没有路由器。`;
    case 'unknown-segment':
      return `集群中没有网络 ${what.segment}。`;
    case 'no-pod-network':
      return `看不出 ${what.host} 的 Pod 网段。`;
    case 'network-full':
      return `${formatPrefix(what.network)} 里没有空闲地址。`;
    case 'no-node-to-follow':
      return `${what.segment} 上没有可以参照的节点。`;
    default:
      return unreachable(what);
  }
};

export const commands: typeof en = {
  label: '命令',
  host: '主机',
  hostGroups: { pod: 'Pod', node: '节点', router: '路由器', machine: '其他机器' },
  command: '在这台主机上输入的命令',
  placeholder: 'ping -c 3 …',
  hint: '回车运行；↑ 和 ↓ 找回以前的命令',
  run: '运行',
  examples: '示例',
  examplesLabel: '可以试试的命令',
  error,
  example: {
    ping: 'ping 三次：第一次之后邻居都已学到',
    back: '反方向',
    'from-node': '从节点自己发出：源地址不同',
    'full-size': '能放下的最大包，且不许分片',
    hops: '路上的每一台路由器',
    tcp: 'TCP，目的端口无人监听',
    udp: 'UDP，目的端口无人监听',
    'no-route': '删去通往另一节点的路由',
    'no-forwarding': '另一节点不再转发',
    refuse: '拒绝 ping，并告知发送方',
    'bridge-down': '另一节点的网桥停用',
  },
};
