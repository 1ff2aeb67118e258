import { unreachable } from '../../engine/base/result';
import type { changes as en } from '../en/changes';

const edit: typeof en.edit = (what) => {
  switch (what.kind) {
    case 'line': {
      const colon = what.line.indexOf(':');
      return { host: what.line.slice(0, colon), text: what.line.slice(colon + 1).trim() };
    }
    case 'split-lan':
      return { host: null, text: `${what.host} 移到路由器后面的另一个子网` };
    case 'second-link':
      return { host: null, text: `${what.a} 与 ${what.b} 之间加一条网线` };
    case 'source-guard':
      return {
        host: null,
        text: what.on
          ? `网络 ${what.segment} 只允许端口用自己的地址发送`
          : `网络 ${what.segment} 允许端口用任意地址发送`,
      };
    case 'add-pod':
      return { host: null, text: `在 ${what.node} 上新增一个 Pod` };
    case 'add-node':
      return { host: null, text: `在 ${what.segment} 上新增一个节点` };
    case 'plug':
      return {
        host: null,
        text:
          what.segment === null
            ? `拔掉 ${what.host} ${what.dev} 的网线`
            : `把 ${what.host} ${what.dev} 的网线插到 ${what.segment}`,
      };
    case 'place':
      return { host: null, text: `在图中移动了 ${what.host}` };
    case 'lay-out':
      return { host: null, text: '重新排布了图' };
    case 'watch':
      return { host: null, text: `查看从 ${what.from} 到 ${what.to} 的路` };
    case 'listen': {
      const { protocol, port } = what.listener;
      return { host: null, text: `${what.host} 上有服务监听 ${protocol.toUpperCase()} 端口 ${port}` };
    }
    default:
      return unreachable(what);
  }
};

export const changes: typeof en = {
  here: '在这里改动',
  break: '制造故障',
  breakLabel: '可选的故障',
  breakHint: '点一下就弄坏集群；每个故障都能撤销，也可以同时制造几个。',
  groups: {
    route: '路由',
    link: '邻居与链路',
    node: '节点设置',
    firewall: '防火墙与 NAT',
    size: '包长与 TTL',
  },
  done: '已经如此',
  notHere: '这里不适用',
  sameNode: '命令的两端在同一个节点上，节点之间的故障影响不到它。',
  mode: '数据包如何从节点到节点',
  modes: {
    'host-gw': 'host-gw',
    vxlan: 'vxlan（对比）',
    ipip: 'ipip（对比）',
    'same-node': '同节点的两个 Pod',
  },
  events: '控制面',
  eventsLabel: 'flanneld 做了什么',
  bar: '对集群的改动',
  count: (n) => `${n} 处改动`,
  edit,
  asks: (command) => `改为询问 ${command}`,
  typed: '手动输入',
  takeBack: (what) => `撤回：${what}`,
  undo: '撤销',
  redo: '重做',
  undoKeys: 'Ctrl + Z',
  redoKeys: 'Ctrl + Shift + Z',
  reset: '重置',
  resetLabel: '重置集群和命令',
};
