import type { drop as en } from '../en/drop';

export const drop: typeof en = {
  note: 'tcpdump -w 写出的抓包、ip 和 kubectl 等命令打印的文本、集群文件，或放着它们的文件夹。不会上传任何内容。',
  noText: (said) => ({
    ...said,
    todo: `${said.todo ?? ''}其中也没有 ip、kubectl、flanneld 之类的输出，所以说不出任何关于集群的事。`,
  }),
  tcpdumpNotes: {
    what: '这是 tcpdump 抓包时在终端上说的话。',
    kept: '其中没有数据包。',
    todo: '不用处理。',
  },
  beside: (texts) => `与之对照的是你的集群，${texts === 0 ? '来自集群文件' : `由 ${texts} 份文本得出`}。`,
  openCluster: '你的集群…',
  captures: (n) => `同时打开着 ${n} 个抓包文件。`,
  openCaptures: '抓包…',
  leftOut: (names) => `集群文件单独成立。一起给出但没有读取的：${names.join('、')}。`,
};
