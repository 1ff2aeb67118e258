import type { reading as en } from '../en/reading';

const grouped = (n: number): string => n.toLocaleString('zh');

export const reading: typeof en = {
  of: (name) => `正在读取 ${name}`,
  soFar: (bytes, of) => `已读 ${bytes}，共 ${of}`,
  cancel: (name) => `停止读取 ${name}`,
  cancelShort: '取消',
  status: (n) => `正在读取 ${n} 个大文件`,
  compared: (compared, packets) => `共 ${grouped(packets)} 个数据包，只对照前 ${grouped(compared)} 个。`,
};
