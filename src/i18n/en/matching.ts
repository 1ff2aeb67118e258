/** All packets of all open files, matched in a worker. */
import { FILES_MAX } from '../../engine/matching/group';
import { clocks } from './clocks';

const grouped = (n: number): string => n.toLocaleString('en');
const files = (n: number): string => (n === 1 ? 'one file' : `${n} files`);
const packets = (n: number): string => (n === 1 ? 'one packet' : `${grouped(n)} packets`);

export const matching = {
  matching: 'Matching the packets',
  stages: {
    waiting: (n: number, _packets: number): string => `Reading the packets of ${files(n)} …`,
    matching: (n: number, of: number): string => `Matching ${files(n)}, ${packets(of)} …`,
    diagnosing: (n: number, of: number): string => `Diagnosing ${files(n)}, ${packets(of)} …`,
  },
  cancel: 'Stop matching',
  cancelShort: 'Cancel',
  again: 'Match again',
  matched: (n: number, of: number): string => `All packets of ${files(n)} were matched: ${packets(of)}.`,
  clocks,
  notAnswered: {
    'no-worker': 'This browser starts no worker for this page, so the packets cannot be matched and diagnosed.',
    'too-many-files': `At most ${FILES_MAX} files can be matched at a time, and more are open. Remove some, and all packets of the others are matched.`,
    failed: 'The packets could not be matched: a file cannot be read any more, or there is not enough memory.',
    cancelled: 'The matching was stopped.',
  },
};
