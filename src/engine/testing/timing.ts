/**
 * Whether what a run shows depends on chance in time. Kernel timers fire late, those of 5 s up to a quarter of a second
 * (kernel/time/timer.c), and a shell takes its time between two commands. Where frames that have nothing to do with each
 * other come that close at one device, either may be first.
 */
import type { EventOf, PacketId } from '../sim/event';
import { framesByDevice, packetsOf, type Trace } from '../sim/trace';

/** How late a frame may be, by what sets it off. Of two, the larger counts. */
const LATE_US = { 'delay-over': 300_000, 'asked-again': 150_000, 'no-answer': 150_000 } as const;
type Timer = keyof typeof LATE_US;
const LATE_COMMAND_US = 1_000_000; // a command after another, on a busy machine
/** What follows from a packet at once follows within this. */
const AT_ONCE_US = 2_000;

/** What set a frame off: a neighbour timer, or a program. */
interface Origin {
  readonly key: string;
  readonly isTimer: boolean;
  readonly lateUs: number;
}

export function dependsOnTiming(trace: Trace): boolean {
  const originOf = originsIn(trace);
  return [...framesByDevice(trace).values()].some((seen) => {
    const frames = seen.map(({ packet, atUs }) => ({ origin: originOf(packet), atUs }));
    return frames.some(({ origin, atUs }, i) =>
      frames.slice(i + 1).some((other) => {
        const lateUs = Math.max(origin.lateUs, other.origin.lateUs);
        const isChance = other.origin.key !== origin.key && (origin.isTimer || other.origin.isTimer);
        return isChance && other.atUs - atUs < lateUs;
      }),
    );
  });
}

function originsIn(trace: Trace): (packet: PacketId) => Origin {
  const made = packetsOf(trace);
  const madeAtUs = new Map<PacketId, number>();
  const timers = new Map<string, Origin>(); // by host and time
  let busySinceUs = Number.POSITIVE_INFINITY; // when a command followed one that had sent something
  for (const { event, atUs } of trace.steps) {
    if (event.kind === 'packet-made') madeAtUs.set(event.packet, atUs);
    if (event.kind === 'command-started' && madeAtUs.size > 0) busySinceUs = Math.min(busySinceUs, atUs);
    if (event.kind === 'neighbour-changed' && isTimer(event.cause)) {
      const key = `${event.host} ${event.dev} ${event.ip} ${atUs}`;
      timers.set(`${event.host} ${atUs}`, { key, isTimer: true, lateUs: LATE_US[event.cause] });
    }
  }
  return function originOf(packet): Origin {
    const { host, cause } = made.get(packet) ?? { host: '', cause: null };
    const atUs = madeAtUs.get(packet) ?? 0;
    const timer = timers.get(`${host} ${atUs}`);
    if (timer !== undefined) return timer;
    const isPrompt = cause !== null && atUs - (madeAtUs.get(cause) ?? 0) < AT_ONCE_US;
    if (cause !== null && isPrompt) return originOf(cause);
    return { key: `${packet}`, isTimer: false, lateUs: atUs >= busySinceUs ? LATE_COMMAND_US : 0 };
  };
}

const isTimer = (cause: EventOf<'neighbour-changed'>['cause']): cause is Timer => cause in LATE_US;
