/** The lecture: presenter mode, questions. Loaded with its screens. */

import { formatIpv4 } from '../../engine/addr/ipv4';
import type { Asked, QuestionKind } from '../../engine/questions/question';
import { glossary } from './glossary';
import { glossaryPage } from './glossary-page';
import { hunt } from './hunt';
import { lessons } from './lessons';
import { takeHome } from './take-home';

const stage = {
  title: 'Presentation',
  chain: 'Where the packet is',
  kernel: 'kernel',
  controls: 'Controls',
  present: 'Present',
  presentHint: 'Large type for a projector',
  leave: 'Back to the page',
  leavePresenting: 'End presenting',
  view: { decision: 'Show the decision', matrix: 'Show the hop matrix' },
  spotlight: 'Spotlight at the pointer',
  blank: 'Blank screen',
  unblank: 'The screen is blank; any key or a click brings it back',
  fullScreen: 'Full screen',
  moreRows: (n: number): string => `… ${n} more`,
  copyLink: 'Copy link',
  openInFull: 'Open in full',
  copied: 'Copied',
  speaker: 'Speaker’s window',
  now: 'Now',
  next: 'Next',
  nothingNext: 'Nothing: this is the last step.',
  note: 'Note',
  clock: 'Time',
  elapsed: 'Since the start',
  restart: 'Start again',
};

const kind = {
  route: 'Which route row wins',
  'next-hop': 'The next hop',
  'dst-mac': 'The destination MAC',
  ttl: 'What TTL becomes',
  'on-device': 'Is the same frame on the other node’s card',
  held: 'Which capture files hold the request',
  printed: 'What ping prints',
} satisfies Record<QuestionKind, string>;

function ask(asked: Asked): string {
  switch (asked.kind) {
    case 'route':
      return `**${asked.host}** looks up **${formatIpv4(asked.dst)}**. Which row of its route table wins?`;
    case 'next-hop':
      return `**${asked.host}** has a packet for **${formatIpv4(asked.dst)}**. What is the next hop?`;
    case 'dst-mac':
      return `**${asked.host}** sends it out of **${asked.dev}**. Whose MAC will be the destination MAC?`;
    case 'ttl':
      return `The packet came to **${asked.host}** with TTL **${asked.ttl}**, and **${asked.host}** routes it. What TTL does it leave with?`;
    case 'on-device':
      return `This frame leaves **${asked.from.host} ${asked.from.dev}**. Will the very same frame be seen on **${asked.at.host} ${asked.at.dev}**?`;
    case 'held':
      return `**${asked.host}** sends its request. Which capture files will hold it?`;
    case 'printed':
      return `What does **${asked.command}** on **${asked.host}** print next?`;
  }
}

const questions = {
  title: 'What happens next?',
  question: 'Question',
  none: 'Nothing of the chosen kinds can be asked about this run.',
  kinds: 'What to ask',
  kind,
  ask,
  reveal: 'Show the answer',
  correct: 'Right.',
  incorrect: 'Not this one.',
  again: 'Ask again',
  position: (at: number, of: number): string => `question ${at} of ${of}`,
  score: (right: number, answered: number): string => `${right} of ${answered} right`,
  over: (right: number, answered: number): string =>
    `That was the last one: ${right} of ${answered} right. The score stays in this tab.`,
  noFile: 'none of them',
  choice: {
    'no-route': 'no row matches',
    yes: 'Yes, byte for byte',
    no: 'No',
    silence: 'nothing, until the statistics say 100% packet loss',
  },
  because: {
    route: 'Of all rows that match, the longest prefix wins. The order of the rows does not count.',
    'next-hop': 'The winning row names it: the address after “via”, or, on a link of its own, the destination itself.',
    'dst-mac': 'A frame goes no further than the next hop, so it carries the next hop’s MAC. The IP addresses stay.',
    ttl: 'Whoever routes a packet takes one off its TTL. Bridges and switches do not touch it.',
    'on-device':
      'A switch hands a frame on as it is, to the port of its destination MAC. Only a router makes a new one.',
    held: 'A capture holds what reached its device. Where the files end is where the packet ended, or went another way.',
    printed: 'ping prints a reply with the TTL it arrived with, an ICMP error with its sender, or nothing at all.',
  } satisfies Record<QuestionKind, string>,
};

export const lecture = { stage, questions, hunt, lessons, takeHome, glossary, glossaryPage };
