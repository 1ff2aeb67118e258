import type { help as en } from '../en/help';

export const help: typeof en = {
  title: '如何阅读本页',
  intro: [
    '**模型**预测集群中每个接口上的每一帧，**抓包**是真实录到的帧。本页把两者放在一起，一步一步地看。',
    '蓝色表示**此刻**：数据包所在之处、胜出的路由、刚刚走过的链路。橙色加 ≠ 表示**在这里改变**。灰色表示与之前相同。',
    '绿色 ✓ 表示抓包与模型**一致**；红色 ✗ 表示**不一致**，并同时给出两个值。带 † 的值是**假定值**：没有来源给出。',
    '您打开的文件不会离开这个浏览器标签页。',
  ],
  keysTitle: '按键',
  keyHeading: '按键',
  actionHeading: '作用',
  or: '或',
  keys: [
    { keys: ['→', 'PageDown'], action: '前进一步' },
    { keys: ['←', 'PageUp'], action: '后退一步' },
    { keys: ['Shift + →'], action: '前进一跳' },
    { keys: ['Shift + ←'], action: '后退一跳' },
    { keys: ['Home', 'End'], action: '第一步、最后一步' },
    { keys: ['Space'], action: '播放、暂停' },
    { keys: ['[', ']'], action: '减速、加速' },
    { keys: ['P'], action: '演示：适合投影的大字，再按返回' },
    { keys: ['V'], action: '演示时：决策或逐跳对照' },
    { keys: ['F', 'B', 'L', 'S'], action: '演示时：全屏、黑屏、聚光灯、讲者窗口' },
    { keys: ['?'], action: '本帮助' },
    { keys: ['Esc'], action: '关闭' },
  ],
  graphTitle: '拓扑图',
  graph: '点击方框（或按 Tab 选中后按 Enter）查看地址等信息。Ctrl + 滚轮或双指缩放，拖动平移。',
  broken: {
    title: 'Hopscope 出现程序错误，无法继续。',
    what: '您的抓包没有发送到任何地方，也没有被改动。重新加载即可重新开始；下面的文字有助于修复问题。',
    copy: '复制文字',
    copied: '已复制',
    reload: '重新加载',
    restart: '从第一步开始',
  },
};
