import type { findings as en } from '../en/findings';
import { verdict } from './verdict';

const whats = { card: '网卡', bridge: '网桥', cable: 'Pod 的 veth', pod: 'Pod 自己的设备' };
const NAMES_MAX = 5;
const some = (names: readonly string[]): string =>
  names.length <= NAMES_MAX ? names.join('、') : `${names.slice(0, NAMES_MAX).join('、')} 等 ${names.length} 项`;

export const findings: typeof en = {
  kinds: {
    'route-missing': {
      title: '缺少 flannel 的路由',
      says: (v) => `**${v.node}** 没有去往 **${some(v.peers)}** 的 Pod 的路由。flannel 会写入：**${some(v.routes)}**。`,
    },
    'route-wrong': {
      title: '下一跳错误',
      says: (v) =>
        `**${v.node}** 把发往 **${v.peer}** 的 Pod 的包送到了别处：现有 **${v.actual}**，而 flannel 写的是 **${v.expected}**。flanneld 每 10 秒一次的检查修不好它：内核回答 “File exists”，日志里什么也没有。`,
    },
    'route-refusing': {
      title: '有一条拒绝路由挡在前面',
      says: (v) =>
        `在 **${v.node}** 上，去往 **${v.peer}** 的 Pod 会遇到 **${v.actual}**；flannel 写的是 **${v.expected}**。`,
    },
    'route-stale': {
      title: '残留的路由',
      says: (v) =>
        `**${v.node}** 上有 **${v.actual}**，但已没有节点拥有这个子网。flanneld 停机期间留下的路由，它不会清理。`,
    },
    'route-foreign': {
      title: '不是 flannel 写的路由',
      says: (v) =>
        `**${v.node}** 上有 **${v.actual}**，位于${v.peer === null ? ' Pod 网络之内' : ` **${v.peer}** 的子网之内`}：flannel 和网桥都不会写这样的路由。`,
    },
    'own-subnet-elsewhere': {
      title: '节点到不了自己的 Pod',
      says: (v) =>
        `**${v.node}** 应当经 **${v.bridge}** 到达 **${v.subnet}**，但路由表${v.actual === null ? '里没有它' : `写的是 **${v.actual}**`}。`,
    },
    'pod-no-route': { title: 'Pod 没有出路', says: (v) => `**${v.pod}** 没有通往自己子网之外的路由。` },
    'link-down': {
      title: '设备处于 down 状态',
      says: (v) => `**${v.host}** 的 **${v.dev}**（${whats[v.what]}）处于 down 状态，经过它的路由也随之消失。`,
    },
    'veth-off-bridge': {
      title: 'Pod 的 veth 没有接在网桥上',
      says: (v) => `在 **${v.node}** 上，**${v.pod}** 的 **${v.dev}** 不是 **${v.bridge}** 的端口。`,
    },
    'veth-unpaired': {
      title: 'veth 找不到另一端',
      says: (v) => `**${v.node}** 上的 **${v.dev}** 应当连到 **${v.peer}**，但那一端并不指回它。`,
    },
    'bridge-address': {
      title: '网桥的地址不对',
      says: (v) =>
        `**${v.node}** 上的 **${v.bridge}** ${v.actual === null ? '没有地址' : `是 **${v.actual}**`}；按 podCIDR 应为 **${v.expected}**。新的 Pod 会停在 ContainerCreating：“"${v.bridge}" already has an IP address different from ${v.expected}”。`,
    },
    'mtu-below-pods': {
      title: '途中的 MTU 小于 Pod 的',
      says: (v) =>
        `**${v.node}** 的 **${v.dev}** 只能收发 **${v.mtu}** 字节，而它的 Pod 最多会发 **${v.podMtu}** 字节。小的 ping 能通，大的传输可能卡住。`,
    },
    'mtu-differs': {
      title: '各节点的 MTU 不一致',
      says: (v) =>
        `**${v.node}** 的 **${v.dev}** 的 MTU 是 **${v.mtu}**，多数节点是 **${v.others}**。太大的包会在链路上丢失，而且没有任何通知。`,
    },
    'forwarding-off': {
      title: '节点不转发',
      says: (v) =>
        `**${v.node}** 上 **${v.key} = 0**：它的 Pod 与外界之间的包到此为止，没有任何通知。它仍然应答 ARP，也能 ping 通它自己。`,
    },
    'forward-drop': {
      title: 'FORWARD 丢弃 Pod 的包',
      says: (v) =>
        v.rule === null
          ? `**${v.node}** 上没有规则放行 Pod 网络，**FORWARD** 的默认策略又是 **DROP**。flannel 自己的规则不在。`
          : `**${v.node}** 上的规则 **${v.rule}** 丢弃 Pod 之间的包。`,
    },
    'forward-reject': {
      title: 'FORWARD 拒绝 Pod 的包',
      says: (v) => `**${v.node}** 上的规则 **${v.rule}** 排在任何放行 Pod 网络的规则之前。`,
    },
    'rp-filter-strict': {
      title: '源地址检查为严格，而回程走另一块网卡',
      says: (v) =>
        `**${v.node}** 在 **${v.dev}** 上只接受能经 **${v.dev}** 回复的发送方；而它回 **${v.peer}** 的 Pod 的路是 **${v.back}**。`,
    },
    'pod-traffic-rewritten': {
      title: '集群内部的 Pod 地址被伪装',
      says: (v) => `**${v.node}** 上的规则 **${v.rule}** 改写 Pod 到 Pod 的源地址：对方看到的是节点，不是 Pod。`,
    },
    'nodes-apart': {
      title: '节点不在同一链路上',
      says: (v) =>
        `**${some(v.nodes)}**（${v.address}）与 **${some(v.others)}**（${v.othersNet}）没有共同的链路。host-gw 让节点互为下一跳，而内核拒绝不在任何链路上的下一跳：“Nexthop has invalid gateway”。`,
    },
    'backend-mixed': {
      title: '后端类型混用',
      says: (v) =>
        `**${v.node}** 用的是 **${v.backend}**，其他节点用 **${v.others}**。双方都忽略对方的租约（“Ignoring non-${v.others} subnet: type=${v.backend}”），所以两个方向都没有路由。`,
    },
    'not-managed': {
      title: 'flannel 不认识这个节点',
      says: (v) =>
        `**${v.node}** 没有 kube-subnet-manager 注解，其他节点因此得不到它的消息。那里的 flanneld 下次启动时会补上。`,
    },
    'pod-cidr-missing': {
      title: '节点没有 podCIDR',
      says: (v) => `**${v.node}** 没有分到 podCIDR：flanneld 无法启动（“pod cidr not assigned”）。`,
    },
    'pod-cidr-outside': {
      title: 'podCIDR 不在 flannel 的 Network 之内',
      says: (v) =>
        `**${v.node}** 的 podCIDR 是 **${v.podCidr}**，不在 flannel 的 Network **${v.network}** 之内：那里的 flanneld 无法启动。`,
    },
    'pod-cidr-shared': {
      title: '两个节点用同一个 podCIDR',
      says: (v) => `**${v.node}** 和 **${v.other}** 都是 **${v.podCidr}**：只有其中一个到得了。`,
    },
    'pod-outside-cidr': {
      title: 'Pod 的地址不在所在节点的 podCIDR 之内',
      says: (v) =>
        `**${v.pod}** 的地址是 **${v.ip}**，而 **${v.node}** 的是 **${v.podCidr}**。没有谁有去往它的路由，flannel 的伪装规则也把它当作外人。`,
    },
    'public-ip-shared': {
      title: '几个节点用同一个 public IP',
      says: (v) =>
        `**${v.node}** 和 **${some(v.others)}** 都以 **${v.ip}** 为下一跳。flanneld 选中了各处都一样的网卡，例如 Vagrant 的 NAT 网卡。`,
    },
    'public-ip-elsewhere': {
      title: 'public IP 不是网卡的地址',
      says: (v) =>
        `**${v.node}** 公布的是 **${v.publicIp}**，而 **${v.dev}** 的地址是 **${v.ip}**。host-gw 不支持 NAT：flanneld 无法启动（“your PublicIP differs from interface IP”）。`,
    },
    'address-duplicate': {
      title: '一个地址，两个主人',
      says: (v) => `**${v.ip}** 同时在 **${some(v.at)}** 上：谁先应答 ARP，包就给谁。`,
    },
    'mac-duplicate': {
      title: '一个 MAC，两个主人',
      says: (v) => `**${v.mac}** 同时在 **${some(v.at)}** 上：谁最后发过帧，交换机就把帧给谁。`,
    },
  },
  remedies: {
    ...verdict.repairs,
    'delete-route': '手工删除；flannel 从不删它。',
    'restart-flannel': '重启该节点上的 flanneld：它会重新写入注解和全部路由。',
    'new-bridge': '让 CNI 重建网桥。该节点上的 Pod 要先迁走。',
    'recreate-pod': '重建这个 Pod，它会得到节点现在的 podCIDR 里的地址。',
    'choose-interface': '告诉 flanneld 用哪块网卡：--iface、--iface-regex、--iface-can-reach，或这个注解。',
    'no-overwrite': '去掉 --public-ip 或覆盖注解；或者改用能穿过 NAT 的 vxlan、wireguard。',
    'one-backend': '用同一种后端重启所有节点上的 flanneld。',
    'assign-pod-cidr': '让 controller manager 分配 podCIDR（kubeadm init --pod-network-cidr）。',
    'change-network': '让 net-conf.json 里的 Network 与集群的 Pod 网络一致。',
    'change-address': '给其中一个换一个地址。',
    'change-mac': '给其中一个换一个 MAC。',
  },
  rows: {
    right: '正确',
    missing: '缺少',
    wrong: '错误',
    stale: '残留',
    foreign: '外来',
    refused: '被内核拒绝',
    unseen: '未提供',
  },
  severities: { error: '错误', warning: '警告', note: '提示' },
  tried: (command) => `试了一下：**${command}**`,
  sees: '用户看到：',
  mends: '按下面的办法修复后，就有应答。',
  doesNotMend: '只用下面的办法还得不到应答：还有别的问题。',
  notTried: '没有试。',
  check: '检查',
  prints: (text) => `输出 ${text}`,
  repair: '修复',
  or: '或者',
  kubectl: 'kubectl',
  none: '没有发现问题。',
  count: (v) => `错误 ${v.errors} 个，警告 ${v.warnings} 个，提示 ${v.notes} 个。`,
  heading: '哪里不对',
  audit: {
    heading: '各路由表与 flannel 应写的对照',
    verdict: '结论',
    title: (node) => `${node} 的路由`,
    unknown: '没有提供它的路由表；这是 flannel 会写的。',
    allRight: (n) => `${n} 条都与 flannel 写的一致`,
    expected: 'flannel 写的',
    actual: '节点现有',
    nothing: '-',
  },
};
