import type { events as en } from '../en/events';

export const events: typeof en = {
  'command-started': {
    lead: (v) => `**${v.host}** 执行 **${v.command}**。`,
    why: (v) => `**${v.ip}** 是 ${v.owner}。${v.host} 并不知道这一点，它的内核手里只有一张路由表。`,
  },
  printed: {
    lead: (v) => `**${v.host}** 输出：${v.text}`,
    leadBlank: (v) => `**${v.host}** 输出一个空行。`,
    whyNoRouter: (v) => `ttl=**${v.ttl}**：应答没有经过任何路由器。`,
    whyRouters: (v) => `ttl=**${v.ttl}**：应答发出时是 **${v.initial}**，途中 **${v.routers}** 台路由器各减 1。`,
    whyFrom: (v) => `From 后面的地址就是放弃转发的那一方：**${v.ip}** 是 **${v.owner}**。`,
    whyFromSelf: (v) => `From 后面的地址就是 **${v.host}** 自己：是它自己的内核放弃的，线路上并没有 ICMP 差错。`,
  },
  'command-ended': {
    lead: (v) => `**${v.command}** 在 **${v.host}** 上结束，退出状态为 **${v.status}**。`,
    whyPing: { 0: '至少收到了一个应答。', 1: '没有收到任何应答。', 2: '根本没能发送。' },
  },
  configured: {
    lead: (v) => `在 **${v.host}** 上，**${v.command}** 已生效。`,
    leadRefused: (v) => `在 **${v.host}** 上，**${v.command}** 被拒绝：**${v.answer}**`,
  },

  'packet-made': {
    leadArpRequest: (v) => `**${v.host}** 向链路上所有人询问：谁是 **${v.target}**？请告诉 **${v.sender}**。`,
    whyArpRequest: (v) =>
      `封装成帧需要目的 MAC，所以 **${v.waiting}** 要等到答复才能发出。询问是广播，任何路由器都不会转发它。`,
    whyArpRequestPlain: '封装成帧需要目的 MAC。询问是广播，任何路由器都不会转发它。',
    leadArpProbe: (v) => `**${v.host}** 按已知的 MAC 单独询问 **${v.target}**：还是你吗？`,
    whyArpProbe: '这个表项用了 5 秒仍未得到确认，状态由 DELAY 变为 PROBE：每秒发一个单播 ARP 请求，最多 3 次。',
    leadArpReply: (v) => `**${v.host}** 答复 **${v.target}**：**${v.sender}** 就在我的 MAC 上。`,
    whyArpReply: '答复是单播，只有询问者收得到。',
    leadEchoRequest: (v) =>
      `**${v.host}** 生成 echo request **seq ${v.seq}**：**${v.src} → ${v.dst}**，TTL **${v.ttl}**，IP id **${v.id}**，DF ${v.df ? '置位' : '未置位'}。`,
    whyEchoRequest: '这两个地址一路不变；TTL 表示还能经过几台路由器。',
    leadEchoReply: (v) =>
      `**${v.host}** 生成 echo reply **seq ${v.seq}**：**${v.src} → ${v.dst}**，TTL **${v.ttl}**，IP id **${v.id}**。`,
    whyEchoReply: '这是一个新的数据包：TTL 重新开始，IP id 是它自己的；ICMP id、seq 和数据照抄请求。',
    leadIcmpError: (v) => `**${v.host}** 以 **${v.src}** 的身份通知 **${v.dst}**：**${v.name}**（ICMP ${v.number}）。`,
    whyIcmpError: (v) => `差错报文引用了出问题的数据包的开头：**${v.about}**。`,
    whyIcmpErrorRouter: (v) =>
      `差错报文引用了出问题的数据包的开头：**${v.about}**。**${v.src}** 是通往发送方的那个接口的地址。`,
    leadUdp: (v) =>
      `**${v.host}** 生成一个 UDP 数据报：**${v.src} → ${v.dst}**，端口 **${v.ports}**，TTL **${v.ttl}**。`,
    leadTcp: (v) =>
      `**${v.host}** 生成一个 TCP 报文段 **${v.flags}**：**${v.src} → ${v.dst}**，数据 **${v.bytes}** 字节，TTL **${v.ttl}**。`,
    leadFragment: (v) =>
      `**${v.host}** 生成一个分片：数据从第 **${v.offset}** 字节开始，${v.more ? '后面还有分片（MF 置位）' : '这是最后一片（MF 未置位）'}。`,
    whyFragment: '同一个数据包的所有分片带有相同的 IP id；只有目的主机才会重组。',
    leadTunnel: (v) => `**${v.host}** 生成外层 **${v.how}** 数据包：**${v.src} → ${v.dst}**。`,
    whyTunnel: 'host-gw 没有这个外层包：它的帧里就是 Pod 地址本身。',
    leadPlain: (v) => `**${v.host}** 生成 **${v.packet}**。`,
  },

  delivered: {
    'icmp-echo': (v) => `**${v.packet}** 到达终点：**${v.dst}** 就是 **${v.host}** 自己。到达时 TTL 为 **${v.ttl}**。`,
    'why-icmp-echo': 'echo request 由内核直接应答，不需要任何进程。',
    ping: (v) => `**${v.packet}** 交给 **${v.host}** 里的 **ping** 进程，TTL 为 **${v.ttl}**。`,
    'icmp-error': (v) => `**${v.host}** 收下 **${v.packet}**，到达时 TTL 为 **${v.ttl}**。`,
    'why-icmp-error': '其中的引用说明了是哪个数据包失败，内核据此知道该通知哪个进程。',
    udp: (v) => `**${v.packet}** 交给 **${v.host}** 里正在监听的 UDP 套接字，TTL 为 **${v.ttl}**。`,
    tcp: (v) => `**${v.packet}** 交给 **${v.host}** 的 TCP，TTL 为 **${v.ttl}**。`,
    traceroute: (v) => `**${v.packet}** 交给 **${v.host}** 里的 **traceroute** 进程，TTL 为 **${v.ttl}**。`,
    ip: (v) => `**${v.packet}** 到达 **${v.host}**，但没有谁处理它的协议。`,
  },
  dropped: { lead: (v) => `**${v.packet}** 止于 **${v.host}**：${v.because}` },
  'error-withheld': { lead: (v) => `**${v.host}** 没有就 **${v.packet}** 发出差错报文：${v.because}` },

  'frame-sent': {
    leadNic: (v) => `从 **${v.host} ${v.dev}** 发到 **${v.segment}**：源 MAC ${v.src}，目的 MAC ${v.dst}。`,
    leadUnplugged: (v) => `从 **${v.host} ${v.dev}** 发出，源 MAC ${v.src}，目的 MAC ${v.dst}；但没有插网线。`,
    leadVeth: (v) => `从 **${v.host} ${v.dev}** 发到 veth 的另一端 **${v.peer}**：源 MAC ${v.src}，目的 MAC ${v.dst}。`,
    whyVeth: 'veth 对就是一根网线：帧的内容不变。',
    leadBridge: (v) => `**${v.host}** 把帧交给自己的网桥 **${v.dev}**：源 MAC ${v.src}，目的 MAC ${v.dst}。`,
    leadTunnel: (v) => `交给 **${v.host}** 的隧道设备 **${v.dev}**：源 MAC ${v.src}，目的 MAC ${v.dst}。`,
    leadLoopback: (v) => `**${v.host}** 通过 **${v.dev}** 发给自己。`,
    whyRouted: (v) => `两个 MAC 都换了，只在这段链路上有效；IP 地址仍是 **${v.ips}**。`,
    whyFirst: (v) => `MAC 指的是下一跳，IP 地址指的是两端：**${v.ips}**。`,
  },
  'frame-received': {
    lead: (v) => `**${v.host} ${v.dev}** 收到一个发往 MAC ${v.dst} 的帧。`,
    leadOwn: (v) => `**${v.host} ${v.dev}** 收下一个发往自己 MAC **${v.dst}** 的帧。`,
    whySame: (v) => `这就是 **${v.from}** 发出的那个帧，一个比特都没变：交换机不改 MAC、TTL 和校验和。`,
    whyBroadcast: '目的 MAC 是广播地址，链路上人人都收。',
    whyPort: (v) =>
      `**${v.dev}** 是网桥 **${v.bridge}** 的端口：什么帧都收，收到就交给网桥。它自己的 MAC 不出现在任何帧里。`,
    whyBridge: '网桥设备就是节点自己接在网桥上的端口：从这里起由节点自己的协议栈处理。',
    whyOther: '目的 MAC 不是它自己。',
  },

  'mac-learned': {
    lead: (v) => `**${v.bridge}** 从源 MAC 学到：${v.mac} 在端口 **${v.port}** 后面。`,
    why: '以后发往该 MAC 的帧只从这个端口出去，不再发往所有端口。',
    whyMoved: (v) => `之前它在 **${v.before}** 后面；转发表（FDB）表项立即迁移。`,
  },
  bridged: {
    leadBroadcast: (v) => `广播帧：**${v.bridge}** 把副本从 **${v.ports}** 发出。`,
    leadUpOnly: (v) => `广播帧：**${v.bridge}** 没有别的端口可发。`,
    whyCopyUp: (v) => `另有一份向上交给 **${v.host}** 自己的协议栈。`,
    whyHairpin: (v) =>
      `**${v.port}** 正是它进来的端口：flannel 的 CNI 打开了 hairpin 模式，发送方会听到自己的广播。在那里抓包会看到两次，但并没有发送两次。`,
    leadKnown: (v) => `**${v.bridge}** 知道 ${v.mac} 在端口 **${v.port}** 后面：帧只从那里出去。`,
    whyBridgedOnly: '桥接不改动帧：MAC、TTL、校验和都不变。',
    leadSamePort: (v) => `**${v.bridge}** 知道 ${v.mac} 就在 **${v.port}** 后面，而帧正是从那里来的：无处可发。`,
    leadOwn: (v) => `**${v.mac}** 就是 **${v.bridge}** 自己：不发往任何端口，向上交给 **${v.host}** 的协议栈。`,
    whyOwn: '交换到此为止，路由从这里开始。',
    leadFlooded: (v) => `**${v.bridge}** 不认识 ${v.mac}：从 **${v.ports}** 泛洪。`,
    leadNowhere: (v) => `**${v.bridge}** 不认识 ${v.mac}，也没有别的端口：帧止于此。`,
    lanWhy: '交换机只看 MAC；Pod 地址对它没有意义。',
  },
  'arp-read': {
    answer: (v) => `**${v.target}** 是 **${v.host}** 的地址，它将答复 **${v.sender}**。`,
    proxy: (v) =>
      `**${v.target}** 不是 **${v.host}** 的地址，但它有到那里的路由，且开启了 proxy ARP：它将用自己的 MAC 答复 **${v.sender}**。`,
    take: (v) => `**${v.host}** 读取答复：**${v.sender}** 的 MAC 是 ${v.mac}。`,
    ignoreOwn: (v) => `**${v.host}** 忽略它：询问 **${v.target}** 的正是自己，是网桥把它送了回来。`,
    ignore: (v) => `**${v.host}** 忽略它：**${v.sender}** 询问的 **${v.target}** 不是它的地址。`,
    ignoreReply: (v) => `**${v.host}** 忽略关于 **${v.sender}** 的答复：它没有问过。`,
  },

  'neighbour-looked-up': {
    leadUse: (v) => `**${v.host}** 的邻居表：**${v.dev}** 上 **${v.ip}** 的 MAC 是 ${v.mac}，状态 **${v.state}**。`,
    whyUse: '这个 MAC 将成为帧的目的 MAC。',
    whyUseStale: 'STALE 表示已知但近期未确认：照用，随后再核实。',
    whyUseUnsure: (v) => `${v.state}：正在核实，失败之前仍使用这个 MAC。`,
    leadUseNone: (v) => `**${v.host}** 的 **${v.dev}** 发往 **${v.ip}** 不需要 MAC。`,
    leadAsk: (v) =>
      `**${v.host}** 的邻居表：**${v.dev}** 上没有 **${v.ip}** 的表项。**${v.packet}** 先等待，由 ARP 去询问。`,
    leadAskFailed: (v) =>
      `**${v.host}** 的邻居表：**${v.dev}** 上 **${v.ip}** 的状态是 **FAILED**。**${v.packet}** 先等待，ARP 重新询问。`,
    leadWait: (v) =>
      `**${v.host}** 的邻居表：**${v.dev}** 上 **${v.ip}** 的状态是 **INCOMPLETE**，已在询问。**${v.packet}** 排队等待。`,
    whyNextHop: (v) => `ARP 询问的是下一跳 **${v.ip}**，而不是目的地址 **${v.dst}**，后者在另一段链路上。`,
  },
  'neighbour-changed': {
    asked: (v) =>
      `**${v.host} ${v.dev}** 上的 **${v.ip}** 变为 **INCOMPLETE**：发出第 **${v.sent}** 次询问，最多 3 次。`,
    answered: (v) => `**${v.host} ${v.dev}** 上的 **${v.ip}**：**${v.before} → REACHABLE**，MAC ${v.mac}。`,
    'why-answered': '等待这个 MAC 的数据包现在可以发出。',
    'why-answered-probe': '单播询问得到了答复：表项得到确认。',
    'heard-request': (v) =>
      `**${v.host}** 从询问中得知询问者：**${v.dev}** 上 **${v.ip}** 的 MAC 是 ${v.mac}，状态 **STALE**。`,
    'why-heard-request': '只是听到，尚未确认。回程因此不需要再发 ARP。',
    'used-while-stale': (v) => `**${v.host} ${v.dev}** 上的 **${v.ip}**：**STALE → DELAY**，因为正在被使用。`,
    'why-used-while-stale': '如果 5 秒内没有得到确认，内核就直接询问对方。',
    'delay-over': (v) => `**${v.host} ${v.dev}** 上的 **${v.ip}**：**DELAY → PROBE**。5 秒过去仍未确认。`,
    'why-delay-over': '转发数据包或应答 ping 都不算对邻居的确认；ARP 答复才算。',
    'asked-again': (v) =>
      `**${v.host} ${v.dev}** 上的 **${v.ip}** 仍无答复（**${v.state}**）：发出第 **${v.sent}** 次询问，最多 3 次。`,
    'no-answer': (v) => `**${v.host} ${v.dev}** 上的 **${v.ip}**：3 次询问无人答复，**${v.before} → FAILED**。`,
    'why-no-answer': '等待这个 MAC 的所有数据包同时失败。',
    'why-no-answer-probe': '这个 MAC 被遗忘；下一个数据包会重新从广播询问开始。',
    aged: (v) => `**${v.host} ${v.dev}** 上的 **${v.ip}**：30 秒未确认，**REACHABLE → ${v.after}**。`,
    configured: (v) => `**${v.host} ${v.dev}** 上的 **${v.ip}** 由人工设定：MAC ${v.mac}，**PERMANENT**。`,
  },

  'route-looked-up': {
    leadLocal: (v) => `**${v.dst}** 就是 **${v.host}** 自己的地址（${v.dev}）：数据包已到达终点。`,
    whyLocal: 'local 表先于 ip route 显示的路由被查询。',
    leadLocalSend: (v) => `**${v.dst}** 就是 **${v.host}** 自己的地址（${v.dev}）：数据包不会离开本机。`,
    leadBroadcast: (v) => `**${v.dst}** 是 **${v.host} ${v.dev}** 的广播地址。`,
    leadOne: (v) => `**${v.dst}** 只匹配一行，**${v.row}**：${v.hop}`,
    leadMany: (v) => `**${v.dst}** 匹配 **${v.count}** 行，按最长前缀匹配，**${v.row}** 胜出，因此${v.hop}`,
    leadMetric: (v) => `**${v.dst}** 匹配多行 **${v.row}**，metric **${v.metric}** 最小，因此${v.hop}`,
    leadDefault: (v) => `除默认路由外没有任何一行匹配 **${v.dst}**，因此${v.hop}`,
    hopVia: (v) => `下一跳是 **${v.via}**${v.owner === null ? '' : `（${v.owner}）`}，从 **${v.dev}** 出去。`,
    hopOnLink: (v) => `它就在这段链路上：下一跳就是 **${v.dst}** 本身，从 **${v.dev}** 出去。`,
    hopRefused: (v) => `该行的类型是 **${v.type}**。`,
    leadNone: (v) => `**${v.host}** 的 **${v.rows}** 行路由都不匹配 **${v.dst}**，也没有默认路由。`,
    why: {
      and: (v) => `${v.dst} & ${v.mask} = ${v.masked}，匹配`,
      beats: (v) => `/${v.len} 胜过 ${v.beaten}`,
      hostGw: (v) =>
        `这一行就是 host-gw：flanneld 按 **${v.node}** 的租约（lease）${v.subnet} 写入。没有隧道，也没有 NAT。`,
      connected: (v) => `这一行是 ${v.dev} 配上地址时由内核写入的。`,
      podDefault: '凡是本子网以外的目的地，Pod 都从同一个网关出去：所在节点的 cni0。',
      noLease: 'Pod 地址本该匹配 flannel 写的某一行；这里却被默认路由带走，而且不会有任何报错。',
      answer: (v) => `这是 **${v.host}** 在为自己的答复查找回程路由。`,
    },
  },
  'source-checked': {
    leadStrict: (v) =>
      `**${v.host} ${v.dev}** 上 rp_filter=1：${v.back === null ? `没有回到 **${v.src}** 的路由` : `回到 **${v.src}** 的路由从 **${v.back}** 出去`}，${v.passed ? '正是它进来的设备：通过。' : '不是它进来的设备：拒绝。'}`,
    leadLoose: (v) =>
      `**${v.host} ${v.dev}** 上 rp_filter=2：${v.back === null ? `根本没有到 **${v.src}** 的路由：拒绝。` : `存在到 **${v.src}** 的路由，从 **${v.back}** 出去：通过。`}`,
  },
  'forwarding-checked': {
    on: (v) => `入口设备 **${v.dev}** 的转发已开启：**${v.host}** 可以转发 **${v.packet}**。`,
    off: (v) => `入口设备 **${v.dev}** 的转发已关闭：**${v.host}** 不会转发 **${v.packet}**。`,
    whyOn: 'net.ipv4.ip_forward = 1，节点因此成为一台路由器。',
    whyOff: 'net.ipv4.ip_forward = 0：节点只是一台普通主机，只收发往自己的数据包。',
  },
  'ttl-lowered': {
    lead: (v) =>
      `**${v.host}** 作为路由器转发，所以 TTL **${v.from} → ${v.to}**，IP 校验和随之改变：**${v.sumFrom} → ${v.sumTo}**（${v.delta}）。`,
    why: 'TTL 位于 16 位字的高字节：它减 1，反码和就加 0x0100。源地址和目的地址不变。',
  },
  'mtu-checked': {
    fits: (v) => `数据包长 **${v.bytes}** 字节，**${v.dev}** 的 MTU 是 **${v.mtu}**：放得下。`,
    tooBig: (v) => `数据包长 **${v.bytes}** 字节，**${v.dev}** 的 MTU 只有 **${v.mtu}**，而 DF 禁止分片。`,
    cut: (v) => `数据包长 **${v.bytes}** 字节，**${v.dev}** 的 MTU 只有 **${v.mtu}**。DF 未置位，将被分片。`,
    why: 'host-gw 不加任何外层头，所以 Pod 的 MTU 与网卡相同。',
  },
  'hook-passed': {
    leadEmpty: (v) => `**${v.host}** 的 **${v.hook}** 没有任何规则，由默认策略决定：**${v.verdict}**。`,
    leadPolicy: (v) =>
      `**${v.host}** 的 **${v.hook}**：读了 **${v.count}** 条规则，都没有作出决定，按默认策略 **${v.verdict}**。`,
    leadRule: (v) => `**${v.host}** 的 **${v.hook}**：规则 **${v.rule}** 匹配，**${v.verdict}**。`,
    whyBridge: '这个帧只是经过网桥，但 net.bridge.bridge-nf-call-iptables = 1，桥接的 IP 数据包也要经过 iptables。',
    whyNat: 'Pod 到 Pod 的流量由 flannel 的 RETURN 规则排除在 MASQUERADE 之外：不做 NAT。',
    verdict: { accept: 'ACCEPT', drop: 'DROP', reject: 'REJECT' },
  },
  translated: {
    lead: (v) =>
      `**${v.host}** 上的 NAT 改写了 **${v.packet}** 的${v.field === 'src' ? '源' : '目的'}地址：**${v.from} → ${v.to}**。`,
    why: 'conntrack 记下了这一对地址，以便把应答改回来。',
    whyReply: 'conntrack 把应答改了回来；进程看到的仍是它当初联系的地址。',
  },
  fragmented: {
    lead: (v) => `**${v.host}** 把 **${v.packet}** 切成 **${v.count}** 个分片，以适应 **${v.dev}**。`,
  },
  reassembled: {
    lead: (v) => `**${v.host}** 收齐了 **${v.count}** 个分片，重组出 **${v.packet}**。`,
  },
  encapsulated: {
    lead: (v) => `**${v.host}** 的 **${v.dev}** 把 **${v.packet}** 封装进外层数据包 **${v.outer}**。`,
    why: 'host-gw 没有这一步：下一跳就在同一段链路上，没有什么需要隐藏。',
  },
  decapsulated: {
    lead: (v) => `**${v.host}** 的 **${v.dev}** 拆开隧道包：里面是 **${v.inner}**。`,
  },
  'path-mtu-learned': {
    lead: (v) => `**${v.host}** 记下：发往 **${v.dst}** 的数据包最大 **${v.mtu}** 字节。`,
    why: '此后更大且 DF 置位的数据包在本机就会立即失败：message too long。',
  },
};
