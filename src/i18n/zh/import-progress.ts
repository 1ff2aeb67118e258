import type { importProgress as en } from '../en/import-progress';

export const importProgress: typeof en = {
  reading: '正在读取文本',
  soFar: (read, of) => `已读 ${read}，共 ${of}`,
  joining: '已全部读完，正在拼出集群……',
  cancel: '取消',
};
