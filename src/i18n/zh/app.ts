import type { app as en } from '../en/app';

export const app: typeof en = {
  title: 'Hopscope',
  tagline: '看清数据包如何穿过 Flannel host-gw 集群，并与真实抓包逐帧核对',
  privacy: '文件只留在此标签页',
  openCaptures: '打开抓包文件…',
  yourCluster: '你的集群…',
  language: 'EN',
  languageLabel: '切换到英文',
  theme: { auto: '主题：跟随系统', light: '主题：浅色', dark: '主题：深色' },
  help: '按键与帮助',
  lecture: '讲课',
  skipToSteps: '跳到步骤控制',
  close: '关闭',
  scenario: '场景',
  scenarios: { article: '文章中的 ping · pod1 → pod2' },
};
