/** What the comparison says of single packets: the journey each is in, whether it agrees, and the step that shows it. */
import type { ComparedFrame, Comparison } from '../../engine/comparison/comparison';
import type { FileRole } from '../../engine/comparison/session';
import type { Source } from './sources';

export interface Mark {
  readonly journey: number | null; // index in `Comparison.journeys`; null for other traffic on the same devices
  readonly hop: number; // place of its capture point on the journey's way
  readonly verdict: 'agrees' | 'differs' | 'not-predicted' | 'unrelated';
  readonly step: number | null; // of the trace; null: nobody predicted it
}

/** By the packet's number among all. A packet that is not compared has none. */
export type Marks = ReadonlyMap<number, Mark>;

export function marksOf(comparison: Comparison, roles: readonly FileRole[], sources: readonly Source[]): Marks {
  const marks = new Map<number, Mark>();
  const compared = comparison.points.map(({ id }) => sources.find((source) => isComparedAt(roles, source, id)));
  const last = comparison.points.length - 1;
  for (const [journey, { cells, reversed }] of comparison.journeys.entries()) {
    for (const [point, frames] of cells.entries()) {
      const source = compared[point];
      if (source === undefined) continue;
      for (const frame of frames) {
        if (frame.captured === null || frame.captured.file !== source.name) continue;
        const verdict = verdictOf(frame);
        marks.set(source.first + frame.captured.index, {
          journey: verdict === 'unrelated' ? null : journey,
          hop: reversed ? last - point : point,
          verdict,
          step: frame.predicted?.step ?? null,
        });
      }
    }
  }
  return marks;
}

/** Of several files for one point, the first is compared. */
const isComparedAt = (roles: readonly FileRole[], source: Source, point: string): boolean =>
  roles.some(
    ({ file, point: at, evidence }) =>
      file === source.id && at === point && !evidence.some(({ kind }) => kind === 'second'),
  );

function verdictOf({ verdict, artefacts }: ComparedFrame): Mark['verdict'] {
  if (artefacts.includes('unrelated')) return 'unrelated';
  return verdict === 'agrees' || verdict === 'differs' ? verdict : 'not-predicted';
}

const TINTS = 8;

/** One of a few colours for a journey. They come again, so the number beside them is what tells journeys apart. */
export const tintOf = (journey: number): number => journey % TINTS;
