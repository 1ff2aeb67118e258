/** Files dropped on the page: what may come, what became of it, and what is neither a capture nor tells of a cluster. */
import type { ProblemText } from './problems';

const plural = (n: number, one: string, many = `${one}s`): string => `${n} ${n === 1 ? one : many}`;

export const drop = {
  note: 'Captures written by tcpdump -w, what ip, kubectl and the like printed, a cluster file, or a folder of them. Nothing is uploaded.',
  noText: (said: ProblemText): ProblemText => ({
    ...said,
    todo: `${said.todo ?? ''} Nothing in it is output of ip, kubectl, flanneld or the like either, so it tells nothing of a cluster.`,
  }),
  tcpdumpNotes: {
    what: 'What tcpdump said on its terminal while it captured.',
    kept: 'It holds no packet.',
    todo: 'Nothing to do.',
  } satisfies ProblemText,
  beside: (texts: number): string =>
    `What is compared with is your cluster${texts === 0 ? ', from a cluster file' : `, made from ${plural(texts, 'text')}`}.`,
  openCluster: 'Your cluster…',
  captures: (n: number): string => `${plural(n, 'capture file')} open beside it.`,
  openCaptures: 'Captures…',
  leftOut: (names: readonly string[]): string =>
    `A cluster file stands alone. Given with it and not read: ${names.join(', ')}.`,
};
