import { FILES_MAX } from '../../engine/matching/group';
import type { matching as en } from '../en/matching';
import { clocks } from './clocks';

const grouped = (n: number): string => n.toLocaleString('zh');

export const matching: typeof en = {
  matching: '正在匹配数据包',
  stages: {
    waiting: (n) => `正在读取 ${n} 个文件的数据包……`,
    matching: (n, of) => `正在匹配 ${n} 个文件，共 ${grouped(of)} 个数据包……`,
    diagnosing: (n, of) => `正在诊断 ${n} 个文件，共 ${grouped(of)} 个数据包……`,
  },
  cancel: '停止匹配',
  cancelShort: '取消',
  again: '重新匹配',
  matched: (n, of) => `已匹配 ${n} 个文件的全部数据包：${grouped(of)} 个。`,
  clocks,
  notAnswered: {
    'no-worker': '浏览器没有为本页启动 worker，因此无法匹配和诊断数据包。',
    'too-many-files': `一次最多能匹配 ${FILES_MAX} 个文件，而打开的文件更多。移除一些文件，就会匹配其余文件的全部数据包。`,
    failed: '无法匹配数据包：某个文件已无法读取，或内存不足。',
    cancelled: '匹配已停止。',
  },
};
