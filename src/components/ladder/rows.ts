/** The ladder's rows: where each frame went from one capture point to the next, in order of time. Pure geometry. */
import type { ComparedFrame, Comparison, Journey } from '../../engine/comparison/comparison';
import { type Standing, standingOf } from '../shared/standing';

/** A frame at a capture point. */
export interface Sight {
  readonly column: number;
  readonly standing: Standing;
  readonly frame: ComparedFrame;
  readonly atUs: number;
}

export interface LadderRow {
  readonly key: string;
  readonly atUs: number;
  readonly guessed: boolean; // nobody predicted it: placed by its neighbours in its file
  readonly journey: number; // index into comparison.journeys
  readonly from: Sight;
  readonly to: readonly Sight[]; // empty: seen at one point only
  /** Seen at one point only: on which side of its column the rest of the way lies. */
  readonly stub: 'left' | 'right' | null;
  /** The same frame once more at the same point, see Artefact 'hairpin-echo'. */
  readonly echo: boolean;
  readonly steps: readonly [number, number] | null; // first and last step, if predicted
}

export function ladderRows(comparison: Comparison): readonly LadderRow[] {
  const timeOf = clocks(comparison);
  const outside = outsideOf(comparison);
  return comparison.journeys
    .flatMap((journey, index) => rowsOf(journey, index, timeOf, outside))
    .sort((a, b) => a.atUs - b.atUs || (a.steps?.[0] ?? 0) - (b.steps?.[0] ?? 0));
}

type TimeOf = (column: number, frame: ComparedFrame) => number;

/** Virtual time of a frame. One that nobody predicted stands as far from its predicted neighbour as in its file. */
function clocks(comparison: Comparison): TimeOf {
  const offsets = comparison.frames.map((frames) =>
    frames.flatMap(({ predicted, captured }) =>
      predicted !== null && captured !== null
        ? [{ seconds: captured.seconds, offsetUs: predicted.atUs - captured.seconds * 1e6 }]
        : [],
    ),
  );
  return (column, { predicted, captured }) => {
    if (predicted !== null) return predicted.atUs;
    const seconds = captured?.seconds ?? 0;
    const known = offsets[column] ?? [];
    const nearest = known.filter((pair) => pair.seconds <= seconds).at(-1) ?? known[0];
    return seconds * 1e6 + (nearest?.offsetUs ?? 0);
  };
}

/** Which way the wire leaves each point, learned from packets that pass several: a pod sends right, the far pod left. */
function outsideOf(comparison: Comparison): readonly ('left' | 'right')[] {
  const last = comparison.points.length - 1;
  return comparison.points.map((_, column) => {
    for (const { cells, reversed } of comparison.journeys) {
      const direction = cells[column]?.[0]?.predicted?.direction;
      if (direction === undefined || cells.filter((frames) => frames.length > 0).length < 2) continue;
      return (direction === 'out') === reversed ? 'left' : 'right';
    }
    return column <= last / 2 ? 'right' : 'left';
  });
}

function rowsOf(
  journey: Journey,
  index: number,
  timeOf: TimeOf,
  outside: readonly ('left' | 'right')[],
): readonly LadderRow[] {
  const firsts: Sight[] = [];
  const echoes: Sight[] = [];
  journey.cells.forEach((frames, column) => {
    frames.forEach((frame, nth) => {
      (nth === 0 ? firsts : echoes).push({ column, standing: standingOf(frame), frame, atUs: timeOf(column, frame) });
    });
  });
  firsts.sort((a, b) => a.atUs - b.atUs || (journey.reversed ? b.column - a.column : a.column - b.column));
  // Nothing forwards ARP: whoever sees it has it from the sender. Anything else goes from point to point.
  const flooded = journey.what?.kind === 'arp-request' || journey.what?.kind === 'arp-reply';
  const [sender, ...others] = firsts;
  const legs: readonly (readonly Sight[])[] =
    sender === undefined
      ? []
      : others.length === 0 || flooded
        ? [firsts]
        : others.map((to, i) => [firsts[i] ?? sender, to]);
  const row = (sights: readonly Sight[], echo: boolean): readonly LadderRow[] => {
    const [from, ...to] = sights;
    if (from === undefined) return [];
    const steps = sights.flatMap(({ frame }) => (frame.predicted === null ? [] : [frame.predicted.step]));
    const out = outside[from.column] ?? 'right';
    return [
      {
        key: `${index} ${from.column} ${from.frame.predicted?.step ?? '-'} ${from.frame.captured?.index ?? '-'}`,
        atUs: from.atUs,
        guessed: from.frame.predicted === null,
        journey: index,
        from,
        to,
        stub: to.length > 0 ? null : out,
        echo,
        steps: steps.length === 0 ? null : [Math.min(...steps), Math.max(...steps)],
      },
    ];
  };
  return [...legs.flatMap((sights) => row(sights, false)), ...echoes.flatMap((echo) => row([echo], true))];
}

/** Does the single sight of a stub come in at its point, or go out? An unpredicted one is taken as coming in. */
export const isInbound = (sight: Sight): boolean => sight.frame.predicted?.direction !== 'out';

/** The row to mark at a step: the packet's own row that began last; before its first frame, its first row. */
export function rowAt(rows: readonly LadderRow[], comparison: Comparison, packet: number | null, step: number): number {
  let begun = -1;
  let ownBegun = -1;
  let ownFirst = -1;
  rows.forEach((row, i) => {
    const own = packet !== null && comparison.journeys[row.journey]?.packet === packet;
    const hasBegun = row.steps !== null && row.steps[0] <= step;
    if (hasBegun) begun = i;
    if (own && hasBegun) ownBegun = i;
    if (own && ownFirst < 0) ownFirst = i;
  });
  return [ownBegun, ownFirst, begun].find((index) => index >= 0) ?? -1;
}
