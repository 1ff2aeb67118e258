/** Every frame that somebody should look at, over all packets. */
import type { ComparedFrame, Comparison, Journey } from '../../engine/comparison/comparison';
import { standingOf } from '../shared/standing';

export const FINDING_KINDS = ['differs', 'not-predicted', 'not-captured'] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

export interface FoundFrame {
  readonly frame: ComparedFrame;
  readonly journey: Journey;
  readonly index: number; // of the journey
  readonly column: number;
}

export interface Findings {
  readonly byKind: Readonly<Record<FindingKind, readonly FoundFrame[]>>;
  readonly count: number;
  readonly unchecked: number; // predictions for points without a file
  readonly unrelated: number; // captured frames of other traffic
}

export function findingsIn(comparison: Comparison): Findings {
  const all = comparison.journeys.flatMap((journey, index) =>
    journey.cells.flatMap((frames, column) => frames.map((frame) => ({ frame, journey, index, column }))),
  );
  const ofKind = (kind: FindingKind) => all.filter(({ frame }) => standingOf(frame) === kind);
  const byKind = {
    differs: ofKind('differs'),
    'not-predicted': ofKind('not-predicted'),
    'not-captured': ofKind('not-captured'),
  };
  return {
    byKind,
    count: byKind.differs.length + byKind['not-predicted'].length + byKind['not-captured'].length,
    unchecked: all.filter(({ frame }) => standingOf(frame) === 'not-loaded').length,
    unrelated: comparison.frames.flat().filter((frame) => frame.artefacts.includes('unrelated')).length,
  };
}
