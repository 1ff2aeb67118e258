/** Predicted and captured frames of one capture point, brought together in one order of time. */

import { type Dissected, dissect } from '../analysis/dissect';
import { LINK_TYPE } from '../capture/link-types';
import type { CaptureFile } from '../capture/types';
import type { PacketId } from '../sim/event';
import type { Trace } from '../sim/trace';
import type { CapturePoint } from '../topology/topology';
import { type Alignable, align, type Partner } from './align';
import type { CapturedFrame, PredictedFrame } from './comparison';
import type { Level } from './match';
import { predictedAt } from './predicted';

/** The file taken for a capture point. */
export interface PointCapture {
  readonly name: string;
  readonly capture: CaptureFile;
}

/** One frame at one point, as predicted, as captured, or both; never neither. */
export interface Pairing {
  readonly point: number; // index into the points
  readonly packet: PacketId | null;
  readonly predicted: PredictedFrame | null;
  readonly captured: CapturedFrame | null;
  readonly frame: Dissected | null; // the captured one where there is one
  readonly level: Level | null; // how strictly the two match; null where one is missing
}

const readFiles = new WeakMap<CaptureFile, readonly (Dissected | null)[]>();

/** Every packet of a file, dissected once. Empty for link types other than Ethernet: no MACs, no comparison. */
export function framesOf(capture: CaptureFile): readonly (Dissected | null)[] {
  let frames = readFiles.get(capture);
  if (frames === undefined) {
    frames = capture.linkType === LINK_TYPE.ethernet ? capture.packets.map((packet) => dissect(packet.bytes)) : [];
    readFiles.set(capture, frames);
  }
  return frames;
}

/** The packets of a file as frames of a capture point; seconds count from its first packet. */
export function capturedFrames({ name, capture }: PointCapture): readonly CapturedFrame[] {
  const first = capture.packets[0];
  if (first === undefined || capture.linkType !== LINK_TYPE.ethernet) return [];
  return capture.packets.map(({ index, seconds, nanoseconds, originalLength, bytes }) => ({
    file: name,
    index,
    seconds: seconds - first.seconds + (nanoseconds - first.nanoseconds) / 1e9,
    originalLength,
    bytes,
  }));
}

/** Captured frames keep the order of their file; a predicted one that is missing there stands behind its predecessor. */
export function pairAt(
  trace: Trace,
  point: CapturePoint,
  index: number,
  file: PointCapture | null,
): readonly Pairing[] {
  const predicted = predictedAt(trace, point);
  const captured = file === null ? [] : capturedFrames(file);
  const frames = file === null ? [] : framesOf(file.capture);
  const ours: readonly Alignable[] = predicted.map(({ bytes }) => ({ bytes, frame: dissect(bytes) }));
  const theirs: readonly Alignable[] = captured.map(({ bytes }, i) => ({ bytes, frame: frames[i] ?? null }));
  const partners = align(ours, theirs);
  const predictedOf = new Map<number, number>();
  for (const [p, partner] of partners.entries()) if (partner !== null) predictedOf.set(partner.captured, p);
  const missing = missingBehind(partners);
  const pairings: Pairing[] = [];
  const push = (p: number | undefined, c: number | undefined): void => {
    const one = p === undefined ? null : (predicted[p] ?? null);
    const other = c === undefined ? null : (captured[c] ?? null);
    const frame = (c === undefined ? ours[p ?? -1] : theirs[c])?.frame ?? null;
    const level = p === undefined ? null : (partners[p]?.level ?? null);
    pairings.push({ point: index, packet: one?.packet ?? null, predicted: one, captured: other, frame, level });
  };
  for (const p of missing.get(null) ?? []) push(p, undefined);
  for (const c of captured.keys()) {
    const p = predictedOf.get(c);
    push(p, c);
    if (p !== undefined) for (const next of missing.get(p) ?? []) push(next, undefined);
  }
  return pairings;
}

/** Predicted frames without a partner, by the last one before them that has one. */
function missingBehind(partners: readonly (Partner | null)[]): ReadonlyMap<number | null, readonly number[]> {
  const behind = new Map<number | null, number[]>();
  let last: number | null = null;
  for (const [p, partner] of partners.entries()) {
    if (partner !== null) last = p;
    else if (behind.has(last)) behind.get(last)?.push(p);
    else behind.set(last, [p]);
  }
  return behind;
}
