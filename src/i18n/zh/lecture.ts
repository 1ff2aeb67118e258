import { formatIpv4 } from '../../engine/addr/ipv4';
import type { lecture as en } from '../en/lecture';
import { glossary } from './glossary';
import { glossaryPage } from './glossary-page';
import { hunt } from './hunt';
import { lessons } from './lessons';
import { takeHome } from './take-home';

const stage: (typeof en)['stage'] = {
  title: '演示',
  chain: '数据包在哪里',
  kernel: '内核',
  controls: '控制',
  present: '演示',
  presentHint: '适合投影的大字',
  leave: '返回页面',
  leavePresenting: '结束演示',
  view: { decision: '显示决策', matrix: '显示逐跳对照' },
  spotlight: '指针聚光灯',
  blank: '黑屏',
  unblank: '屏幕已变黑；按任意键或点击即可恢复',
  fullScreen: '全屏',
  moreRows: (n) => `…… 另有 ${n} 行`,
  copyLink: '复制链接',
  openInFull: '打开完整页面',
  copied: '已复制',
  speaker: '讲者窗口',
  now: '当前',
  next: '下一步',
  nothingNext: '没有了：这是最后一步。',
  note: '备注',
  clock: '时间',
  elapsed: '已用时间',
  restart: '重新计时',
};

const questions: (typeof en)['questions'] = {
  title: '接下来会发生什么？',
  question: '问题',
  none: '在这次运行中，所选类型没有可问的问题。',
  kinds: '问什么',
  kind: {
    route: '哪一行路由胜出',
    'next-hop': '下一跳',
    'dst-mac': '目的 MAC',
    ttl: 'TTL 变成多少',
    'on-device': '同一帧是否出现在另一节点的网卡上',
    held: '哪些抓包文件里有请求',
    printed: 'ping 打印什么',
  },
  ask: (asked) => {
    switch (asked.kind) {
      case 'route':
        return `**${asked.host}** 查找 **${formatIpv4(asked.dst)}**。路由表中哪一行胜出？`;
      case 'next-hop':
        return `**${asked.host}** 有一个发往 **${formatIpv4(asked.dst)}** 的数据包。下一跳是谁？`;
      case 'dst-mac':
        return `**${asked.host}** 要从 **${asked.dev}** 把它发出去。目的 MAC 会是谁的？`;
      case 'ttl':
        return `数据包到达 **${asked.host}** 时 TTL 为 **${asked.ttl}**，**${asked.host}** 为它做路由转发。离开时 TTL 是多少？`;
      case 'on-device':
        return `这一帧从 **${asked.from.host} ${asked.from.dev}** 发出。在 **${asked.at.host} ${asked.at.dev}** 上会看到完全相同的一帧吗？`;
      case 'held':
        return `**${asked.host}** 发出请求。哪些抓包文件里会有它？`;
      case 'printed':
        return `**${asked.host}** 上的 **${asked.command}** 接下来打印什么？`;
    }
  },
  reveal: '显示答案',
  correct: '答对了。',
  incorrect: '不是这一个。',
  again: '重新回答',
  position: (at, of) => `第 ${at} 题，共 ${of} 题`,
  score: (right, answered) => `答对 ${right} / ${answered}`,
  over: (right, answered) => `这是最后一题：答了 ${answered} 题，对 ${right} 题。成绩只留在此标签页。`,
  noFile: '都没有',
  choice: {
    'no-route': '没有一行匹配',
    yes: '会，逐字节相同',
    no: '不会',
    silence: '什么也不打印，直到统计显示 100% packet loss',
  },
  because: {
    route: '在所有匹配的行中，前缀最长的胜出，与行的先后无关。',
    'next-hop': '由胜出的那一行给出：via 后面的地址；若目的就在本链路上，下一跳就是目的地址自己。',
    'dst-mac': '一帧只走到下一跳为止，所以它带的是下一跳的 MAC。IP 地址始终不变。',
    ttl: '谁为数据包做路由转发，谁就把 TTL 减一。网桥和交换机不改 TTL。',
    'on-device': '交换机原样转交一帧，交给目的 MAC 所在的端口。只有路由器才会重新封装成新的一帧。',
    held: '抓包文件里有的，是到达该接口的帧。文件在哪里断，数据包就在哪里终止，或者改走了别的路。',
    printed: 'ping 要么打印应答和它到达时的 TTL，要么打印 ICMP 差错和它的发送者，要么什么也不打印。',
  },
};

export const lecture: typeof en = { stage, questions, hunt, lessons, takeHome, glossary, glossaryPage };
