/** One packet on one host, before and after: what came in, what left, which header fields that changed. */

import { dissect } from '../analysis/dissect';
import { LINK_TYPE } from '../capture/link-types';
import { type PacketId, packetOf } from '../sim/event';
import type { Step, Trace } from '../sim/trace';
import { decodeFrame, fieldsOf } from '../wire/decode';
import type { Field, FieldName } from '../wire/types';
import { bytesOf } from './predicted';

/** A frame of the packet at a device of this host. `step` is the trace step it was seen at. */
export interface FrameMoment {
  readonly step: number;
  readonly host: string;
  readonly dev: string;
  readonly direction: 'in' | 'out';
  readonly bytes: Uint8Array;
}

export interface FramesAround {
  readonly packet: PacketId;
  readonly before: FrameMoment | null; // null: the packet was made here
  readonly after: FrameMoment | null; // null: delivered or dropped here, or a neighbour's answer is still out
}

/**
 * For the packet of this step, on this step's host: the frame that entered the host's stack (on a bridge port also the
 * bridge device sees it: the last one before the stack counts) and the first one that left it. A packet that visits the
 * host again, as in a routing loop, has one pair for each visit. Null where no packet, or no frame here, is concerned.
 */
export function framesAround(trace: Trace, index: number): FramesAround | null {
  const step = trace.steps[index];
  const packet = step === undefined ? null : packetOf(step.event);
  if (step === undefined || packet === null) return null;
  const here = trace.steps.filter(({ event }) => event.host === step.event.host && packetOf(event) === packet);
  const visit = visitOf(here, index);
  const entered = visit.filter(({ event }) => event.kind === 'frame-received');
  const sent = visit.filter(({ event }) => event.kind === 'frame-sent');
  const before = entered.at(-1);
  const after = sent.at(0);
  if (before === undefined && after === undefined) return null;
  return { packet, before: momentOf(before), after: momentOf(after) };
}

/** The steps of one visit: they begin anew when a frame comes in after one has gone out. */
function visitOf(here: readonly Step[], index: number): readonly Step[] {
  let visit: Step[] = [];
  let hasLeft = false;
  for (const step of here) {
    if (step.event.kind === 'frame-received' && hasLeft) {
      if (visit.some((seen) => seen.index === index)) return visit;
      visit = [];
      hasLeft = false;
    }
    if (step.event.kind === 'frame-sent') hasLeft = true;
    visit.push(step);
  }
  return visit;
}

function momentOf(step: Step | undefined): FrameMoment | null {
  if (step === undefined) return null;
  const { index, event } = step;
  if (event.kind !== 'frame-sent' && event.kind !== 'frame-received') return null;
  const direction = event.kind === 'frame-sent' ? 'out' : 'in';
  return { step: index, host: event.host, dev: event.dev, direction, bytes: bytesOf(event.frame) };
}

/** One field on both sides; null where a side has no such field. */
export interface FieldChange {
  readonly name: FieldName;
  readonly before: Field | null;
  readonly after: Field | null;
  readonly changed: boolean;
}

/** Fields of both frames side by side, in the order of the headers. A side without a frame changes nothing. */
export function diffFields(before: Uint8Array | null, after: Uint8Array | null): readonly FieldChange[] {
  return pairFields(before === null ? [] : fieldsIn(before), after === null ? [] : fieldsIn(after)).map((pair) => ({
    ...pair,
    changed: before !== null && after !== null && pair.before?.text !== pair.after?.text,
  }));
}

const fieldsIn = (bytes: Uint8Array): readonly Field[] =>
  fieldsOf(decodeFrame(bytes, { linkType: LINK_TYPE.ethernet, originalLength: bytes.length }));

export interface FieldPair {
  readonly name: FieldName;
  readonly before: Field | null;
  readonly after: Field | null;
}

/** Pairs fields by name; where a name comes twice, as in a tunnel, the first with the first and so on. */
export function pairFields(before: readonly Field[], after: readonly Field[]): readonly FieldPair[] {
  const waiting = new Map<FieldName, Field[]>();
  for (const field of after) waiting.set(field.name, [...(waiting.get(field.name) ?? []), field]);
  const paired: FieldPair[] = before.map((field) => {
    const other = waiting.get(field.name)?.shift() ?? null;
    return { name: field.name, before: field, after: other };
  });
  const left = new Set([...waiting.values()].flat());
  let at = 0; // fields that only `after` has stand behind the one they follow there
  for (const field of after) {
    if (left.has(field)) paired.splice(at, 0, { name: field.name, before: null, after: field });
    else at = paired.findIndex((pair) => pair.after === field);
    at += 1;
  }
  return paired;
}

/** How one TTL step moves the checksum: `from` + 0x0100 × (`ttlFrom` − `ttlTo`) = `to`, with end-around carry. */
export interface ChecksumStory {
  readonly from: number;
  readonly to: number;
  readonly ttlFrom: number;
  readonly ttlTo: number;
  /** The sum passed 0xffff, so the carry came back in as one more: RFC 1071 section 1. */
  readonly carried: boolean;
}

/**
 * The TTL's share in a checksum's change, RFC 1624 section 3: null where the TTL stayed, or where something else
 * changed the checksum as well.
 */
export function checksumStory(before: Uint8Array | null, after: Uint8Array | null): ChecksumStory | null {
  const was = before === null ? null : dissect(before)?.inner?.ip;
  const is = after === null ? null : dissect(after)?.inner?.ip;
  if (was === null || was === undefined || is === null || is === undefined || was.ttl <= is.ttl) return null;
  const sum = was.checksum + 0x0100 * (was.ttl - is.ttl);
  const carried = sum > 0xffff;
  const folded = carried ? sum - 0xffff : sum;
  if (folded !== is.checksum) return null;
  return { from: was.checksum, to: is.checksum, ttlFrom: was.ttl, ttlTo: is.ttl, carried };
}
