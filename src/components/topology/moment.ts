/** What the graph shows of one step: where the packet is, which way it came, what it is. Read off a finished trace. */
import { arrivalInto, type Place, placeOf } from '../../engine/analysis/place';
import type { Device } from '../../engine/net/device';
import type { Route } from '../../engine/net/route';
import { type Event, type EventOf, type PacketId, type PacketKind, packetOf } from '../../engine/sim/event';
import { packetsOf, type Trace } from '../../engine/sim/trace';
import { deviceNamed, hostNamed, type Topology } from '../../engine/topology/topology';

/** A packet went from one place to another; the wires between them are the scene's to know. */
export interface Move {
  readonly from: Place;
  readonly to: Place;
}

export interface Moment {
  readonly index: number;
  readonly place: Place;
  readonly packet: PacketId | null;
  readonly what: PacketKind | null;
  readonly ttl: number | null;
  /** The move this very step makes; null when the packet stays. */
  readonly move: Move | null;
  /** The move by which the packet came where it is now. */
  readonly lastMove: Move | null;
  /** All its moves up to here. */
  readonly travelled: readonly Move[];
  readonly dropped: boolean;
  /** What the last lookup for this packet on this host found; null when there was none. */
  readonly lookup: EventOf<'route-looked-up'> | null;
}

export function momentOf(trace: Trace, index: number, topology: Topology): Moment | null {
  const event = trace.steps[index]?.event;
  if (event === undefined) return null;
  const packet = packetOf(event);
  const place = placeOf(event, topology);
  const earlier = eventsOf(trace, packet, index);
  const travelled = movesOf(trace, topology).filter(
    (move, i) => i <= index && move?.packet === packet && packet !== null,
  );
  const moves = travelled.flatMap((move) => (move === null ? [] : [move.move]));
  return {
    index,
    place,
    packet,
    what: packet === null ? null : (packetsOf(trace).get(packet)?.what ?? null),
    ttl: earlier.map(ttlIn).findLast((ttl) => ttl !== null) ?? null,
    move: movesOf(trace, topology)[index]?.move ?? null,
    lastMove: moves.findLast((move) => samePlace(move.to, place)) ?? null,
    travelled: moves,
    dropped: event.kind === 'dropped',
    lookup: earlier.filter((one) => one.kind === 'route-looked-up').findLast((one) => one.host === event.host) ?? null,
  };
}

function eventsOf(trace: Trace, packet: PacketId | null, index: number): readonly Event[] {
  if (packet === null) return [];
  const events = trace.steps.slice(0, index + 1).map((step) => step.event);
  return events.filter((event) => packetOf(event) === packet);
}

function ttlIn(event: Event): number | null {
  switch (event.kind) {
    case 'frame-sent':
    case 'frame-received':
      return event.frame.body.kind === 'ipv4' ? event.frame.body.header.ttl : null;
    case 'ttl-lowered':
      return event.after.ttl;
    case 'packet-made':
      return event.header?.ttl ?? null;
    default:
      return null;
  }
}

interface OwnMove {
  readonly packet: PacketId;
  readonly move: Move;
}

const known = new WeakMap<Trace, readonly (OwnMove | null)[]>();

/** For every step, the move it makes. */
function movesOf(trace: Trace, topology: Topology): readonly (OwnMove | null)[] {
  let moves = known.get(trace);
  if (moves === undefined) {
    moves = allMoves(trace, topology);
    known.set(trace, moves);
  }
  return moves;
}

function allMoves(trace: Trace, topology: Topology): readonly (OwnMove | null)[] {
  const lastOnHost = new Map<string, Place>();
  const lastOnSegment = new Map<PacketId, Place>();
  return trace.steps.map(({ index, event }) => {
    const packet = packetOf(event);
    if (packet === null) return null;
    const to = placeOf(event, topology);
    const key = `${packet} ${event.host}`;
    const arrival = arrivalInto(trace, index);
    // A copy out of a switch comes from the switch, where it was seen last, not from the card that sent it there.
    const from =
      arrival === null
        ? lastOnHost.get(key)
        : (segmentBetween(topology, arrival, lastOnSegment.get(packet)) ?? arrival.from);
    // A flood leaves by one port after the other, each time from the bridge.
    const atBridgePort = event.kind === 'frame-sent' && deviceAt(topology, to)?.master != null;
    if (!atBridgePort) lastOnHost.set(key, to);
    if (to.kind === 'segment') lastOnSegment.set(packet, to);
    // What a card sends is in the switch next; the switch's name stands for a host there.
    if (event.kind === 'frame-sent') {
      const link = deviceAt(topology, to)?.link;
      if (link?.kind === 'nic' && link.segment !== null) lastOnHost.set(`${packet} ${link.segment}`, to);
    }
    return from === undefined || samePlace(from, to) ? null : { packet, move: { from, to } };
  });
}

/** The segment a packet was last seen on, if it is the one its sender's cable leads to. */
function segmentBetween(topology: Topology, { from }: Move, seen: Place | undefined): Place | null {
  const link = deviceAt(topology, from)?.link;
  return link?.kind === 'nic' && seen?.kind === 'segment' && seen.segment === link.segment ? seen : null;
}

function deviceAt(topology: Topology, place: Place): Device | null {
  if (place.kind !== 'device') return null;
  const host = hostNamed(topology, place.host);
  return host === null ? null : deviceNamed(host, place.dev);
}

function samePlace(a: Place, b: Place): boolean {
  if (a.kind === 'segment') return b.kind === 'segment' && a.segment === b.segment;
  if (a.kind === 'device') return b.kind === 'device' && a.host === b.host && a.dev === b.dev;
  return b.kind !== 'segment' && a.kind === b.kind && a.host === b.host;
}

/** The routing table's name for what a lookup found. */
export const isDefault = (route: Route): boolean => route.dst.len === 0;
