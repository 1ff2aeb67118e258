/** The packets of one command: its request, the answer, the ICMP error about one of them, and what NAT did to them. */
import type { Ipv4 } from '../addr/ipv4';
import { type Command, readCommands } from '../sim/command';
import type { WithheldReason } from '../sim/drop';
import { type EventOf, type PacketId, type PacketKind, packetOf } from '../sim/event';
import { type PacketMade, packetsOf, type Step, type Trace } from '../sim/trace';
import type { Topology } from '../topology/topology';
import { ICMP_TYPE } from '../wire/icmp';
import { carriersOf, type Fate, fateOf } from './loss';
import { type Hop, pathOf } from './path';

/** A packet of the exchange, all its way. */
export interface Passage {
  readonly packet: PacketId;
  readonly what: PacketKind;
  readonly hops: readonly Hop[];
  readonly fate: Fate;
  readonly ttl: number | null; // on arrival
}

export interface ErrorSeen {
  readonly packet: PacketId;
  readonly host: string; // that sent it
  readonly from: Ipv4;
  readonly to: Ipv4;
  readonly type: number;
  readonly code: number;
  readonly about: 'request' | 'answer';
  readonly heard: boolean; // by a process of whoever sent what it is about
}

/** An ICMP error the rules call for that was not sent: why a loss is silent. */
export interface ErrorWithheld {
  readonly host: string;
  readonly why: WithheldReason;
  readonly about: 'request' | 'answer';
}

/** An address changed on the way (NAT). */
export interface Rewrite {
  readonly host: string;
  readonly field: 'src' | 'dst';
  readonly before: Ipv4;
  readonly after: Ipv4;
  readonly step: number;
}

/** One command of the trace: its steps up to the start of the next one. */
export interface Running {
  readonly host: string;
  readonly text: string;
  readonly kind: Command['kind'];
  readonly target: Ipv4 | null;
  readonly start: Step;
  readonly end: Step | null;
  readonly steps: readonly Step[];
}

/** The last command of the line that sends something, where the trace ran it. */
export function runOf(trace: Trace, line: string): Running | null {
  const read = readCommands(line);
  const sends = read.ok ? read.value.filter(({ command }) => command.kind !== 'configure') : [];
  const wanted = sends.at(-1);
  const at = trace.steps.findLastIndex(
    ({ event }) => event.kind === 'command-started' && event.host === wanted?.host && event.command === wanted.text,
  );
  const start = trace.steps[at];
  if (wanted === undefined || start === undefined) return null;
  const after = trace.steps.slice(at + 1);
  const next = after.findIndex(({ event }) => event.kind === 'command-started');
  const steps = next < 0 ? after : after.slice(0, next);
  const end = steps.find(({ event }) => event.kind === 'command-ended') ?? null;
  const target = 'options' in wanted.command ? wanted.command.options.dst : null;
  return { host: wanted.host, text: wanted.text, kind: wanted.command.kind, target, start, end, steps };
}

const isProbe = ({ kind }: PacketKind): boolean => kind === 'echo-request' || kind === 'udp' || kind === 'tcp';

/** The command's first packet; of traceroute the first probe that reached its destination, else the last. */
export function requestOf(trace: Trace, topology: Topology, { host, kind, steps }: Running): PacketMade | null {
  const made = steps.flatMap(({ event }) =>
    event.kind === 'packet-made' && event.host === host && event.cause === null && isProbe(event.what) ? [event] : [],
  );
  if (kind !== 'traceroute') return made[0] ?? null;
  const arrived = made.find(({ packet }) => {
    const fate = fateOf(trace, topology, packet);
    return fate.kind === 'delivered' || (fate.kind === 'lost' && fate.loss.reason.kind === 'no-listener');
  });
  return arrived ?? made.at(-1) ?? null;
}

export function passageOf(trace: Trace, topology: Topology, { packet, what }: PacketMade): Passage {
  const fate = fateOf(trace, topology, packet);
  const ttl = fate.kind === 'delivered' ? fate.header.ttl : arrivedTtl(fate);
  return { packet, what, hops: pathOf(trace, topology, packet), fate, ttl };
}

/** A closed port was reached all the same. */
const arrivedTtl = (fate: Fate): number | null =>
  fate.kind === 'lost' && fate.loss.reason.kind === 'no-listener' ? (fate.loss.header?.ttl ?? null) : null;

/** Where the request ended, and its addresses as they were there. */
function endOf({
  fate,
}: Passage): { readonly host: string; readonly src: Ipv4; readonly dst: Ipv4; step: number } | null {
  if (fate.kind === 'delivered') return { ...fate.header, host: fate.host, step: fate.step };
  if (fate.kind === 'lost' && fate.loss.reason.kind === 'no-listener' && fate.loss.header !== null)
    return { ...fate.loss.header, host: fate.loss.host, step: fate.loss.step };
  return null;
}

/** The answer: made because of the request, or, for TCP, the segment that the other end sends next. */
export function answerTo(trace: Trace, request: Passage): PacketMade | null {
  const end = endOf(request);
  if (end === null) return null;
  for (const { event, index } of trace.steps) {
    if (index <= end.step || event.kind !== 'packet-made' || event.host !== end.host || !answers(event.what)) continue;
    if (event.cause === request.packet) return event;
    const { header } = event;
    const isTcp = event.what.kind === 'tcp' && request.what.kind === 'tcp';
    if (isTcp && header !== null && header.src === end.dst && header.dst === end.src) return event;
  }
  return null;
}

const answers = ({ kind }: PacketKind): boolean => kind === 'echo-reply' || kind === 'udp' || kind === 'tcp';

/** The first ICMP error about a packet. A redirect is advice, not an error. */
export function errorAbout(
  trace: Trace,
  topology: Topology,
  passage: Passage | null,
  about: ErrorSeen['about'],
): ErrorSeen | null {
  if (passage === null) return null;
  const carriers = carriersOf(trace, passage.packet);
  for (const made of packetsOf(trace).values()) {
    const { what, cause, header, packet, host } = made;
    if (what.kind !== 'icmp-error' || what.type === ICMP_TYPE.redirect) continue;
    if (cause === null || !carriers.has(cause) || header === null) continue;
    const heard = fateOf(trace, topology, packet).kind === 'delivered';
    return { packet, host, from: header.src, to: header.dst, type: what.type, code: what.code, about, heard };
  }
  return null;
}

export function withheldAbout(trace: Trace, passage: Passage | null, about: ErrorSeen['about']): ErrorWithheld | null {
  if (passage === null) return null;
  const carriers = carriersOf(trace, passage.packet);
  const event = trace.steps.find(
    (step): step is Step & { event: EventOf<'error-withheld'> } =>
      step.event.kind === 'error-withheld' && carriers.has(step.event.packet),
  )?.event;
  return event === undefined ? null : { host: event.host, why: event.why, about };
}

export function rewritesOf(trace: Trace, packet: PacketId): readonly Rewrite[] {
  return trace.steps.flatMap(({ event, index }) =>
    event.kind === 'translated' && packetOf(event) === packet
      ? [
          {
            host: event.host,
            field: event.field,
            before: event.before[event.field],
            after: event.after[event.field],
            step: index,
          },
        ]
      : [],
  );
}
