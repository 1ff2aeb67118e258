import { unreachable } from '../../engine/base/result';
import { linkTypeName } from '../../engine/capture/link-types';
import type { CaptureProblem } from '../../engine/capture/open';
import type { LooksLike } from '../../engine/capture/types';

/** What is wrong with a file, what was kept of it all the same, and what to do. */
export interface ProblemText {
  readonly what: string;
  readonly kept: string | null;
  readonly todo: string | null;
}

const LOOKS_LIKE: Readonly<Record<LooksLike, string>> = {
  text: 'a text file',
  gzip: 'a gzip-compressed file',
  zip: 'a zip archive',
  tar: 'a tar archive',
  zstd: 'a zstd-compressed file',
  xz: 'an xz-compressed file',
  bzip2: 'a bzip2-compressed file',
  lz4: 'an lz4-compressed file',
  '7z': 'a 7z archive',
  rar: 'a rar archive',
  pcapng: 'a pcapng capture',
  snoop: 'a Solaris snoop capture',
  netmon: 'a Microsoft Network Monitor capture',
  sniffer: 'a Sniffer (DOS) capture',
  netxray: 'a NetXray or Sniffer (Windows) capture',
  btsnoop: 'a Bluetooth btsnoop log',
  iptrace: 'an AIX iptrace capture',
  nettl: 'an HP-UX nettl trace',
  observer: 'an Observer capture',
  peek: 'an OmniPeek capture',
  k12: 'a Tektronix K12 capture',
  blf: 'a Vector BLF log',
  unknown: 'no format known here',
};

const UNPACK = 'Unpack it first, then open the capture files inside.';
const CONVERT = 'Convert it: tshark -F pcapng -r OLD -w NEW.';

const WHAT_NOW: Readonly<Record<LooksLike, string>> = {
  text: 'A tcpdump printout cannot be compared: capture again with tcpdump -w FILE, or open the file that -w wrote.',
  gzip: 'Unpack it first: gunzip FILE.',
  zip: UNPACK,
  tar: UNPACK,
  zstd: 'Unpack it first: unzstd FILE.',
  xz: 'Unpack it first: unxz FILE.',
  bzip2: 'Unpack it first: bunzip2 FILE.',
  lz4: 'Unpack it first: unlz4 FILE.',
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
  unknown: 'Open a file that tcpdump -w wrote.',
};

/** 'd4c3b2a1' as 'd4 c3 b2 a1'. */
const spaced = (hex: string): string => hex.replace(/..(?=.)/g, '$& ');

const RETAKE =
  'Copy the file again. If it is still cut, end tcpdump with Ctrl-C (or run it with -U) so that it writes the last packet.';

const AGAIN = 'Copy the file again, in binary mode if it went by FTP.';

const named = (linkType: number): string => {
  const name = linkTypeName(linkType);
  return name === null ? '' : ` (${name})`;
};

const BLOCKS: Readonly<Record<number, string>> = {
  168627466: 'section header',
  1: 'interface description',
  2: 'packet block',
  3: 'packet block',
  4: 'block of names',
  5: 'block of statistics',
  6: 'packet block',
};

const blockName = (type: number | null): string =>
  type === null ? 'block' : (BLOCKS[type] ?? `block of type ${type}`);

const megabytes = (bytes: number): string => `${bytes / 1024 / 1024} MB`;

/** `packet` counts from 1; the packets before it were read. */
const keptBefore = (packet: number): string =>
  packet === 1
    ? 'No packet could be kept.'
    : packet === 2
      ? 'Packet 1 was kept and is shown.'
      : `Packets 1 to ${packet - 1} were kept and are shown.`;

function capture(problem: CaptureProblem): ProblemText {
  switch (problem.kind) {
    case 'empty-file':
      return { what: 'The file holds 0 bytes.', kept: null, todo: 'Copy it again; check that tcpdump could write it.' };
    case 'too-short-for-header':
      return {
        what: `The file ends after ${problem.have} bytes; the file header alone takes ${problem.need}.`,
        kept: 'No packet could be kept.',
        todo: RETAKE,
      };
    case 'not-a-capture':
      return {
        what: `Not a capture file: it begins with ${spaced(problem.firstBytes)}, ${LOOKS_LIKE[problem.looksLike]}.`,
        kept: null,
        todo: WHAT_NOW[problem.looksLike],
      };
    case 'unsupported-version':
      return {
        what: `The file says it is ${problem.format} version ${problem.version} (at byte ${problem.offset}), which nobody writes today.`,
        kept: null,
        todo: `${AGAIN} If it really is that old, convert it: tshark -F pcap -r OLD -w NEW.`,
      };
    case 'reserved-bits':
      return {
        what: `The link type field at byte ${problem.offset} is ${problem.linkTypeField}: bits are set that must be zero.`,
        kept: 'No packet could be kept.',
        todo: AGAIN,
      };
    case 'read-in-part':
      return {
        what: `The file is longer than ${megabytes(problem.limit)}, the most that is read here.`,
        kept: keptBefore(problem.packet),
        todo: 'To see the rest, open a part of it: editcap -i 60 OLD NEW cuts a capture into files of a minute each.',
      };
    case 'unknown-link-type':
      return {
        what: `Link type ${problem.linkType}${named(problem.linkType)} is one that hardly any program knows.`,
        kept: 'Its packets are listed; their headers are not decoded.',
        todo: null,
      };
    case 'no-packets':
      return {
        what: `The file header is fine, but no packet follows it (the file ends at byte ${problem.offset}).`,
        kept: null,
        todo: 'Nothing passed this interface while tcpdump ran, or its filter let nothing through.',
      };
    case 'cut-in-record-header':
      return {
        what: `Packet ${problem.packet} is cut at byte ${problem.offset}: its record header needs ${problem.need} bytes, ${problem.have} are left.`,
        kept: keptBefore(problem.packet),
        todo: RETAKE,
      };
    case 'cut-in-packet':
      return {
        what: `Packet ${problem.packet} is cut: ${problem.need} bytes should follow byte ${problem.offset}, ${problem.have} are left.`,
        kept: keptBefore(problem.packet),
        todo: RETAKE,
      };
    case 'implausible-length':
      return {
        what: `Packet ${problem.packet} claims ${problem.length} bytes (at byte ${problem.offset}); no capture tool writes more than ${problem.limit}. The file is damaged from there on.`,
        kept: keptBefore(problem.packet),
        todo: AGAIN,
      };
    case 'bad-byte-order':
      return {
        what: `The section that begins before byte ${problem.offset} does not tell its byte order: ${problem.found} stands there. The file is damaged from there on.`,
        kept: keptBefore(problem.packet),
        todo: AGAIN,
      };
    case 'cut-in-block':
      return {
        what: `The file is cut at packet ${problem.packet}: the ${blockName(problem.blockType)} at byte ${problem.offset} needs ${problem.need} bytes, ${problem.have} are left.`,
        kept: keptBefore(problem.packet),
        todo: RETAKE,
      };
    case 'bad-block-length':
      return {
        what: `At packet ${problem.packet}, the ${blockName(problem.blockType)} claims ${problem.length} bytes (at byte ${problem.offset}); ${problem.min} to ${problem.max} are possible. The file is damaged from there on.`,
        kept: keptBefore(problem.packet),
        todo: AGAIN,
      };
    case 'block-lengths-differ':
      return {
        what: `At packet ${problem.packet}, the block at byte ${problem.offset} says ${problem.first} bytes at its start and ${problem.last} at its end. The file is damaged there.`,
        kept: keptBefore(problem.packet),
        todo: AGAIN,
      };
    case 'no-such-interface':
      return {
        what: `Packet ${problem.packet} belongs to interface ${problem.interface} (at byte ${problem.offset}), but the file has described ${problem.interfaces} so far.`,
        kept: keptBefore(problem.packet),
        todo: AGAIN,
      };
    case 'option-too-long':
      return {
        what: `An option at byte ${problem.offset} claims ${problem.length} bytes; its block has ${problem.left} left for it. It was passed over.`,
        kept: 'All packets were kept.',
        todo: null,
      };
    case 'bad-name-record':
      return {
        what: `A record of names at byte ${problem.offset} makes no sense: it claims ${problem.length} bytes, its block has ${problem.left} left for it. It was passed over.`,
        kept: 'All packets were kept.',
        todo: null,
      };
    case 'packed-cut':
      return {
        what: `The ${problem.packed} file is cut: it ends after ${problem.offset} bytes, which gave ${problem.unpacked} bytes unpacked.`,
        kept: keptBefore(problem.packet),
        todo: 'Copy the file again.',
      };
    case 'packed-damaged':
      return {
        what: `The ${problem.packed} file is damaged: only its first ${problem.unpacked} bytes could be unpacked.`,
        kept: keptBefore(problem.packet),
        todo: AGAIN,
      };
    case 'unpacked-too-large':
      return {
        what: `Unpacked it is larger than ${megabytes(problem.limit)}, the most that is unpacked here.`,
        kept: keptBefore(problem.packet),
        todo: 'Unpack it yourself and open a part of it: editcap -c 1000000 OLD NEW.',
      };
    case 'packed-too-deep':
      return {
        what: `It is an archive within archives, more than ${problem.limit} deep.`,
        kept: null,
        todo: 'Unpack it yourself and open the capture files inside.',
      };
    case 'too-many-files':
      return {
        what: `The archive holds more than ${problem.limit} files; the others were left out.`,
        kept: null,
        todo: 'Unpack it yourself and open the capture files you need.',
      };
    case 'nothing-inside':
      return { what: `The ${problem.packed} archive holds no file.`, kept: null, todo: null };
    case 'zip-encrypted':
      return { what: 'The file in the zip archive is encrypted.', kept: null, todo: UNPACK };
    case 'zip-method':
      return {
        what: `The file in the zip archive is compressed by method ${problem.method}, which is not read here.`,
        kept: null,
        todo: UNPACK,
      };
    default:
      return unreachable(problem);
  }
}

const folder: ProblemText = {
  what: 'A folder without a file in it.',
  kept: null,
  todo: 'Drop the folder that holds the capture files, or the files themselves.',
};

const unreadable: ProblemText = {
  what: 'The browser could not read this file.',
  kept: null,
  todo: 'Check that it still exists and that you may read it, then open it again.',
};

const noWorker: ProblemText = {
  what: 'This browser starts no worker for this page, and files that are packed or above 1 MB are read in one.',
  kept: null,
  todo: 'Unpack the file or cut it to 1 MB, or open Hopscope from a web server (npm start).',
};

export const problems = {
  capture,
  folder,
  unreadable,
  'no-worker': noWorker,
  inFile: (name: string, what: string): string => `${name}: ${what}`,
};
