/** What a capture at each point would hold of an exchange: how often the request, the answer, an error, or only ARP. */

import { predictedAt } from '../comparison/predicted';
import type { PacketId } from '../sim/event';
import type { Trace } from '../sim/trace';
import { packetsOf } from '../sim/trace';
import type { CapturePoint, Topology } from '../topology/topology';
import { carriersOf } from './loss';

export interface Held {
  readonly point: CapturePoint;
  readonly request: number; // frames, those of tunnels and fragments among them; two where it crosses this card twice
  readonly answer: number;
  readonly error: number;
  readonly arp: number;
  readonly holds: 'request-and-answer' | 'request' | 'answer' | 'error' | 'arp' | 'nothing';
}

export interface Exchange {
  readonly request: PacketId | null;
  readonly answer: PacketId | null;
  readonly error: PacketId | null;
}

export function heldAt(trace: Trace, topology: Topology, exchange: Exchange): readonly Held[] {
  const made = packetsOf(trace);
  const [request, answer, error] = [exchange.request, exchange.answer, exchange.error].map(
    (id): ReadonlySet<PacketId> => (id === null ? new Set<PacketId>() : carriersOf(trace, id)),
  ) as [ReadonlySet<PacketId>, ReadonlySet<PacketId>, ReadonlySet<PacketId>];
  return topology.capturePoints.map((point) => {
    const frames = predictedAt(trace, point);
    const count = (all: ReadonlySet<PacketId>): number => frames.filter(({ packet }) => all.has(packet)).length;
    const isArp = (packet: PacketId): boolean => {
      const kind = made.get(packet)?.what.kind;
      return kind === 'arp-request' || kind === 'arp-reply';
    };
    const counts = {
      request: count(request),
      answer: count(answer),
      error: count(error),
      arp: frames.filter(({ packet }) => isArp(packet)).length,
    };
    return { point, ...counts, holds: holdsOf(counts) };
  });
}

function holdsOf({ request, answer, error, arp }: Omit<Held, 'point' | 'holds'>): Held['holds'] {
  if (request > 0) return answer > 0 ? 'request-and-answer' : 'request';
  if (answer > 0) return 'answer';
  return error > 0 ? 'error' : arp > 0 ? 'arp' : 'nothing';
}
