import type { reading as en } from '../en/reading';

const grouped = (n: number): string => n.toLocaleString('zh');

export const reading: typeof en = {
  of: (name) => `正在读取 ${name}`,
  soFar: (bytes, of) => `已读 ${bytes}，共 ${of}`,
  cancel: (name) => `停止读取 ${name}`,
  cancelShort: '取消',
  status: (n) => `正在读取 ${n} 个大文件`,
  compared: (compared, packets, about) =>
    about === null
      ? `共 ${grouped(packets)} 个数据包，只对照前 ${grouped(compared)} 个。`
      : `共 ${grouped(packets)} 个数据包，对照其中 ${grouped(compared)} 个：各文件都有的一段 ${about}，以及它的 ARP。可以在数据包列表里另选一段。`,
  part: (about, packets) =>
    about === null
      ? `共 ${grouped(packets)} 个数据包，只对照每个文件的前一部分`
      : `共 ${grouped(packets)} 个数据包，对照其中一段 ${about}`,
  notYet: (packets) => `共 ${grouped(packets)} 个数据包，尚未对照`,
  compareFrom: '从这里开始对照',
  compareFromHelp: '在所有文件里，从这个包开始，拿这段会话与模型对照',
  notComparable: '无法从这里开始对照：它不是 IPv4 包，或者文件已无法再读。',
};
