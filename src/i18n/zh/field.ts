import type { field as en } from '../en/field';

export const field: typeof en = {
  open: (nodes) => `全部 ${nodes} 个节点…`,
  title: (nodes) => `${nodes} 个节点`,
  search: '查找',
  placeholder: '节点、地址、Pod 网段、Pod',
  found: (n, of) => (n === of ? `全部 ${n} 个` : `${of} 个中的 ${n} 个`),
  canvas: (nodes) => `${nodes} 个节点的分布图；下方的列表用文字给出同样的内容`,
  hint: '蓝色：当前路径上的节点。滚轮或双指缩放，拖动平移，点击选中。',
  list: '找到的节点',
  more: (n) => `还有 ${n} 个：请缩小查找范围`,
  choose: '选一个节点查看它的 Pod。',
  noPods: '没有 Pod 网段',
  pods: (n, net) => `${net} 中有 ${n} 个 Pod`,
  lookHere: '查看 ping 到哪里的路径：',
};
