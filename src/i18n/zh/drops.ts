import type { drops as enDrops, withheld as enWithheld } from '../en/drops';

export const drops: typeof enDrops = {
  'no-route': {
    title: '没有到目的地的路由',
    because: (v) => `它的路由表没有一行匹配 **${v.dst}**，连默认路由也没有。`,
    after: '路由器若有回程路由，会回 ICMP 3/0（net unreachable）；本机进程得到 “Network is unreachable”。',
  },
  'blackhole-route': {
    title: 'blackhole 路由',
    because: (v) => `匹配 **${v.dst}** 的最长一行是 **blackhole**。`,
    after: '静默丢弃：不回任何 ICMP 差错。',
  },
  'prohibit-route': {
    title: 'prohibit 路由',
    because: (v) => `匹配 **${v.dst}** 的最长一行是 **prohibit**。`,
    after: '回 ICMP 3/13；ping 显示 “Packet filtered”。',
  },
  'unreachable-route': {
    title: 'unreachable 路由',
    because: (v) => `匹配 **${v.dst}** 的最长一行是 **unreachable**。`,
    after: '回 ICMP 3/1（host unreachable）。',
  },
  'forwarding-off': {
    title: '转发已关闭',
    because: (v) => `入口设备 **${v.dev}** 的转发已关闭。`,
    after: '静默丢弃：不回 ICMP 差错，只有计数器 IpInAddrErrors 增加。',
  },
  'source-not-reachable': {
    title: '反向路径过滤（rp_filter）',
    because: (v) =>
      v.mode === 1
        ? `rp_filter=1，而回到 **${v.src}** 的路由不从 **${v.dev}** 出去。`
        : `rp_filter=2，而没有任何路由能回到 **${v.src}**。`,
    after: '静默丢弃：不回 ICMP 差错，只有计数器 TcpExtIPReversePathFilter 增加。',
  },
  'martian-source': {
    title: '不可能的源地址（martian source）',
    because: (v) => `**${v.src}** 不可能是 **${v.dev}** 上的发送方：外来的数据包不允许使用这个地址。`,
    after: '静默丢弃；log_martians = 1 时内核会记录日志。',
  },
  'ttl-expired': {
    title: 'TTL 耗尽',
    because: (v) => `它到达时 TTL 为 **${v.ttl}**，再转发就成了 0。`,
    after: '回 ICMP 11/0（time exceeded）。traceroute 正是这样找出每一台路由器的。',
  },
  'too-big': {
    title: '超过 MTU 且 DF 置位',
    because: (v) => `**${v.bytes}** 字节放不进 MTU **${v.mtu}**，而 DF 已置位。`,
    after: '路由器回 ICMP 3/4 并附上该 MTU；若在发送方本机，内核会报 “message too long”。',
  },
  rule: {
    title: '被规则拒绝',
    because: (v) => `**${v.hook}** 中的规则 **${v.rule}** ${v.rejected ? '拒绝（REJECT）' : '丢弃（DROP）'}了它。`,
    after: 'DROP 是静默的；REJECT 会发出规则指定的 ICMP 差错。',
  },
  policy: {
    title: '被默认策略拒绝',
    because: (v) => `**${v.hook}** 中没有规则接受它，而默认策略是 **DROP**。`,
    after: '静默丢弃：不回 ICMP 差错，只有该策略的包计数增加。',
  },
  'neighbour-failed': {
    title: '下一跳没有答复 ARP',
    because: (v) => `**${v.dev}** 上的 **${v.ip}** 始终没有答复，表项状态为 **FAILED**。`,
    after: '路由器回 ICMP 3/1（host unreachable）；对本机进程，内核直接报同样的错误，线路上没有报文。',
  },
  'not-for-this-mac': {
    title: '帧发往别的 MAC',
    because: (v) => `帧的目的 MAC 是 ${v.mac}，不是这个设备。`,
    after: '泛洪之后这很正常：IP 协议栈忽略发往别人的帧。',
  },
  'link-down': {
    title: '设备未启用',
    because: (v) => `**${v.dev}** 处于 down 状态。`,
    after: 'ip link 的输出中没有 UP。',
  },
  'no-cable': {
    title: '没有插网线',
    because: (v) => `**${v.dev}** 没有插网线。`,
    after: 'ip link 显示 NO-CARRIER；经过该设备的路由仍在，带有 linkdown 标记。',
  },
  'receiver-mtu': {
    title: '超过接收方的 MTU',
    because: (v) => `帧长 **${v.bytes}** 字节，MTU 为 **${v.mtu}** 的设备收不下。`,
    after: '静默丢失：在链路上就没了，没有哪个 IP 协议栈能够报告。',
  },
  'no-tunnel-peer': {
    title: '找不到该 MAC 的隧道对端',
    because: (v) => `隧道设备的转发表（FDB）没有说明 MAC ${v.mac} 在哪里。`,
    after: '静默丢弃：这些表项由 flanneld 写入，每个节点一条。',
  },
  'no-port': {
    title: '没有可以发出的端口',
    because: (v) => `MAC ${v.mac} 就在它进来的那个端口后面，或者没有别的端口处于 up 状态。`,
    after: '静默丢弃：网桥和交换机不发 ICMP。',
  },
  'source-guard': {
    title: '该端口不允许这个源地址',
    because: (v) => `网络 **${v.segment}** 只允许端口用自己的地址发送，而 **${v.src}** 不在其中。`,
    after: '静默丢弃：由云平台或虚拟化层丢弃。ARP 和节点自身的报文都能通过，所以网络看起来一切正常。',
  },
  'not-for-this-host': {
    title: '不是本机的地址',
    because: (v) => `**${v.dst}** 不是它的地址，它也不替别人转发。`,
    after: '静默丢弃：不回 ICMP 差错，只有计数器 IpInAddrErrors 增加。',
  },
  'no-listener': {
    title: '端口未监听',
    because: (v) => `没有进程监听 ${v.protocol.toUpperCase()} 端口 **${v.port}**。`,
    after: 'UDP 回 ICMP 3/3（port unreachable）；TCP 回 RST。',
  },
  'no-process': {
    title: '没有进程在等它',
    because: (v) => `没有进程在等待这个 ${v.what}。`,
    after: '等待它的进程可能已经结束。',
    whats: { 'echo-reply': 'echo reply', 'icmp-error': 'ICMP 差错', tcp: 'TCP 报文段', udp: 'UDP 数据报' },
  },
  'incomplete-fragments': {
    title: '分片不全',
    because: () => '30 秒内没有收齐所有分片。',
    after: '已收到的分片被丢弃。',
  },
  'bad-checksum': {
    title: '校验和错误',
    because: () => '校验和与内容不符。',
    after: '静默丢弃：连地址都可能是错的，无从知道该通知谁。',
  },
};

export const withheld: typeof enWithheld = {
  'no-route-to-source': {
    because: (v) => `它没有回到发送方 **${v.ip}** 的路由。`,
    after: '因此丢包是静默的：发送方只会看到超时。',
  },
  'rate-limited': {
    because: (v) => `它最近发给 **${v.ip}** 的差错太多了。`,
    after: 'icmp_ratelimit：每个目的地一个令牌桶，容量 6 个，每秒补 1 个。',
  },
  'about-icmp-error': {
    because: () => '它本身就是 ICMP 差错报文。',
    after: '不对差错再报差错（RFC 1122 第 3.2.2 节），否则两台主机会没完没了。',
  },
  'about-fragment': {
    because: () => '它不是第一个分片。',
    after: '对第一个分片报一次差错就够了（RFC 1122 第 3.2.2 节）。',
  },
  'about-broadcast': {
    because: () => '它是发给所有人的。',
    after: '否则链路上所有主机会同时应答（RFC 1122 第 3.2.2 节）。',
  },
};
