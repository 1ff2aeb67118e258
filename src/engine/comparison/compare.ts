/** Prediction and captures side by side. Only this file and `compare-fields.ts` decide whether a capture agrees. */
import { isMulticast } from '../addr/mac';
import { titleOf } from '../analysis/title';
import { sameBytes } from '../base/bytes';
import { type InParts, inOneGo } from '../base/in-parts';
import { packetsOf, type Trace } from '../sim/trace';
import type { CapturePoint, Topology } from '../topology/topology';
import { hasOffloadedChecksum, type JudgedField, judgeAlone, judgePair } from './compare-fields';
import type { Artefact, ComparedField, ComparedFrame, Comparison, FrameVerdict, Journey } from './comparison';
import { chanceFields, type FieldSet } from './drawn';
import { type Trip, tripsOf } from './journeys';
import { type Pairing, type PointCapture, pairAt } from './pairing';
import { unrelatedIn } from './related';

/** By CapturePoint.id. */
export type CapturesByPoint = ReadonlyMap<string, PointCapture>;

/** A bridge hands a broadcast back within microseconds; ARP asks again after a second. */
const HAIRPIN_SECONDS_MAX = 0.01;
/** ARP of its own accord comes 5 s after the last packet; a gap of a second tells it from what the packet caused. */
const LATE_US = 1_000_000;

type Compared = readonly [trace: Trace, topology: Topology, points: readonly CapturePoint[], captures: CapturesByPoint];

export const compare = (...input: Compared): Comparison => inOneGo(compareInParts(...input));

export function* compareInParts(...[trace, topology, points, captures]: Compared): InParts<Comparison> {
  const chance = chanceFields(trace);
  const perPoint: (readonly Pairing[])[] = [];
  for (const [i, point] of points.entries()) {
    perPoint.push(withEchoes(pairAt(trace, point, i, captures.get(point.id) ?? null)));
    yield;
  }
  const isUnrelated = unrelatedIn(trace);
  const related = perPoint.map((pairings) => pairings.filter((pairing) => !isUnrelated(pairing)));
  const trips = tripsOf(related, points, topology);
  const before = framesBefore(trips);
  const made = new Map<Pairing, ComparedFrame>();
  const frames: ComparedFrame[][] = [];
  for (const [i, pairings] of perPoint.entries()) {
    const point = points[i]?.id ?? '';
    const late = captures.has(point) ? lateArp(pairings) : new Set<Pairing>();
    const compared: ComparedFrame[] = [];
    for (const pairing of pairings) {
      const extra = artefactsOf(pairing, pairings, captures.has(point), late.has(pairing));
      if (isUnrelated(pairing)) extra.push('unrelated');
      const known = pairing.packet === null ? new Set<never>() : chance(pairing.packet);
      const frame = comparedFrame(pairing, point, known, extra, () => {
        const last = before.get(pairing);
        return last === undefined ? null : (made.get(last) ?? null);
      });
      made.set(pairing, frame);
      compared.push(frame);
      yield;
    }
    frames.push(compared);
  }
  const journeys = trips.map((trip) => journeyOf(trip, trace, points, made));
  return { points, loaded: points.map((point) => captures.has(point.id)), frames, journeys, totals: totalsOf(frames) };
}

// ---- one frame

/**
 * `fields` is computed when somebody reads it: of a million captured frames a page shows a few dozen. Frames whose bytes
 * equal the prediction need no decoding to agree.
 */
function comparedFrame(
  { packet, predicted, captured, level }: Pairing,
  point: string,
  chance: FieldSet,
  extra: readonly Artefact[],
  before: () => ComparedFrame | null,
): ComparedFrame {
  const paired = predicted !== null && captured !== null;
  const judge = paired ? once(() => judgePair(predicted.bytes, captured, chance, level !== 3)) : null;
  const equal = paired && sameBytes(predicted.bytes, captured.bytes);
  const judged = once((): readonly JudgedField[] => {
    if (judge !== null) return judge().fields;
    if (predicted !== null) return judgeAlone(predicted.bytes, predicted.bytes.length, 'predicted');
    return captured === null ? [] : judgeAlone(captured.bytes, captured.originalLength, 'captured');
  });
  const fields = once(() => withChanges(judged(), before()?.fields ?? null));
  const seen: readonly Artefact[] =
    judge === null
      ? []
      : !equal
        ? judge().artefacts
        : hasOffloadedChecksum(captured?.bytes ?? EMPTY)
          ? ['checksum-offloaded']
          : [];
  const verdict: FrameVerdict =
    judge !== null
      ? equal || judge().agrees
        ? 'agrees'
        : 'differs'
      : predicted !== null
        ? 'not-captured'
        : 'not-predicted';
  return {
    point,
    packet,
    predicted,
    captured,
    get fields() {
      return fields();
    },
    verdict,
    artefacts: [...extra, ...seen],
  };
}

const EMPTY = new Uint8Array(0);

function once<T>(compute: () => T): () => T {
  let known: { readonly value: T } | null = null;
  return () => {
    known ??= { value: compute() };
    return known.value;
  };
}

/** Fields by name; where a name comes twice, as in a tunnel, the n-th against the n-th. */
function withChanges(
  fields: readonly JudgedField[],
  before: readonly ComparedField[] | null,
): readonly ComparedField[] {
  if (before === null) return fields.map((field) => ({ ...field, sinceLastPoint: null }));
  const waiting = new Map<string, ComparedField[]>();
  for (const field of before) {
    const same = waiting.get(field.name);
    if (same === undefined) waiting.set(field.name, [field]);
    else same.push(field);
  }
  return fields.map((field) => ({ ...field, sinceLastPoint: changeOf(field, waiting.get(field.name)?.shift()) }));
}

/** Captured against captured where both points have it, else predicted against predicted: never a drawn value against a real one. */
function changeOf(field: JudgedField, before: ComparedField | undefined): 'same' | 'changed' | null {
  if (before === undefined) return 'changed';
  const isSame =
    field.captured !== null && before.captured !== null
      ? field.captured === before.captured
      : field.predicted !== null && before.predicted !== null
        ? field.predicted === before.predicted
        : (field.captured ?? field.predicted) === (before.captured ?? before.predicted);
  return isSame ? 'same' : 'changed';
}

// ---- what looks like a fault and is none

/** A captured broadcast that nobody predicted and that repeats one just seen belongs to that one's packet. */
function withEchoes(pairings: readonly Pairing[]): readonly Pairing[] {
  return pairings.map((pairing, i) => {
    if (pairing.predicted !== null) return pairing;
    const echoed = echoedBy(pairing, pairings.slice(Math.max(0, i - 8), i));
    return echoed === null ? pairing : { ...pairing, packet: echoed.packet };
  });
}

function echoedBy({ captured, frame }: Pairing, earlier: readonly Pairing[]): Pairing | null {
  if (captured === null || frame?.arp == null || !isMulticast(frame.eth.dst)) return null;
  const repeats = (one: Pairing): boolean =>
    one.captured !== null &&
    captured.seconds - one.captured.seconds <= HAIRPIN_SECONDS_MAX &&
    sameBytes(one.captured.bytes, captured.bytes);
  return earlier.findLast(repeats) ?? null;
}

function artefactsOf(pairing: Pairing, all: readonly Pairing[], loaded: boolean, late: boolean): Artefact[] {
  const artefacts: Artefact[] = [];
  if (isHairpinEcho(pairing, all)) artefacts.push('hairpin-echo');
  if (!loaded) artefacts.push('capture-not-loaded');
  else if (late) artefacts.push('after-capture-end');
  return artefacts;
}

/** The second sight of one broadcast on one device. */
function isHairpinEcho(pairing: Pairing, all: readonly Pairing[]): boolean {
  const { packet, frame } = pairing;
  if (packet === null || frame === null || !isMulticast(frame.eth.dst)) return false;
  return all.find((one) => one.packet === packet) !== pairing;
}

/** ARP frames predicted for later than anything the file holds: whoever stopped the capture then missed nothing else. */
function lateArp(pairings: readonly Pairing[]): ReadonlySet<Pairing> {
  const lastHeld = pairings.findLastIndex((pairing) => pairing.captured !== null);
  const heldUs = pairings.findLast((pairing) => pairing.captured !== null && pairing.predicted !== null)?.predicted
    ?.atUs;
  if (heldUs === undefined) return new Set();
  const rest = pairings.slice(lastHeld + 1);
  const isLate = ({ predicted, frame }: Pairing): boolean =>
    frame?.arp != null && predicted !== null && predicted.atUs - heldUs >= LATE_US && !isMulticast(frame.eth.dst);
  return new Set(rest.filter(isLate));
}

// ---- packets

/** The frame of the same packet at the capture point before: by step where it is predicted, else by the points' order. */
function framesBefore(trips: readonly Trip[]): ReadonlyMap<Pairing, Pairing> {
  const before = new Map<Pairing, Pairing>();
  for (const { pairings, reversed } of trips) {
    const travelled = [...pairings].sort((a, b) =>
      a.predicted !== null && b.predicted !== null
        ? a.predicted.step - b.predicted.step
        : reversed
          ? b.point - a.point
          : a.point - b.point,
    );
    for (const [i, pairing] of travelled.entries()) {
      const last = travelled.slice(0, i).findLast((one) => one.point !== pairing.point);
      if (last !== undefined) before.set(pairing, last);
    }
  }
  return before;
}

function journeyOf(
  { pairings, reversed }: Trip,
  trace: Trace,
  points: readonly CapturePoint[],
  made: ReadonlyMap<Pairing, ComparedFrame>,
): Journey {
  const cells: ComparedFrame[][] = points.map(() => []);
  for (const pairing of pairings) {
    const frame = made.get(pairing);
    if (frame !== undefined) cells[pairing.point]?.push(frame);
  }
  const packet = pairings[0]?.packet ?? null;
  const first = reversed ? pairings.at(-1) : pairings[0];
  const bytes = first?.captured?.bytes ?? first?.predicted?.bytes ?? EMPTY;
  const what = packet === null ? null : (packetsOf(trace).get(packet)?.what ?? null);
  return { packet, what, title: titleOf(bytes), cells, reversed };
}

const UNCOUNTED: readonly Artefact[] = ['capture-not-loaded', 'after-capture-end', 'unrelated'];

function totalsOf(frames: readonly (readonly ComparedFrame[])[]): Comparison['totals'] {
  const totals = { agrees: 0, differs: 0, 'not-captured': 0, 'not-predicted': 0 };
  for (const { verdict, artefacts } of frames.flat()) {
    if (artefacts.some((artefact) => UNCOUNTED.includes(artefact))) continue;
    totals[verdict] += 1;
  }
  return totals;
}
