/** What the verdict row says of one packet, as data. Everything comes from the frames; no sentence is assumed. */

import { sameBytes } from '../../engine/base/bytes';
import type { Artefact, ComparedField, Comparison, Journey } from '../../engine/comparison/comparison';
import type { Topology } from '../../engine/topology/topology';
import { deviceNamed, hostNamed } from '../../engine/topology/topology';
import { standingOf } from '../shared/standing';
import { shownFrame } from './journey';

/** `capture-not-loaded` is said once for all columns; an unrelated frame is in no journey. */
type Explained = Exclude<Artefact, 'capture-not-loaded' | 'unrelated'>;
const isExplained = (artefact: Artefact): artefact is Explained =>
  artefact !== 'capture-not-loaded' && artefact !== 'unrelated';

type Difference = Pick<ComparedField, 'name' | 'predicted' | 'captured'>;

export type Finding =
  | { readonly kind: 'all-agree'; readonly points: number }
  | { readonly kind: 'some-agree'; readonly columns: readonly number[] }
  | { readonly kind: 'differs'; readonly columns: readonly number[]; readonly field: Difference }
  | { readonly kind: 'more-differ'; readonly fields: number }
  | { readonly kind: 'absent'; readonly columns: readonly number[] }
  | { readonly kind: 'unexpected'; readonly columns: readonly number[] }
  | { readonly kind: 'unloaded'; readonly columns: readonly number[] }
  | { readonly kind: 'same-frame'; readonly columns: readonly number[]; readonly segment: boolean }
  | { readonly kind: 'artefact'; readonly column: number; readonly artefact: Explained };

const DIFFERENCES_SHOWN = 3; // the rows show all of them

export function findingsOf(comparison: Comparison, journey: Journey, topology: Topology): readonly Finding[] {
  const agree: number[] = [];
  const absent: number[] = [];
  const unexpected: number[] = [];
  const unloaded: number[] = [];
  const artefacts: Finding[] = [];
  journey.cells.forEach((frames, column) => {
    const frame = shownFrame(frames);
    if (frame === null) return;
    const standing = standingOf(frame);
    if (standing === 'agrees') agree.push(column);
    if (standing === 'not-loaded') unloaded.push(column);
    if (standing === 'not-captured') absent.push(column);
    if (standing === 'not-predicted') unexpected.push(column);
    for (const artefact of new Set(frames.flatMap((each) => each.artefacts))) {
      if (isExplained(artefact)) artefacts.push({ kind: 'artefact', column, artefact });
    }
  });
  return [
    ...differences(journey),
    ...at('absent', absent),
    ...at('unexpected', unexpected),
    ...agreement(agree, agree.length === journey.cells.filter((frames) => frames.length > 0).length),
    ...sameFrames(comparison, journey, topology),
    ...artefacts,
    ...at('unloaded', unloaded),
  ];
}

const at = (kind: 'absent' | 'unexpected' | 'unloaded', columns: readonly number[]): readonly Finding[] =>
  columns.length === 0 ? [] : [{ kind, columns }];

/** One finding per field and pair of values, wherever it stands; the most common first. */
function differences(journey: Journey): readonly Finding[] {
  const groups = new Map<string, { readonly field: Difference; readonly columns: number[] }>();
  journey.cells.forEach((frames, column) => {
    const frame = shownFrame(frames);
    if (frame === null || standingOf(frame) !== 'differs') return;
    for (const field of frame.fields) {
      if (field.verdict !== 'differs' && field.verdict !== 'one-sided') continue;
      const key = `${field.name} ${field.predicted} ${field.captured}`;
      const group = groups.get(key) ?? { field, columns: [] };
      groups.set(key, group);
      group.columns.push(column);
    }
  });
  const sorted = [...groups.values()].sort((a, b) => b.columns.length - a.columns.length);
  const rest = sorted.length - DIFFERENCES_SHOWN;
  return [
    ...sorted.slice(0, DIFFERENCES_SHOWN).map((group) => ({ kind: 'differs' as const, ...group })),
    ...(rest > 0 ? [{ kind: 'more-differ' as const, fields: rest }] : []),
  ];
}

function agreement(columns: readonly number[], all: boolean): readonly Finding[] {
  if (columns.length === 0) return [];
  return [all ? { kind: 'all-agree', points: columns.length } : { kind: 'some-agree', columns }];
}

/** Runs of neighbouring capture points whose frames are equal, byte for byte. */
function sameFrames(comparison: Comparison, journey: Journey, topology: Topology): readonly Finding[] {
  const bytes = journey.cells.map((frames) => {
    const frame = shownFrame(frames);
    const isMissing = frame === null || ['not-captured', 'after-end'].includes(standingOf(frame));
    return isMissing ? null : (frame.captured?.bytes ?? frame.predicted?.bytes ?? null);
  });
  const runs: number[][] = [];
  bytes.forEach((here, column) => {
    const before = bytes[column - 1] ?? null;
    if (here === null) return;
    if (before !== null && sameBytes(before, here)) runs.at(-1)?.push(column);
    else runs.push([column]);
  });
  return runs
    .filter((columns) => columns.length > 1)
    .map((columns) => ({ kind: 'same-frame', columns, segment: onOneSegment(comparison, topology, columns) }));
}

function onOneSegment(comparison: Comparison, topology: Topology, columns: readonly number[]): boolean {
  const segments = columns.map((column) => {
    const point = comparison.points[column];
    const host = point === undefined ? null : hostNamed(topology, point.host);
    const device = host === null || point === undefined ? null : deviceNamed(host, point.dev);
    return device?.link.kind === 'nic' ? device.link.segment : null;
  });
  return segments[0] !== null && segments.every((segment) => segment === segments[0]);
}
