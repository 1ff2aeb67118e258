import { formatIpv4 } from '../../engine/addr/ipv4';
import { unreachable } from '../../engine/base/result';
import type { PacketKind } from '../../engine/sim/event';
import type { ladder as en } from '../en/ladder';

/** 与 tcpdump 的写法一致，关键词保留英文。 */
function packet(what: PacketKind): string {
  switch (what.kind) {
    case 'arp-request':
      return `ARP who-has ${formatIpv4(what.target)}${what.unicast ? '（单播）' : ''}`;
    case 'arp-reply':
      return `ARP ${formatIpv4(what.sender)} is-at`;
    case 'echo-request':
      return `echo request seq ${what.seq}`;
    case 'echo-reply':
      return `echo reply seq ${what.seq}`;
    case 'icmp-error':
      return `ICMP 差错 ${what.type}/${what.code}`;
    case 'udp':
      return `UDP ${what.srcPort} → ${what.dstPort}`;
    case 'tcp':
      return `TCP ${what.flags}${what.payloadBytes > 0 ? ` ${what.payloadBytes} 字节` : ''}`;
    case 'fragment':
      return `分片，偏移 ${what.offsetBytes} 字节${what.more ? '，后面还有' : '，最后一片'}`;
    case 'tunnel':
      return `${what.how} 隧道报文`;
    default:
      return unreachable(what);
  }
}

export const ladder: typeof en = {
  title: '时序图',
  label: '按时间排列的所有帧；用上下方向键在行间移动，按回车跳到对应步骤',
  hint: '↑ ↓ 移动，回车跳到该步骤',
  empty: '这次运行中没有帧经过任何抓包点。',
  time: '时间 ms',
  timeLabel: (ms) => `时刻 ${ms} ms`,
  timeGuessed: (ms) => `约 ${ms} ms，按它在文件中的前后帧估算`,
  frame: '帧',
  packet,
  ttl: (from, to) => (from === to ? `TTL ${from}` : `TTL ${from} → ${to}`),
  gap: (seconds) => `其间 ${seconds} 秒没有任何帧`,
  from: (point) => `从 ${point}`,
  to: (points) => `到 ${points}`,
  seenAt: (point) => `只在 ${point} 出现`,
  echo: '上一帧的回放',
  echoLabel: 'Pod 自己发出的广播，被网桥原样送回（hairpin）',
  unpredicted: '模型没有预测到',
  now: '当前',
  verdict: {
    agrees: '抓包与预测一致',
    differs: '抓包与预测不同',
    'not-captured': '有预测，抓包中没有',
    'not-predicted': '抓包中有，没有预测到',
    'not-loaded': '该抓包点没有打开文件',
    'after-end': '抓包在此之前已结束',
  },
};
