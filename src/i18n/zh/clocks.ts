import type { clocks as en } from '../en/clocks';

export const clocks: typeof en = {
  byHand: (v) => `${v.to} 比 ${v.from} 快（毫秒）：`,
  byHandHelp: '留空则用测得的值。数据包列表按时间排序时以这里为准。',
  takes: (v) =>
    `${v.from} 到 ${v.to}：中位数 ${v.median}，最少 ${v.least}${v.give === null ? '' : `，误差 ±${v.give}`}`,
  refuted: '这样一来，有的包还没发出就已到达：两边时钟不可能差这么多。',
  use: '数据包列表采用测得的时钟',
  forget: '各文件时钟保持原样',
};
