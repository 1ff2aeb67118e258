import { unreachable } from '../../engine/base/result';
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
  pcapng: 'a pcapng capture',
  snoop: 'a Solaris snoop capture',
  unknown: 'no format known here',
};

const WHAT_NOW: Readonly<Record<LooksLike, string>> = {
  text: 'A tcpdump printout cannot be compared: capture again with tcpdump -w FILE, or open the file that -w wrote.',
  gzip: 'Unpack it first: gunzip FILE.',
  zip: 'Unpack it first, then open the capture files inside.',
  pcapng: 'Save it as classic pcap: tshark -F pcap -r OLD -w NEW.',
  snoop: 'Convert it to classic pcap: tshark -F pcap -r OLD -w NEW.',
  unknown: 'Open a file that tcpdump -w wrote.',
};

/** 'd4c3b2a1' as 'd4 c3 b2 a1'. */
const spaced = (hex: string): string => hex.replace(/..(?=.)/g, '$& ');

const RETAKE =
  'Copy the file again. If it is still cut, end tcpdump with Ctrl-C (or run it with -U) so that it writes the last packet.';

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
    case 'pcapng-not-yet':
      return { what: 'This is a pcapng capture, which is not read yet.', kept: null, todo: WHAT_NOW.pcapng };
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
        todo: 'Copy the file again, in binary mode if it went by FTP.',
      };
    default:
      return unreachable(problem);
  }
}

const folder: ProblemText = {
  what: 'A folder, not a file.',
  kept: null,
  todo: 'Open the folder and drop the capture files themselves.',
};

const unreadable: ProblemText = {
  what: 'The browser could not read this file.',
  kept: null,
  todo: 'Check that it still exists and that you may read it, then open it again.',
};

export const problems = {
  capture,
  folder,
  unreadable,
  inFile: (name: string, what: string): string => `${name}: ${what}`,
};
