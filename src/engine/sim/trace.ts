/**
 * A finished run: every event with the world after it. Stepping, forward or back, is an index into `steps`.
 * `after` shares every unchanged table with the step before it, so keeping all of them is cheap.
 */
import type { Event, EventOf, PacketId } from './event';
import type { World } from './world';

export interface Step {
  readonly index: number; // 0-based; shown as index + 1
  readonly atUs: number; // virtual time
  readonly event: Event;
  readonly after: World;
}

export interface Trace {
  readonly initial: World;
  readonly steps: readonly Step[];
  readonly complete: boolean; // false: the limit of steps was reached first
}

/** A frame as tcpdump on one device saw it. */
export interface SeenFrame {
  readonly step: number; // index of the step
  readonly atUs: number;
  readonly direction: 'in' | 'out';
  readonly packet: PacketId;
  readonly frame: EventOf<'frame-sent'>['frame'];
}

export type PacketMade = EventOf<'packet-made'>;

const madeIndex = new WeakMap<Trace, ReadonlyMap<PacketId, PacketMade>>();

/** What each packet of the trace is. */
export function packetsOf(trace: Trace): ReadonlyMap<PacketId, PacketMade> {
  let index = madeIndex.get(trace);
  if (index === undefined) {
    const made = new Map<PacketId, PacketMade>();
    for (const { event } of trace.steps) if (event.kind === 'packet-made') made.set(event.packet, event);
    index = made;
    madeIndex.set(trace, index);
  }
  return index;
}

/** Every frame each device saw, keyed `host dev`, in order of time. */
export function framesByDevice(trace: Trace): ReadonlyMap<string, readonly SeenFrame[]> {
  const seen = new Map<string, SeenFrame[]>();
  for (const { index, atUs, event } of trace.steps) {
    if (event.kind !== 'frame-sent' && event.kind !== 'frame-received') continue;
    const key = deviceKey(event.host, event.dev);
    const list = seen.get(key) ?? [];
    seen.set(key, list);
    list.push({
      step: index,
      atUs,
      direction: event.kind === 'frame-sent' ? 'out' : 'in',
      packet: event.packet,
      frame: event.frame,
    });
  }
  return seen;
}

export const deviceKey = (host: string, dev: string): string => `${host} ${dev}`;
