import type { cluster as en } from '../en/cluster';
import { fileError } from './cluster-file';

export const cluster: typeof en = {
  title: '你的集群',
  what: '粘贴终端里打印的内容，次序不限，提示符可以一起带上；也可以把文本文件拖到这里。缺少的部分会作假定并标出。',
  privacy: '内容只在这个标签页里读取，不会发往任何地方。',
  paste: '终端输出',
  placeholder:
    '[root@node1 ~]# ip route\ndefault via 192.168.0.1 dev ens33\n10.244.1.0/24 dev cni0 proto kernel scope link src 10.244.1.1\n…',
  read: '读取',
  choose: '选择文件…',
  commands: '要看到全貌，可以输入这些命令',
  commandsWhere: { anywhere: '在能用 kubectl 的地方', node: '在每个节点上', pod: '对沿途的每个 Pod' },
  given: '已读取',
  pasted: (n) => `粘贴的文本 ${n}`,
  lines: (n) => `${n} 行`,
  takeOut: (name) => `移除${name}`,
  nothing: '其中没有说到任何主机。应当是“ip addr”、“ip route”或“kubectl get pods -o wide”之类的输出。',
  noQuestion: '其中没有两台有地址的主机，还没有什么可发送。请再粘贴一些；已读取的内容会保留。',
  made: (v) =>
    [`${v.nodes} 个节点`, `${v.pods} 个 Pod`, ...(v.others > 0 ? [`${v.others} 台其他机器`] : [])].join('，'),
  fileRefused: (error) => `无法打开集群文件：${fileError(error)}。`,
  scenario: (nodes, pods) => `你的集群 · ${nodes} 个节点，${pods} 个 Pod`,
  tools: '带走所显示的集群',
  saveFile: '保存集群文件',
  saveFileWhat: 'JSON，可以在这里再次打开，包括你做的改动。',
  saveLab: '在本机搭建：脚本',
  saveLabWhat: '在任何一台 Linux 机器上用网络命名空间搭建这个集群，运行命令，抓包，最后清理干净。',
  saveCollect: '收集：脚本',
  saveCollectWhat: '向真实集群收集其状态以及一次 ping 的四份抓包。不改动集群里的任何东西。',
  hideNames: '在集群文件里把地址、MAC 和名字换成别的；其余一切照旧。',
  noLab: '脚本无法运行这条命令。',
};
