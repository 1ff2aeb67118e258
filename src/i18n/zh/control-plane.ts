import type { controlPlane as en } from '../en/control-plane';

const failures = {
  'no-interface': '没有一块启用且有地址的网卡',
  'no-pod-cidr': '它的 Node 对象没有 podCIDR',
  'outside-network': '它的 podCIDR 不在 flannel 的 Network 之内',
};

export const controlPlane: typeof en = {
  happenings: {
    'node-registered': (v) =>
      `${v.isNew ? `**${v.node}** 接入网络，` : ''}**${v.node}** 的 kubelet 注册 Node 对象${v.podCidr === null ? '，但没有分到 podCIDR' : `，controller manager 分配 **${v.podCidr}**`}。此时还没有注解，所以没有 flanneld 知道它。`,
    'node-deleted': (v) =>
      `**${v.node}** 的 Node 对象被删除。其他节点的 flanneld 都会得知；**${v.node}** 自己什么也不变。`,
    'powered-off': (v) =>
      `**${v.node}** 断电。它的 Node 对象还在，租约也还在，所以去往它的路由都还在：没有人得到通知。`,
    'address-changed': (v) =>
      `**${v.node}** 的 **${v.dev}** 由 **${v.before}** 改为 **${v.after}**。flanneld 的地址是启动时选定的，其他节点仍在用旧地址。`,
    typed: (v) =>
      v.refused === null
        ? `有人在 **${v.node}** 上输入 **${v.command}**。`
        : `有人在 **${v.node}** 上输入 **${v.command}**，被拒绝：${v.refused}`,
    'flannel-stopped': (v) =>
      `**${v.node}** 上的 flanneld 停止。它写的路由和规则仍在内核里：数据包照常通行，只是没有人再照看它们。`,
    'no-such-node': (v) => `集群里没有 **${v.node}**。`,
    'interface-chosen': (v) =>
      `**${v.node}** 上的 flanneld 启动，选用默认路由所在的网卡：**${v.dev}**，**${v.address}**。`,
    'start-failed': (v) => `**${v.node}** 上的 flanneld 无法启动：${failures[v.why]}。`,
    annotated: (v) =>
      `它给自己的 Node 对象加注解：**${v.subnet}** 在 **${v.publicIp}** 之后。${v.changed ? '这是新消息，其他节点会得知。' : '没有变化，所以没有人得到通知。'}`,
    'rules-written': (v) =>
      `它在 **${v.node}** 上写入 iptables 规则：nat 表的 FLANNEL-POSTRTG，以及 FORWARD 末尾的 FLANNEL-FWD。`,
    'subnet-env-written': (v) =>
      `它为 CNI 插件写出 /run/flannel/subnet.env：**FLANNEL_SUBNET=${v.subnet}**，**FLANNEL_MTU=${v.mtu}**。路由在这之后才写。`,
    'flannel-ready': (v) => `它把 NetworkUnavailable 置为 False（FlannelIsUp）：Pod 可以调度到 **${v.node}** 了。`,
    'lease-added': (v) => `**${v.node}** 上的 flanneld 得知一个租约：**${v.subnet}** 在 **${v.publicIp}** 之后。`,
    'lease-removed': (v) => `**${v.node}** 上的 flanneld 得知 **${v.subnet}** 的租约没有了。`,
    'lease-ignored': (v) =>
      `**${v.node}** 上的 flanneld 忽略 **${v.subnet}** 的租约：它的后端是 **${v.backend}**。不会有路由。`,
    'route-added': (v) => `它在 **${v.node}** 上添加 **${v.route}**。`,
    'route-kept': (v) => `**${v.node}** 上已经有 **${v.route}**。`,
    'route-replaced': (v) =>
      `**${v.node}** 上该子网已有 **${v.before}**。不管是谁写的，flanneld 都把它删掉，好换上 **${v.route}**。`,
    'route-refused': (v) =>
      `**${v.node}** 的内核不接受 **${v.route}**：${v.why}。flanneld 会记住它，每 10 秒再试一次。`,
    'route-removed': (v) => `它在 **${v.node}** 上删除 **${v.route}**。`,
    'route-gone-already': (v) => `**${v.node}** 上已经没有 **${v.route}** 了。`,
    'route-recovered': (v) => `**${v.node}** 上 flanneld 的 10 秒检查发现缺少 **${v.route}**，把它补上。`,
    'recovery-refused': (v) =>
      `**${v.node}** 上 flanneld 的 10 秒检查发现缺少 **${v.route}**，但内核不接受：${v.why}。日志里什么也没有，此后每 10 秒都是如此。`,
    'rules-recovered': (v) => `**${v.node}** 上 flanneld 的 5 秒检查发现规则缺失，全部重新写入。`,
    'bridge-made': (v) =>
      `第一个 Pod 来到 **${v.node}**：CNI 建立 **${v.bridge}**，地址 **${v.address}**，内核添加直连路由，ip_forward 置为 1。`,
    'pod-connected': (v) => `**${v.pod}** 得到 **${v.address}**，经 **${v.veth}** 接在 **${v.node}** 上。`,
    'cni-refused': (v) => `**${v.pod}** 在 **${v.node}** 上停在 ContainerCreating：${v.text}`,
  },
  errnos: {
    'file exists': '该子网已有一条路由',
    'network is unreachable': '下一跳不在本节点的任何链路上',
    'network is down': '设备处于 down 状态',
    'no such device': '没有这个设备',
  },
  examples: {
    join: { title: '节点加入', line: '先注册，再启动 flanneld，然后来第一个 Pod。没有注解之前什么路由都没有。' },
    delete: { title: '节点被删除', line: '其他节点删掉去往它的路由；它自己仍然到得了别人。' },
    'power-off': { title: '节点断电', line: '没有人得到通知，路由都还在，只是下一跳不再应答。' },
    'new-address': { title: '节点换了地址', line: '在它的 flanneld 重启之前都不通；之后其他节点会替换路由。' },
    stale: { title: 'flanneld 停机时有节点离开', line: '去往它的路由会一直留着。' },
    'route-deleted': { title: '手工删除一条路由', line: '10 秒之内就会恢复。' },
    'route-replaced': { title: '手工替换一条路由', line: '它会一直错下去，日志里什么也没有，直到 flanneld 重启。' },
    'link-down-up': { title: '链路断开又恢复', line: '经过它的路由全部消失；flannel 的会回来，默认路由不会。' },
    'rules-flushed': { title: 'FORWARD 被清空', line: 'flannel 的规则 5 秒之内就会恢复。' },
    forgotten: { title: '删除后重新注册', line: '没有注解就没有人给它路由，直到它的 flanneld 重启。' },
  },
};
