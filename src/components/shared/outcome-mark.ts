/** An outcome at a glance: a mark, and how it is coloured. */
import type { Outcome } from '../../engine/verdict/verdict';

export const OUTCOME_MARK: Readonly<Record<Outcome, '✓' | '✗' | '…'>> = {
  answered: '✓',
  delivered: '✓',
  'request-lost': '✗',
  'reply-lost': '✗',
  'error-answered': '✗',
  'refused-locally': '✗',
  unfinished: '…',
};
export const OUTCOME_TONE = { '✓': 'good', '✗': 'bad', '…': 'quiet' } as const;
