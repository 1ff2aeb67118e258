import { unreachable } from '../../engine/base/result';
import type { Inference, RoleEvidence } from '../../engine/comparison/session';
import type { captures as en } from '../en/captures';

const duration = (us: number): string =>
  us < 1000 ? `${Math.round(us * 10) / 10} µs` : `${(us / 1000).toFixed(1)} ms`;

function evidence(seen: RoleEvidence): string {
  switch (seen.kind) {
    case 'own-mac':
      return `其中的帧都由 ${seen.mac} 收发，即该网卡的 MAC（${seen.frames} 帧）`;
    case 'ttl':
      return `echo request seq ${seen.seq} 在这里的 TTL 是 ${seen.ttl}`;
    case 'arp':
      return `ARP 表明 ${seen.ip} 的 MAC 是 ${seen.mac}`;
    case 'timing':
      return seen.us < 0
        ? `与 ${seen.than} 相比，该网卡发出的询问在这里少等 ${duration(-seen.us)} 就有应答`
        : `与 ${seen.than} 相比，该网卡发出的询问在这里要多等 ${duration(seen.us)} 才有应答，说明这是它自己的一端`;
    case 'asks':
      return `这一端自己发出的 ARP 询问要等 ${duration(seen.us)} 才有应答，另一端的只等 ${duration(seen.otherUs)}`;
    case 'hairpin':
      return `Pod 自己的广播又被送了回来（${seen.frames} 帧），只有在它自己的链路上才看得到`;
    case 'heard':
      return `其中只有 ${seen.host} 的广播（${seen.frames} 帧）`;
    case 'earlier':
      return `同样的广播在这里比 ${seen.than} 早 ${duration(seen.us)}（假定两边时钟一致）`;
    case 'left-over':
      return `另一端已由 ${seen.than} 占用，只剩这个位置`;
    case 'or-else':
      return `在 ${seen.host} ${seen.dev} 抓到的包也会是这样，请核对`;
    case 'named':
      return '文件名也是如此';
    case 'written-name':
      return `文件中记录的接口名是 ${seen.name}（if_name）`;
    case 'written-address':
      return `文件中记录的接口地址是 ${seen.address}（if_IPv4addr）`;
    case 'name':
      return '文件名如此，内容也没有矛盾';
    case 'user':
      return '由你指定';
    case 'second':
      return `${seen.than} 已先被当作这个位置，因此本文件不参与比较`;
    case 'link-type':
      return `链路类型 ${seen.linkType} 不含 MAC 地址，无法判断位置，因此不参与比较`;
    case 'none':
      return '从其中的数据包看不出是在哪里抓的';
    default:
      return unreachable(seen);
  }
}

const FROM = { arp: '来自 ARP', mac: '来自帧的 MAC', ttl: '来自 TTL' };

function inference(what: Inference): string {
  switch (what.kind) {
    case 'host':
      return `${what.host}：IP ${what.ip}，MAC ${what.mac ?? '未知'}（${FROM[what.from]}）`;
    case 'next-hop':
      return `${what.host}：下一跳 ${what.via}（${FROM[what.from]}）`;
    case 'prefix':
      return `${what.host}：子网 ${what.prefix}，按 /24 假定`;
    case 'unknown':
      return `${what.host}：所有文件中都没有出现它的${what.field === 'ip' ? ' IP 地址' : ' MAC 地址'}`;
    default:
      return unreachable(what);
  }
}

const all = (items: readonly string[]): string => items.join('、');

const RESOLUTION = { us: 'µs', ns: 'ns', other: '其他精度' };

export const captures: typeof en = {
  title: '打开抓包文件',
  what: '把同一次 ping 的四份抓包（pod1、node1、node2、pod2）拖到这里，文件名不限：每份文件在哪里抓的，由其中的数据包判断。只有三份或更少也可以。',
  privacy: '文件只在此标签页中读取，不会发送到任何地方：页面的安全策略禁止一切网络连接。',
  choose: '选择文件…',
  drop: '或拖到页面任意位置',
  dropNow: '松开即可打开',
  sample: '当前显示示例自带的抓包。',
  sampleStill: '你的文件都无法读取，因此仍显示示例自带的抓包。',
  opened: (n) => `${n} 个文件`,
  remove: (name) => `移除 ${name}`,
  removeShort: '移除',
  removeAll: '全部移除，回到示例',
  size: (bytes) =>
    bytes < 1024
      ? `${bytes} 字节`
      : bytes < 1024 * 1024
        ? `${(bytes / 1024).toFixed(1)} kB`
        : `${(bytes / 1024 / 1024).toFixed(1)} MB`,
  packets: (n) => `${n} 个数据包`,
  format: (format, resolution, byteOrder) =>
    `${format}，${RESOLUTION[resolution]}，${byteOrder === 'le' ? '小端' : '大端'}`,
  linkType: (type, name) => (name === null ? `链路类型 ${type}` : `链路类型 ${type}（${name}）`),
  notEthernet: (type, name) => `链路类型 ${type}${name === null ? '' : `（${name}）`}：只列出数据包，不解析首部`,
  span: (start, seconds) => `${start} UTC，历时 ${seconds} 秒`,
  role: '抓包位置',
  roleOf: (name) => `${name} 的抓包位置`,
  auto: (point) => `自动判断：${point}`,
  autoNone: '自动判断：未知',
  findIt: '由数据包自动判断',
  leaveOut: '不参与比较',
  evidence,
  because: (reasons) => `${reasons.join('；')}。`,
  leftOut: '按你的选择，不参与比较。',
  noRole: '找不到对应的抓包点，因此不参与比较。如果知道是在哪里抓的，请手动选择。',
  duplicate: (point, others) => `${all(others)} 也被当作 ${point}；参与比较的是本文件。可为其中一个另选位置。`,
  missing: (points) => `${all(points)} 没有文件，那里只显示预测值。`,
  complete: (n) => `${n} 个抓包点都有文件。`,
  inferred: '这些抓包与示例集群不符，因此集群是根据抓包建立的。推断出的内容：',
  corrected: '这些抓包来自同一集群，只是 MAC 地址不同，已采用抓包中的地址：',
  inference,
  command: (command) => `抓包中是另一条命令，因此改为运行：${command}`,
  before: (commands) => `抓包开始时部分邻居已经已知，因此假定之前运行过：${commands.join('；')}`,
  status: {
    sample: (n) => `示例抓包，${n} 个文件`,
    files: (n) => `${n} 个文件`,
    unread: (names) => (names.length === 1 ? `${names[0]} 无法读取` : `${names.length} 个文件无法读取：${all(names)}`),
    damaged: (name) => `${name} 已损坏，只读出一部分`,
    empty: (names) => `${all(names)} 中没有数据包`,
    noRole: (names) => `${all(names)}：位置未知，不参与比较`,
    notDecoded: (name) => `${name} 不是以太网抓包，不参与比较`,
    duplicate: (point) => `${point} 有两个文件`,
    inferred: '集群由抓包推断',
    corrected: 'MAC 地址取自抓包',
    command: (command) => `按抓包运行 ${command}`,
    more: (n) => `另有 ${n} 项`,
    noFiles: '还没有打开你的集群的抓包：这里只有预测',
    setAside: '示例抓包录自未改动的集群，因此这里不作比较',
    none: '没有抓包参与比较',
    open: '抓包文件',
  },
};
