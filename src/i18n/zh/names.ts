import type { names as en } from '../en/names';

export const names: typeof en = {
  owned: (value, owner) => (owner === null ? `**${value}**` : `**${value}**（${owner}）`),
  broadcastMac: '广播',
  podOn: (pod, node) => `${node} 上的 ${pod}`,
  segment: (name) => `二层网段 ${name}`,
  theSwitch: '交换机',
  switchOf: (name) => `交换机 ${name}`,
  list: (items) => items.join('、'),
  join: (parts) => parts.join(''),
  sum: (terms) => `${terms.join('；')}。`,
  // 全角括号后面不再空格
  finish: (sentence) => sentence.replaceAll('） ', '）'),
  carried: '，进位回卷',
  icmp: {
    '3/0': '目的网络不可达',
    '3/1': '目的主机不可达',
    '3/2': '目的协议不可达',
    '3/3': '目的端口不可达',
    '3/4': '需要分片但 DF 置位',
    '3/9': '目的网络被管理员禁止',
    '3/10': '目的主机被管理员禁止',
    '3/13': '通信被过滤',
    '5/0': '网络重定向',
    '5/1': '主机重定向',
    '11/0': 'TTL 超时',
    '11/1': '分片重组超时',
  },
  icmpOther: 'ICMP 差错',
};
