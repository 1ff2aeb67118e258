import type { faults as en } from '../en/faults';

export const faults: typeof en = {
  'not-adjacent': {
    title: '节点不在同一子网',
    line: '另一个节点被移到路由器后面。内核拒绝 flannel 的路由：“Nexthop has invalid gateway”。',
    watch: '帧的目的 MAC 变成网关的，而网关不认识任何 Pod 网段。vxlan 不受影响，可以对比试试。',
  },
  'source-guard': {
    title: '云平台丢弃 Pod 地址',
    line: '节点之间的网络只允许端口用自己的地址发送（源/目的检查）。',
    watch: '节点之间的 ARP 正常。node1.cap 中有请求，node2.cap 中没有；没有任何计数器增加。',
  },
  'route-missing': {
    title: '缺少到对端节点的路由',
    line: 'flannel 写的路由没了，但还有默认路由，于是数据包发给了网关。',
    watch: '看节点网卡上的目的 MAC：是网关的。TTL 照常减 1，没有任何差错返回。',
  },
  'no-route-at-all': {
    title: '该路由和默认路由都没有',
    line: '发送方节点上没有任何一行路由能匹配对端 Pod。',
    watch: '差错立即返回，来自 cni0 的地址：单凭这一点就知道是哪个节点放弃的。',
  },
  'gateway-detour': {
    title: '绕道网关',
    line: '路由缺失，但网关认识两边的 Pod 网段，ping 看起来一切正常。',
    watch: 'ping 显示的仍是 ttl=62；只有在对端 Pod 才看得到 61。请求和应答走的不是同一条路。',
  },
  'return-route-missing': {
    title: '缺少回程路由',
    line: '对端节点没有回到发送方 Pod 网段的路由，应答发给了网关。',
    watch: '四份抓包里都有请求，但只有两份里有应答。用户只看到超时。',
  },
  'next-hop-down': {
    title: '对端节点的网卡 down',
    line: '节点已经死了，但 Node 对象还在，路由也就还在。',
    watch: '每秒一个、共三个 ARP 请求，约 3 秒后 cni0 的地址报告 “Destination Host Unreachable”。',
  },
  'pod-absent': {
    title: 'Pod 不存在',
    line: '地址属于对端节点的 Pod 网段，但没有 Pod 在用它。',
    watch: '文字和节点死亡时一样，但来自对端节点的地址：比较 From 后面是谁。',
  },
  'forwarding-off-near': {
    title: 'ip_forward = 0（发送方节点）',
    line: '该节点不再替别人转发，但仍会答复 ARP，也能 ping 通它自己。',
    watch: '没有任何回音。数据包止于 cni0 与网卡之间，只有 IpInAddrErrors 增加。',
  },
  'forwarding-off-far': {
    title: 'ip_forward = 0（对端节点）',
    line: '对端节点收下数据包，却不再往下转发。',
    watch: '没有任何回音。三份抓包里有请求，最后一份是对端节点网卡的。',
  },
  'forward-drop-near': {
    title: 'FORWARD 策略 DROP（发送方节点）',
    line: 'Docker 留下的样子，又没有 flannel 的 ACCEPT 规则。',
    watch: '没有任何回音，策略的包计数增加。节点自己仍能 ping 通 Pod。',
  },
  'forward-drop-far': {
    title: 'FORWARD 策略 DROP（对端节点）',
    line: '同样的问题在对端节点：数据包已经过路由，然后被拒绝。',
    watch: 'FORWARD 拒绝它时，TTL 已经减过 1。',
  },
  'forward-reject': {
    title: 'firewalld 拒绝',
    line: '发送方节点上，flannel 的规则之前有一条 REJECT。',
    watch: '立即得到 “Destination Host Prohibited”。TCP 报 “No route to host”，其实路由没有问题。',
  },
  'rp-filter': {
    title: '反向路径过滤',
    line: '对端节点有第二块网卡，回程路由从那里出去，而 rp_filter 为 1。',
    watch: '一进来就被静默丢弃，TcpExtIPReversePathFilter 增加。改成 rp_filter = 2 就能通过。',
  },
  'no-bridge': {
    title: '对端节点的 cni0 down',
    line: '那里不再有直连的 Pod 网段，数据包匹配默认路由，又被送了出去。',
    watch: 'node2.cap 中请求出现两次：进来时 TTL 63，发往网关时 62。',
  },
  'small-mtu': {
    title: '节点之间的 MTU 太小',
    line: '节点网卡能收发的包比 Pod 发的小 100 字节，而 ping -M do 禁止分片。',
    watch: '第一个 echo 被节点拒绝，并附上 MTU；第二个根本没有离开 Pod，因为它已经记住了。',
  },
  snat: {
    title: '源地址被改写',
    line: '一条 MASQUERADE 规则把 Pod 之间的流量也改写了。',
    watch: 'ping 是通的，但在节点网卡上源地址成了节点自己的，对端 Pod 看到的也是它。',
  },
  'wrong-next-hop': {
    title: '下一跳错误',
    line: '路由指向局域网中的另一台机器，它可能转发，也可能不转发。',
    watch: '网卡上的目的 MAC 是第三台机器的；到对端 Pod 时 TTL 少 1。',
  },
  'small-ttl': {
    title: 'TTL 太小',
    line: 'ping -t 1：途中第一台路由器就放弃了。',
    watch: '“Time to live exceeded” 来自那台路由器；再用 -t 2、-t 3……，就是 traceroute 的原理。',
  },
};
