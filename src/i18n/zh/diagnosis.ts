import type { Values } from '../../engine/diagnosis/finding';
import type { diagnosis as en } from '../en/diagnosis';
import { verdict } from './verdict';

const what = (v: Values): string => (v.about === 'reply' ? '应答' : '请求');
const given = (value: string | number | undefined): boolean => value !== '' && value !== undefined;

const ICMP: Readonly<Record<string, string>> = {
  '3/0': '网络不可达',
  '3/1': '主机不可达',
  '3/2': '协议不可达',
  '3/3': '端口不可达',
  '3/4': '需要分片',
  '3/9': '禁止访问该网络',
  '3/10': '禁止访问该主机',
  '3/13': '数据包被过滤',
  '5/0': '网络重定向',
  '5/1': '主机重定向',
  '11/0': 'TTL 耗尽',
  '11/1': '重组超时',
};
const icmp = (v: Values): string => `ICMP ${v.type}/${v.code}（${ICMP[`${v.type}/${v.code}`] ?? '差错'}）`;

const WHY: Readonly<Record<string, string>> = {
  empty: '该文件是空的',
  'starts-later': '该文件开始得更晚',
  'ends-earlier': '该文件结束得更早',
  gap: '该文件只是缺了它',
};

export const diagnosis: typeof en = {
  findings: {
    'no-packets': (v) => `这些文件（${v.points}）里既没有 IP 数据包，也没有 ARP 询问。`,
    'lost-between': (v) =>
      v.place === 'beyond'
        ? `${v.of} 个${what(v)}中有 ${v.packets} 个最后出现在 ${v.from}，交给了 ${v.host}；没有应答，后面也没有抓包点。`
        : v.place === 'on-link'
          ? `${v.of} 个${what(v)}中有 ${v.packets} 个在 ${v.from} 处发往 ${v.host}，而 ${v.to} 处没有：丢在链路上。`
          : `${v.of} 个${what(v)}中有 ${v.packets} 个最后出现在 ${v.from}，没有出现在 ${v.to}；没有应答，也没有差错：丢在 ${v.host} 内部。`,
    'reply-missing': (v) =>
      `${v.of} 个${what(v)}中有 ${v.packets} 个到了 ${v.dst}（最后出现在 ${v.from}），却没有任何应答回来。`,
    'icmp-error': (v) =>
      `${v.host} 从 ${v.from} 向 ${v.to} 发了 ${v.packets} 次 ${icmp(v)}，说的是发往 ${v.dst} 的${what(v)}；引用中的 TTL 是 ${v.quotedTtl}${given(v.mtu) ? `，给出的 MTU 是 ${v.mtu}` : ''}。`,
    'arp-unanswered': (v) =>
      `${v.host}（${v.asker}）问了 ${v.times} 次谁是 ${v.target}，没有人回答；在 ${v.points} 处能听到。`,
    'other-next-hop': (v) =>
      `${v.from} 把 ${v.of} 个${what(v)}中的 ${v.packets} 个交给了 ${v.took}，而不是${given(v.to) ? ` ${v.to}` : '下一个节点'}；之后再没有出现。`,
    'hidden-router': (v) =>
      `从 ${v.from}（TTL ${v.ttlFrom}）到 ${v.to}（TTL ${v.ttlTo}），${what(v)}多经过了 ${v.routers} 台没有抓包的路由器：${v.took}${v.bothWays === 'yes' ? '，回来的也是' : ''}。`,
    'asymmetric-path': (v) => `有 ${v.packets} 个${what(v)}没有经过 ${v.point}；${v.next} 是从 ${v.by} 收到的。`,
    loop: (v) => `发往 ${v.dst} 的同一个数据包以更低的 TTL 再次出现：它在 ${v.hosts} 之间打转。`,
    redirect: (v) => `${v.host} 告诉 ${v.to}（${icmp(v)}）：去 ${v.dst} 更好的下一跳是 ${v.gateway}。`,
    'source-rewritten': (v) => `在 ${v.from} 与 ${v.to} 之间，源地址 ${v.before} 变成了 ${v.after}。`,
    'destination-rewritten': (v) => `在 ${v.from} 与 ${v.to} 之间，目的地址 ${v.before} 变成了 ${v.after}。`,
    tunnel: (v) => `在 ${v.point} 处，数据包装在 ${v.tunnel} 里，从 ${v.outerSrc} 到 ${v.outerDst}：这不是 host-gw。`,
    fragmented: (v) =>
      given(v.wholeAt)
        ? `${v.bytes} 字节的${what(v)}在 ${v.wholeAt} 处还是完整的，到 ${v.point} 处已分成最多 ${v.pieceBytes} 字节的分片。`
        : `${what(v)}以最多 ${v.pieceBytes} 字节的分片到来，最先出现在 ${v.point}。`,
    retransmission: (v) => `${v.from} 重传了 ${v.packets} 个 TCP 段。`,
    reset: (v) => `来自 ${v.from} 的 RST 结束了到 ${v.dst} 端口 ${v.port} 的连接，共 ${v.packets} 次。`,
    'zero-window': (v) => `${v.from} 关闭了 TCP 窗口（窗口为 0），共 ${v.packets} 次。`,
    'handshake-incomplete': (v) =>
      `向 ${v.dst} 端口 ${v.port} 发了 ${v.packets} 个 SYN，既没有 SYN-ACK，也没有 RST 回来。`,
    'duplicate-address': (v) => `有多个 MAC 声称自己是 ${v.ip}：${v.macs}。`,
    'duplicate-mac': (v) => `${v.point} 与 ${v.other} 用的是同一个 MAC ${v.mac}。`,
    'all-well': (v) =>
      `所见一切正常：${v.points} 个抓包点上，${v.flows} 个会话的 ${v.requests} 个请求和 ${v.replies} 个应答。`,
    'absence-unproven': (v) =>
      `${v.point} 处没有这 ${v.packets} 个数据包，但它们照样到了后面：${WHY[String(v.why)] ?? ''}，所以“没有”说明不了什么。`,
    trace: (v) => `${v.host} 从 ${v.from} 用 ${icmp(v)} 回答了 traceroute：正是它要的。`,
    'errors-rate-limited': (v) =>
      `${v.of} 个数据包只换来 ${v.packets} 个差错：Linux 对同一目的地先连发 6 个，然后每秒一个。`,
    'hairpin-echo': (v) =>
      `在 ${v.point} 处，${v.packets} 个 ARP 广播立即又回来了：网桥端口是 hairpin 模式，不是故障。`,
    'checksum-offloaded': (v) => `在 ${v.point} 处，${v.packets} 个数据包的传输层校验和留给网卡计算：没有损坏。`,
    'frames-over-mtu': (v) =>
      `在 ${v.point} 处，${v.packets} 个 TCP 帧大于 1500 字节：分段留给网卡去做（GSO），不是 MTU 故障。`,
    padding: (v) => `在 ${v.point} 处，${v.packets} 个短帧带有以太网填充。`,
    'several-devices': (v) =>
      `在 ${v.point} 处，${v.packets} 个数据包在同一主机的几个设备上各记了一次（-i any），并没有重发。`,
    'cut-short': (v) => `在 ${v.point} 处，${v.packets} 个数据包被抓包长度（tcpdump -s）截短。`,
    flooded: (v) => `在 ${v.point} 处，${v.packets} 个帧是另外两台主机之间的：交换机会泛洪还没学到的 MAC。`,
    'late-arp-probe': (v) =>
      `在 ${v.point} 处，${v.packets} 个 ARP 询问直接发给已知的 MAC：内核在使用约 5 秒后核对邻居表项。`,
    'same-at-two-points': (v) =>
      `${v.point} 与 ${v.other} 有 ${v.packets} 个完全相同的帧：同一条链路看了两次，并没有发两次。`,
  },
  causes: {
    'route-missing': (v) =>
      `**${v.host}** 没有到 **${v.net}** 的路由${given(v.took) ? `；它的默认路由把数据包交给了 **${v.took}**` : ''}${given(v.via) ? `。flannel 的路由本应经 ${v.via}` : ''}。`,
    'wrong-next-hop': (v) =>
      `**${v.host}** 到 **${v.net}** 的路由指向 **${v.took}**${given(v.via) ? `，而不是 **${v.via}**` : '，那不是这些 Pod 所在的节点'}。`,
    'nodes-not-adjacent': (v) =>
      `节点不在同一链路上：**${v.host}** 只能经路由器（**${v.took}**）到达 **${v.net}**，而 host-gw 要求它们在同一链路上。`,
    'gateway-no-route': (v) => `网关 **${v.host}** 没有到 **${v.net}** 的路由；它本来就不该承载 Pod 流量。`,
    'route-blackhole': (v) => `**${v.host}** 有一条到 **${v.net}** 的 blackhole 路由：静默丢弃。`,
    'route-prohibit': (v) => `**${v.host}** 有一条到 **${v.net}** 的 prohibit 路由。`,
    'route-unreachable': (v) => `**${v.host}** 有一条到 **${v.net}** 的 unreachable 路由。`,
    'taken-for-neighbour': (v) =>
      `**${v.host}** 在自己的链路上找 **${v.dst}**：${v.src} 这个地址的掩码太宽，或者到它的路由没有下一跳。`,
    'no-local-route': (v) => `**${v.host}** 自己就没有路由：什么也发不出来（“Network is unreachable”）。`,
    'forwarding-off': (v) => `**${v.host}** 的转发是关闭的（net.ipv4.ip_forward = 0）。`,
    'forward-drop': (v) => `**${v.host}** 的 FORWARD 链因默认策略或某条规则而丢弃它。`,
    'forward-reject': (v) => `**${v.host}** 的 FORWARD 链里有 REJECT 规则拒绝它。`,
    'bridge-netfilter': (v) =>
      `**${v.host}** 的 FORWARD 链丢弃了只是经网桥转发的包（net.bridge.bridge-nf-call-iptables = 1）。`,
    'rp-filter': (v) => `**${v.host}** 的 rp_filter：回到 **${v.src}** 的路由不从数据包进来的设备出去。`,
    'source-guard': (v) =>
      `**${v.from}** 与 **${v.to}** 之间的网络丢弃源地址 **${v.src}** 不属于该网卡的帧（云的源地址检查、端口安全）。`,
    'next-hop-down': (v) => `下一跳 **${v.next}** 没有回答：那个节点或它的链路断了。`,
    'destination-absent': (v) => `没有谁拥有 **${v.dst}**：Pod 已经没了，或者换了地址。`,
    'destination-down': (v) => `拥有 **${v.dst}** 的 Pod 还在，但它的设备没有启用。`,
    'veth-off-bridge': (v) => `**${v.dst}** 的 veth 没有接在 **${v.host}** 的 **${v.bridge}** 上。`,
    'bridge-down': (v) => `**${v.host}** 的 **${v.bridge}** 没有启用，或者丢了地址。`,
    'mtu-smaller': (v) =>
      `从 **${v.host}** 往前的链路${given(v.mtu) ? `最多容纳 **${v.mtu}** 字节` : '容纳得更少'}，装不下 **${v.bytes}** 字节的 IP 包。`,
    'receiver-mtu': (v) =>
      `**${v.to}** 的 MTU 小于 **${v.from}** 发送的大小（**${v.bytes}** 字节的 IP 包）：链路静默丢弃该帧。`,
    'ttl-too-small': (v) => `**${v.host}** 发送时 TTL 是 **${v.ttl}**，不够经过沿途的路由器。`,
    'routing-loop': (v) => `**${v.hosts}** 到 **${v.net}** 的路由互相指向对方。`,
    'port-closed': (v) => `**${v.host}** 的 ${v.protocol} 端口 **${v.port}** 上没有程序在监听。`,
    'destination-silent': (v) => `**${v.dst}** 收到了却不回答：它自己的防火墙，或者那里没有这个服务。`,
    'no-way-back': (v) =>
      `**${v.dst}** 没有回到 **${v.src}** 的路由：Pod 发往集群外的数据包离开 **${v.node}** 时必须换成节点自己的地址（ip-masq）。`,
    masquerade: (v) =>
      `**${v.host}** 上的 MASQUERADE 或 SNAT 规则把 **${v.before}** 改写成 **${v.after}**${v.inside === 'yes' ? '，可两端都在集群内' : '，离开集群时本该如此'}。`,
    dnat: (v) => `**${v.host}** 上的 DNAT 规则（例如 Service 的）把 **${v.before}** 转到 **${v.after}**。`,
    'overlay-vxlan': (v) => `**${v.host}** 上的 flannel 用的是 vxlan 后端。`,
    'overlay-ipip': (v) => `**${v.host}** 上的 flannel 用的是 ipip 后端。`,
    'peer-closed': (v) => `**${v.host}** 或它的客户端中断了连接。`,
    'receiver-full': (v) => `**${v.host}** 上接收数据的程序读得不够快。`,
    'packets-dropped': (v) => `**${v.from}** 与 **${v.to}** 之间丢了一些数据包。`,
    'duplicate-owner': (v) => `两台主机设了同一个地址（**${v.ip}**：${v.macs}）。`,
    'capture-started-late': (v) => `**${v.point}** 的抓包在该数据包之后才开始。`,
    'capture-ended-early': (v) => `**${v.point}** 的抓包在该数据包之前就停了。`,
    'captured-elsewhere': (v) => `**${v.host}** 的抓包用了别的接口或别的过滤条件。`,
  },
  tells: {
    'route-missing': '帧发往网关的 MAC，或者 ICMP 3/0 来自节点自己',
    'wrong-next-hop': '帧发往（或 ARP 询问）一台并非下一个节点的主机',
    'nodes-not-adjacent': '下一个节点听不到发送方的 ARP 广播，或者两个方向 TTL 都多减一次',
    'gateway-no-route': '帧到了网关就没有下文',
    'route-blackhole': '静默，`ip route get` 显示 “Invalid argument”',
    'route-prohibit': 'ICMP 3/13，引用的 TTL 与到来时一样',
    'route-unreachable': '立即得到 ICMP 3/1，引用的 TTL 与到来时一样',
    'taken-for-neighbour': 'Pod 用 ARP 直接询问另一个节点上 Pod 的地址',
    'no-local-route': '发送方连 ARP 都没有发出',
    'forwarding-off': '静默，计数器 IpInAddrErrors 增加',
    'forward-drop': '静默，FORWARD 的默认策略或规则的计数增加',
    'forward-reject':
      '路由器发出 ICMP 3/3、3/10 或 3/13，引用的 TTL 已经减过；或者由路由器以目的地址的名义发出 TCP RST',
    'bridge-netfilter': '同一节点的两个 Pod 之间 ARP 能通，IP 不通',
    'rp-filter': '静默，计数器 TcpExtIPReversePathFilter 增加',
    'source-guard': '小包也从一张网卡发出却到不了下一张；ARP 能到',
    'next-hop-down': '对下一跳的 ARP 失败，虽然它以前回答过，或者没有别人听到询问',
    'destination-absent': '该网桥上的 Pod 都听到了 ARP 询问，但没有一个回答',
    'destination-down': '连 Pod 自己的抓包里都听不到 ARP 询问',
    'veth-off-bridge': 'Pod 在发包，却听不到对它的地址的 ARP 询问',
    'bridge-down': 'Pod 询问它的网关，没有人回答',
    'mtu-smaller': 'ICMP 3/4 给出 MTU，或者完整的包进入节点、出来的是分片',
    'receiver-mtu': '链路上只丢大包，小包能过',
    'ttl-too-small': '发送方自己的抓包里 TTL 就很小',
    'routing-loop': '同一个数据包几次经过，TTL 一次比一次低',
    'port-closed': 'RST，或者目的地自己的地址发出的 ICMP 3/3',
    'destination-silent': '目的地之前的最后一个抓包里只有请求，别无其他',
    'no-way-back': '请求带着 Pod 自己的源地址到了集群外的主机',
    masquerade: '经过节点前后源地址不同，内容相同',
    dnat: '经过节点前后目的地址不同，内容相同',
    'overlay-vxlan': '数据包外面是发往端口 8472 或 4789 的 UDP',
    'overlay-ipip': '数据包外面是 IP 协议 4',
    'peer-closed': '数据传过之后才出现 RST',
    'receiver-full': '它自己的段里窗口为 0',
    'packets-dropped': '同一会话的大多数数据包都过得去',
    'duplicate-owner': '一个 ARP 询问得到几个 MAC 的回答',
    'capture-started-late': '该文件的第一个数据包更晚',
    'capture-ended-early': '该文件的最后一个数据包更早',
    'captured-elsewhere': 'tcpdump -ni any 能看到这些数据包',
  },
  shows: verdict.shows,
  repairs: verdict.repairs,
  heading: {
    evidence: '见于',
    causes: '可能的原因，最可能的在前',
    tellsApart: '区别在于',
    check: '检查',
    repair: '修复',
    fromModel: '所给集群的模型预测的正是这些帧',
    flows: '会话',
    clocks: '时钟',
    anywhere: '能用 kubectl 的地方',
  },
  severity: { error: '故障', warning: '异常', note: '说明' },
  flow: (v) =>
    `${v.protocol} ${v.src} → ${v.dst}${v.port === null ? '' : ` 端口 ${v.port}`}：去 ${v.requests} 个，回 ${v.replies} 个；最后见于 ${v.reached}`,
  clock: (v) => `${v.to} 的时钟比 ${v.from} 的快 ${v.offset}，误差 ±${v.uncertainty}`,
  noClock: (v) => `${v.from} 与 ${v.to}：没有双向的数据包，无法得知两边时钟相差多少`,
  roundTrip: (v) => `从 ${v.from} 到 ${v.to} 再回来至少要 ${v.time}，与时钟无关`,
  model: {
    agrees: (command) => `所给集群对“${command}”预测的帧与抓到的一致。`,
    differs: (command) => `所给集群对“${command}”预测的帧与抓到的不一致：当时集群是另一种状态，只能依据数据包。`,
    nothing: '抓包里没有能在所给集群上运行的命令。',
  },
  place: (v) => `${v.file} 是在 ${v.name} 处抓的`,
};
