import { unreachable } from '../../engine/base/result';
import type { CaptureProblem } from '../../engine/capture/open';
import type { LooksLike } from '../../engine/capture/types';
import type { problems as en, ProblemText } from '../en/problems';

const LOOKS_LIKE: Readonly<Record<LooksLike, string>> = {
  text: '像是文本文件',
  gzip: '是 gzip 压缩文件',
  zip: '是 zip 压缩包',
  pcapng: '是 pcapng 抓包',
  snoop: '是 Solaris snoop 抓包',
  unknown: '不是这里认识的格式',
};

const WHAT_NOW: Readonly<Record<LooksLike, string>> = {
  text: 'tcpdump 打印出的文字无法比较：请用 tcpdump -w FILE 重新抓包，或打开 -w 写出的文件。',
  gzip: '请先解压：gunzip FILE。',
  zip: '请先解压，再打开里面的抓包文件。',
  pcapng: '请另存为经典 pcap 格式：tshark -F pcap -r OLD -w NEW。',
  snoop: '请转换为经典 pcap 格式：tshark -F pcap -r OLD -w NEW。',
  unknown: '请打开由 tcpdump -w 写出的文件。',
};

const spaced = (hex: string): string => hex.replace(/..(?=.)/g, '$& ');

const RETAKE = '请重新复制该文件。如果仍然不完整，请用 Ctrl-C 结束 tcpdump（或加上 -U），让它写完最后一个包。';

const keptBefore = (packet: number): string =>
  packet === 1
    ? '没有能保留的数据包。'
    : packet === 2
      ? '第 1 个数据包已保留并显示。'
      : `第 1 到第 ${packet - 1} 个数据包已保留并显示。`;

function capture(problem: CaptureProblem): ProblemText {
  switch (problem.kind) {
    case 'empty-file':
      return { what: '文件大小为 0 字节。', kept: null, todo: '请重新复制，并检查 tcpdump 是否有权写入。' };
    case 'too-short-for-header':
      return {
        what: `文件只有 ${problem.have} 字节，而文件头本身就要 ${problem.need} 字节。`,
        kept: '没有能保留的数据包。',
        todo: RETAKE,
      };
    case 'not-a-capture':
      return {
        what: `不是抓包文件：开头是 ${spaced(problem.firstBytes)}，${LOOKS_LIKE[problem.looksLike]}。`,
        kept: null,
        todo: WHAT_NOW[problem.looksLike],
      };
    case 'pcapng-not-yet':
      return { what: '这是 pcapng 抓包，目前还不能读取。', kept: null, todo: WHAT_NOW.pcapng };
    case 'no-packets':
      return {
        what: `文件头正常，但后面没有数据包（文件在第 ${problem.offset} 字节结束）。`,
        kept: null,
        todo: 'tcpdump 运行期间没有流量经过该网卡，或被过滤条件全部排除。',
      };
    case 'cut-in-record-header':
      return {
        what: `第 ${problem.packet} 个数据包在第 ${problem.offset} 字节处被截断：记录头需要 ${problem.need} 字节，只剩 ${problem.have} 字节。`,
        kept: keptBefore(problem.packet),
        todo: RETAKE,
      };
    case 'cut-in-packet':
      return {
        what: `第 ${problem.packet} 个数据包被截断：第 ${problem.offset} 字节之后应有 ${problem.need} 字节，只剩 ${problem.have} 字节。`,
        kept: keptBefore(problem.packet),
        todo: RETAKE,
      };
    case 'implausible-length':
      return {
        what: `第 ${problem.packet} 个数据包自称有 ${problem.length} 字节（见第 ${problem.offset} 字节），而抓包工具最多写 ${problem.limit} 字节。文件从这里开始已损坏。`,
        kept: keptBefore(problem.packet),
        todo: '请重新复制该文件；如果用 FTP 传输，请用二进制模式。',
      };
    default:
      return unreachable(problem);
  }
}

const folder: ProblemText = {
  what: '这是文件夹，不是文件。',
  kept: null,
  todo: '请打开文件夹，把里面的抓包文件拖进来。',
};

const unreadable: ProblemText = {
  what: '浏览器无法读取这个文件。',
  kept: null,
  todo: '请确认文件仍然存在且有读取权限，然后重新打开。',
};

export const problems: typeof en = {
  capture,
  folder,
  unreadable,
  inFile: (name, what) => `${name}：${what}`,
};
