/** The frame of the verdict panel: headings, buttons, and what stands between the verdict's own words. */
import type { Held } from '../../engine/verdict/held';

export const verdictPanel = {
  title: 'Verdict',
  sides: { captures: 'What the captures say', model: 'What the model says' },
  none: 'Nothing is sent by this command, so there is nothing to judge.',
  sees: (host: string): string => `What ${host} sees`,
  took: (seconds: string, status: string): string => `exit status ${status}, after ${seconds} s`,
  emptyLine: 'empty line',
  notEnded: 'The run was cut off before the command ended.',
  path: 'The way there and back',
  step: (n: string): string => `step ${n}`,
  wayThere: 'request',
  wayBack: 'answer',
  noAnswer: 'There is no answer: nobody who could answer got the request.',
  lostHere: 'lost here',
  detour: 'detour',
  again: 'here again',
  tunnel: (how: 'vxlan' | 'ipip'): string => `inside ${how}`,
  hop: (v: { host: string; in: string | null; out: string | null }): string =>
    [v.host, v.in === null ? '' : `in at ${v.in}`, v.out === null ? '' : `out at ${v.out}`]
      .filter((part) => part !== '')
      .join(', '),
  moreHops: (n: number): string => `… ${n} more hops …`,
  files: 'Which captures would hold it',
  holds: {
    'request-and-answer': 'request and answer',
    request: 'request only',
    answer: 'answer only',
    error: 'ICMP error only',
    arp: 'only ARP',
    nothing: 'nothing of it',
  } satisfies Record<Held['holds'], string>,
  alsoError: 'ICMP error',
  save: (name: string): string => `Save the predicted ${name}`,
  saveAll: 'Save all predicted captures',
  wire: (bytes: string, plain: string | null): string =>
    `On the wire: ${bytes} bytes${plain === null ? '' : ` (host-gw: ${plain})`}.`,
  wireOff: (bytes: string): string => `${bytes} bytes, and never on a wire: the bridge joins both pods.`,
  compare: 'Compare on the wire…',
  prove: 'Prove it',
  noProof: 'Nothing is wrong, so there is nothing to prove.',
  prints: 'prints',
  anywhere: 'where kubectl works',
  repair: 'Repair',
  noRepair: 'Nothing needs repair.',
  cannotRepair: 'Nothing on these hosts can mend it.',
  orElse: 'or',
  tryIt: 'Try the repair',
  askIt: 'Ask this instead',
  repaired: (host: string): string => `✓ It works: ${host} has its answer.`,
  stillBroken: '✗ Not enough: there is something else.',
  agrees: (n: number): string => `✓ The open captures agree with this in all ${n} frames.`,
  disagrees: (wrong: number, n: number): string =>
    `✗ The open captures disagree in ${wrong} of ${n} frames: see the matrix.`,
};
