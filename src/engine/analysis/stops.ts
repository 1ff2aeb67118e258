/** The three sizes of step: one decision, one hop (a packet's stay on one host), one whole packet. */
import { type Event, type PacketId, packetOf } from '../sim/event';
import { packetsOf, type Trace } from '../sim/trace';

export type StepSize = 'packet' | 'hop' | 'decision';

/** Consecutive steps about one packet. `from` and `to` are step indices, both included. */
export interface Stretch {
  readonly from: number;
  readonly to: number;
  readonly host: string; // of its first step; a segment's name while the packet is in its switch
  readonly packet: PacketId | null; // null: steps about no packet, such as a command's own output
}

interface Divided {
  readonly hops: readonly Stretch[];
  readonly packets: readonly Stretch[];
  readonly stops: Readonly<Record<StepSize, readonly number[]>>;
}

const known = new WeakMap<Trace, Divided>();

function divided(trace: Trace): Divided {
  let found = known.get(trace);
  if (found === undefined) {
    const hops = joinUp(trace, (event) => ({ host: event.host, packet: packetOf(event) }));
    const packets = joinUp(trace, exchangeOf(trace));
    const stops = {
      decision: trace.steps.map((step) => step.index),
      hop: stopsAt(
        trace,
        hops.filter((hop) => isWorthAStop(trace, hop)),
      ),
      packet: stopsAt(trace, packets),
    };
    found = { hops, packets, stops };
    known.set(trace, found);
  }
  return found;
}

/** Stays of a packet on a host, in order. Steps without a packet join their neighbours on the same host. */
export const hopsOf = (trace: Trace): readonly Stretch[] => divided(trace).hops;

/**
 * Packets in order, wherever they are: the marks of the slider. ARP packets in a row are one stretch, so that a run
 * reads as request, ARP, request, ARP … reply, late ARP.
 */
export const packetsInOrder = (trace: Trace): readonly Stretch[] => divided(trace).packets;

/** Where stepping of this size stops: step indices, sorted, always with the first and the last step. */
export const stopsOf = (trace: Trace, size: StepSize): readonly number[] => divided(trace).stops[size];

interface Owner {
  readonly host: string | null; // null: on any host
  readonly packet: PacketId | null;
}

function joinUp(trace: Trace, ownerOf: (event: Event) => Owner): readonly Stretch[] {
  const stretches: { from: number; to: number; host: string; owner: Owner }[] = [];
  for (const { index, event } of trace.steps) {
    const last = stretches.at(-1);
    const owner = ownerOf(event);
    if (last !== undefined && sameHost(last.owner, owner)) {
      const { packet } = last.owner;
      if (packet === owner.packet || packet === null || owner.packet === null) {
        last.to = index;
        if (packet === null) last.owner = owner;
        continue;
      }
    }
    stretches.push({ from: index, to: index, host: event.host, owner });
  }
  return stretches.map(({ from, to, host, owner }) => ({ from, to, host, packet: owner.packet }));
}

const sameHost = (a: Owner, b: Owner): boolean => a.host === b.host;

/** Groups by packet alone; every ARP packet in a row counts as the first of them. */
function exchangeOf(trace: Trace): (event: Event) => Owner {
  const made = packetsOf(trace);
  let arp: PacketId | null = null;
  return (event) => {
    const packet = packetOf(event);
    if (packet === null) return { host: null, packet: null };
    const kind = made.get(packet)?.what.kind;
    if (kind !== 'arp-request' && kind !== 'arp-reply') {
      arp = null;
      return { host: null, packet };
    }
    arp ??= packet;
    return { host: null, packet: arp };
  };
}

/**
 * A hop ends where its packet was sent on, delivered or lost: there stepping stops. A switch is part of the cable, and
 * a bystander that hears a broadcast and does nothing is not worth a stop.
 */
function isWorthAStop(trace: Trace, hop: Stretch): boolean {
  const steps = trace.steps.slice(hop.from, hop.to + 1);
  return steps.some(({ event }) => !isPassive(event));
}

function isPassive(event: Event): boolean {
  switch (event.kind) {
    case 'frame-received':
      return true;
    case 'mac-learned':
    case 'bridged':
      return event.bridge === null;
    case 'arp-read':
      return event.verdict === 'ignore';
    case 'dropped':
      return event.reason.kind === 'not-for-this-mac';
    default:
      return false;
  }
}

function stopsAt(trace: Trace, stretches: readonly Stretch[]): readonly number[] {
  const last = trace.steps.length - 1;
  if (last < 0) return [];
  return [...new Set([0, ...stretches.map((stretch) => stretch.to), last])].sort((a, b) => a - b);
}
