import type { takeHome as en } from '../en/take-home';

export const takeHome: typeof en = {
  title: '带走',
  intro: '把这次运行做成可打印的讲义：所选步长的每一站占一块。',
  print: '打印',
  size: '步长',
  blanks: '答案留空',
  anonymous: '隐去地址',
  csv: '轨迹存为 CSV',
  markdown: '轨迹存为 Markdown',
  svg: '图存为 SVG',
  png: '图存为 PNG',
  matrix: '逐跳对照',
  matrixSvg: '逐跳对照存为 SVG',
  matrixPng: '逐跳对照存为 PNG',
  step: (n) => `第 ${n} 步`,
  answer: '您的答案',
  columns: ['步骤', '时间（毫秒）', '主机', '阶段', '数据包', '发生了什么'],
  iframe: '复制 iframe',
  offline: '整个页面存成一个文件',
  offlineHint: '可从 U 盘打开，无需网络，无需安装。',
};
