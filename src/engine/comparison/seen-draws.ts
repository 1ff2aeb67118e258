/**
 * What hosts drew by chance, read off the captures, so that a second run draws the same and everything that follows from
 * it (checksums, replies, quotes) can be compared. Only drawn values are taken: IP ID, ICMP identifier, ping's data,
 * client ports. Anything else a capture shows is for the model to predict.
 */

import type { Inner } from '../analysis/dissect';
import { concat } from '../base/bytes';
import type { Draws } from '../sim/draws';
import type { PacketId } from '../sim/event';
import type { Trace } from '../sim/trace';
import type { CapturePoint } from '../topology/topology';
import * as icmp from '../wire/icmp';
import type { CapturesByPoint } from './compare';
import { drawsUsed } from './drawn';
import { type Pairing, pairAt } from './pairing';

/**
 * The draws of `trace`, with those that a capture shows in place of the seed's. Which draw went into which packet is read
 * off the trace, so a packet missing from the captures leaves a hole (the seed's value) and shifts nothing. Where points
 * disagree, the one nearest to where the packet was made counts.
 */
export function drawsFrom(trace: Trace, points: readonly CapturePoint[], captures: CapturesByPoint): Draws {
  const seen = nearestCaptured(trace, points, captures);
  const made = {
    ipIds: new Map<string, number[]>(),
    icmpIds: new Map<string, number[]>(),
    ports: new Map<string, number[]>(),
    pingData: new Map<string, Uint8Array[]>(),
  };
  const parts = partsOf(trace);
  for (const [packet, { host, ipId, icmpId, echo, port }] of drawsUsed(trace)) {
    const pieces = seen.has(packet) ? [packet] : (parts.get(packet) ?? []);
    const inners = pieces.map((piece) => seen.get(piece) ?? null);
    const first = inners.find((inner) => inner !== null);
    if (first === null || first === undefined) continue;
    if (ipId !== null) put(made.ipIds, host, ipId, first.ip.id);
    const identifier = first.icmp === null ? null : icmp.identifierOf(first.icmp);
    if (icmpId !== null && identifier !== null) putFirst(made.icmpIds, host, icmpId, identifier);
    const source = first.udp?.srcPort ?? first.tcp?.srcPort;
    if (port !== null && source !== undefined) put(made.ports, host, port, source);
    const data = dataOf(inners);
    if (echo !== null && data !== null) put(made.pingData, host, echo, data);
  }
  const { seed, pingStarts } = trace.initial.draws;
  return { seed, pingStarts, ...made };
}

/** Lists are sparse where no capture shows the draw: reading such a place gives undefined, and the seed decides. */
function put<T>(lists: Map<string, T[]>, host: string, index: number, value: T): void {
  const list = lists.get(host) ?? [];
  list[index] = value;
  lists.set(host, list);
}

/** One ping uses one identifier for all its echoes: the first one seen counts. */
function putFirst<T>(lists: Map<string, T[]>, host: string, index: number, value: T): void {
  if (lists.get(host)?.[index] === undefined) put(lists, host, index, value);
}

/** For each predicted packet the captured one, at the first point on its way that has it. */
function nearestCaptured(
  trace: Trace,
  points: readonly CapturePoint[],
  captures: CapturesByPoint,
): ReadonlyMap<PacketId, Inner> {
  const nearest = new Map<PacketId, { readonly step: number; readonly inner: Inner }>();
  const note = ({ predicted, captured, frame }: Pairing): void => {
    if (predicted === null || captured === null || frame?.inner == null) return;
    const known = nearest.get(predicted.packet);
    if (known === undefined || predicted.step < known.step) {
      nearest.set(predicted.packet, { step: predicted.step, inner: frame.inner });
    }
  };
  for (const [i, point] of points.entries()) {
    const file = captures.get(point.id);
    if (file !== undefined) for (const pairing of pairAt(trace, point, i, file)) note(pairing);
  }
  return new Map([...nearest].map(([packet, { inner }]) => [packet, inner]));
}

/** Fragments of each packet that its own host cut up, in order. Such a packet is on no wire as a whole. */
function partsOf(trace: Trace): ReadonlyMap<PacketId, readonly PacketId[]> {
  const parts = new Map<PacketId, PacketId[]>();
  for (const [packet, { made, host }] of drawsUsed(trace)) {
    if (made.what.kind !== 'fragment' || made.cause === null) continue;
    if (drawsUsed(trace).get(made.cause)?.host !== host) continue;
    parts.set(made.cause, [...(parts.get(made.cause) ?? []), packet]);
  }
  return parts;
}

/** An echo's data, whole or put together; null if a part is missing or was cut off by the capture. */
function dataOf(inners: readonly (Inner | null)[]): Uint8Array | null {
  const payloads: Uint8Array[] = [];
  for (const inner of inners) {
    if (inner === null || inner.payload.length < inner.payloadBytes) return null;
    payloads.push(inner.payload);
  }
  return payloads.length === 1 ? (payloads[0] ?? null) : concat(...payloads);
}
