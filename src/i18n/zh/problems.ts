import { unreachable } from '../../engine/base/result';
import { linkTypeName } from '../../engine/capture/link-types';
import type { CaptureProblem } from '../../engine/capture/open';
import type { LooksLike } from '../../engine/capture/types';
import type { problems as en, ProblemText } from '../en/problems';

const LOOKS_LIKE: Readonly<Record<LooksLike, string>> = {
  text: '像是文本文件',
  gzip: '是 gzip 压缩文件',
  zip: '是 zip 压缩包',
  tar: '是 tar 归档',
  zstd: '是 zstd 压缩文件',
  xz: '是 xz 压缩文件',
  bzip2: '是 bzip2 压缩文件',
  lz4: '是 lz4 压缩文件',
  '7z': '是 7z 压缩包',
  rar: '是 rar 压缩包',
  pcapng: '是 pcapng 抓包',
  snoop: '是 Solaris snoop 抓包',
  netmon: '是 Microsoft Network Monitor 抓包',
  sniffer: '是 Sniffer（DOS）抓包',
  netxray: '是 NetXray 或 Sniffer（Windows）抓包',
  btsnoop: '是蓝牙 btsnoop 日志',
  iptrace: '是 AIX iptrace 抓包',
  nettl: '是 HP-UX nettl 跟踪',
  observer: '是 Observer 抓包',
  peek: '是 OmniPeek 抓包',
  k12: '是 Tektronix K12 抓包',
  blf: '是 Vector BLF 日志',
  unknown: '不是这里认识的格式',
};

const UNPACK = '请先解压，再打开里面的抓包文件。';
const CONVERT = '请转换格式：tshark -F pcapng -r OLD -w NEW。';

const WHAT_NOW: Readonly<Record<LooksLike, string>> = {
  text: 'tcpdump 打印出的文字无法比较：请用 tcpdump -w FILE 重新抓包，或打开 -w 写出的文件。',
  gzip: '请先解压：gunzip FILE。',
  zip: UNPACK,
  tar: UNPACK,
  zstd: '请先解压：unzstd FILE。',
  xz: '请先解压：unxz FILE。',
  bzip2: '请先解压：bunzip2 FILE。',
  lz4: '请先解压：unlz4 FILE。',
  '7z': UNPACK,
  rar: UNPACK,
  pcapng: CONVERT,
  snoop: CONVERT,
  netmon: CONVERT,
  sniffer: CONVERT,
  netxray: CONVERT,
  btsnoop: CONVERT,
  iptrace: CONVERT,
  nettl: CONVERT,
  observer: CONVERT,
  peek: CONVERT,
  k12: CONVERT,
  blf: CONVERT,
  unknown: '请打开由 tcpdump -w 写出的文件。',
};

const spaced = (hex: string): string => hex.replace(/..(?=.)/g, '$& ');

const RETAKE = '请重新复制该文件。如果仍然不完整，请用 Ctrl-C 结束 tcpdump（或加上 -U），让它写完最后一个包。';

const AGAIN = '请重新复制该文件；如果用 FTP 传输，请用二进制模式。';

const named = (linkType: number): string => {
  const name = linkTypeName(linkType);
  return name === null ? '' : `（${name}）`;
};

const BLOCKS: Readonly<Record<number, string>> = {
  168627466: '段首部',
  1: '接口说明块',
  2: '数据包块',
  3: '数据包块',
  4: '名称块',
  5: '统计块',
  6: '数据包块',
};

const blockName = (type: number | null): string => (type === null ? '块' : (BLOCKS[type] ?? `类型 ${type} 的块`));

const megabytes = (bytes: number): string => `${bytes / 1024 / 1024} MB`;

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
    case 'unsupported-version':
      return {
        what: `文件自称是 ${problem.format} ${problem.version} 版（见第 ${problem.offset} 字节），如今没有程序写这种版本。`,
        kept: null,
        todo: `${AGAIN}如果确实这么旧，请转换：tshark -F pcap -r OLD -w NEW。`,
      };
    case 'reserved-bits':
      return {
        what: `第 ${problem.offset} 字节处的链路类型字段是 ${problem.linkTypeField}：其中有必须为零的位不为零。`,
        kept: '没有能保留的数据包。',
        todo: AGAIN,
      };
    case 'read-in-part':
      return {
        what: `文件超过 ${megabytes(problem.limit)}，这是本程序读取的上限。`,
        kept: keptBefore(problem.packet),
        todo: '要看其余部分，请把文件切开再打开：editcap -i 60 OLD NEW 会按每分钟切成一个文件。',
      };
    case 'unknown-link-type':
      return {
        what: `链路类型 ${problem.linkType}${named(problem.linkType)} 几乎没有程序认识。`,
        kept: '数据包已列出，但不解析首部。',
        todo: null,
      };
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
        todo: AGAIN,
      };
    case 'bad-byte-order':
      return {
        what: `第 ${problem.offset} 字节之前开始的段没有说明字节序：那里是 ${problem.found}。文件从这里开始已损坏。`,
        kept: keptBefore(problem.packet),
        todo: AGAIN,
      };
    case 'cut-in-block':
      return {
        what: `文件在第 ${problem.packet} 个数据包处被截断：第 ${problem.offset} 字节处的${blockName(problem.blockType)}需要 ${problem.need} 字节，只剩 ${problem.have} 字节。`,
        kept: keptBefore(problem.packet),
        todo: RETAKE,
      };
    case 'bad-block-length':
      return {
        what: `在第 ${problem.packet} 个数据包处，${blockName(problem.blockType)}自称有 ${problem.length} 字节（见第 ${problem.offset} 字节），而可能的范围是 ${problem.min} 到 ${problem.max}。文件从这里开始已损坏。`,
        kept: keptBefore(problem.packet),
        todo: AGAIN,
      };
    case 'block-lengths-differ':
      return {
        what: `在第 ${problem.packet} 个数据包处，第 ${problem.offset} 字节处的块开头说有 ${problem.first} 字节，结尾却说有 ${problem.last} 字节。文件在这里已损坏。`,
        kept: keptBefore(problem.packet),
        todo: AGAIN,
      };
    case 'no-such-interface':
      return {
        what: `第 ${problem.packet} 个数据包属于接口 ${problem.interface}（见第 ${problem.offset} 字节），但文件到此只说明了 ${problem.interfaces} 个接口。`,
        kept: keptBefore(problem.packet),
        todo: AGAIN,
      };
    case 'option-too-long':
      return {
        what: `第 ${problem.offset} 字节处的选项自称有 ${problem.length} 字节，而所在的块只剩 ${problem.left} 字节。已跳过它。`,
        kept: '所有数据包都已保留。',
        todo: null,
      };
    case 'bad-name-record':
      return {
        what: `第 ${problem.offset} 字节处的名称记录无法读懂：它自称有 ${problem.length} 字节，而所在的块还剩 ${problem.left} 字节。已跳过它。`,
        kept: '所有数据包都已保留。',
        todo: null,
      };
    case 'packed-cut':
      return {
        what: `${problem.packed} 文件不完整：它在 ${problem.offset} 字节后结束，解压得到 ${problem.unpacked} 字节。`,
        kept: keptBefore(problem.packet),
        todo: '请重新复制该文件。',
      };
    case 'packed-damaged':
      return {
        what: `${problem.packed} 文件已损坏：只能解压出最前面的 ${problem.unpacked} 字节。`,
        kept: keptBefore(problem.packet),
        todo: AGAIN,
      };
    case 'unpacked-too-large':
      return {
        what: `解压后超过 ${megabytes(problem.limit)}，这里最多解压这么多。`,
        kept: keptBefore(problem.packet),
        todo: '请自行解压，并打开其中一部分：editcap -c 1000000 OLD NEW。',
      };
    case 'packed-too-deep':
      return {
        what: `归档里还有归档，超过 ${problem.limit} 层。`,
        kept: null,
        todo: '请自行解压，再打开里面的抓包文件。',
      };
    case 'too-many-files':
      return {
        what: `归档里的文件超过 ${problem.limit} 个，其余的没有打开。`,
        kept: null,
        todo: '请自行解压，再打开需要的抓包文件。',
      };
    case 'nothing-inside':
      return { what: `${problem.packed} 归档里没有文件。`, kept: null, todo: null };
    case 'zip-encrypted':
      return { what: 'zip 压缩包里的文件是加密的。', kept: null, todo: UNPACK };
    case 'zip-method':
      return {
        what: `zip 压缩包里的文件用方法 ${problem.method} 压缩，这里不能读取。`,
        kept: null,
        todo: UNPACK,
      };
    default:
      return unreachable(problem);
  }
}

const folder: ProblemText = {
  what: '文件夹里没有文件。',
  kept: null,
  todo: '请拖入放抓包文件的文件夹，或文件本身。',
};

const unreadable: ProblemText = {
  what: '浏览器无法读取这个文件。',
  kept: null,
  todo: '请确认文件仍然存在且有读取权限，然后重新打开。',
};

const noWorker: ProblemText = {
  what: '浏览器没有为这个页面启动工作线程，而压缩的文件和超过 1 MB 的文件要在其中读取。',
  kept: null,
  todo: '请解压文件或截到 1 MB 以内，或者从网页服务器打开 Hopscope（npm start）。',
};

export const problems: typeof en = {
  capture,
  folder,
  unreadable,
  'no-worker': noWorker,
  inFile: (name, what) => `${name}：${what}`,
};
