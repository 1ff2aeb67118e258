/**
 * The neighbour table of one device: next-hop address to MAC, with the states `ip neigh` prints.
 * State machine after Linux net/core/neighbour.c (neigh_timer_handler, __neigh_event_send, __neigh_update);
 * defaults after arp(7): 3 broadcast and 3 unicast requests, one a second, 5 s of delay before the first probe.
 *
 * Model limit: Linux draws the reachable time between 15 and 45 s; here it is the base of 30 s, always.
 */
import type { Mac } from '../addr/mac';

export const REACHABLE_TIME_US = 30_000_000;
export const DELAY_FIRST_PROBE_US = 5_000_000;
export const RETRANS_TIME_US = 1_000_000;
export const UNICAST_PROBES = 3;
export const BROADCAST_PROBES = 3;

export type Neighbour =
  /** Asked, not yet answered. Packets wait in a queue. */
  | { readonly state: 'incomplete'; readonly probesSent: number }
  /** Confirmed not long ago. `usedAtUs`: last time a packet was sent by it. */
  | { readonly state: 'reachable'; readonly mac: Mac; readonly confirmedAtUs: number; readonly usedAtUs: number }
  /** Known, not confirmed lately: used as it is, and checked once it is used. */
  | { readonly state: 'stale'; readonly mac: Mac }
  /** Used while stale: waiting for a sign of life before asking. */
  | { readonly state: 'delay'; readonly mac: Mac; readonly confirmedAtUs: number | null }
  /** Being asked by unicast, still used meanwhile. */
  | { readonly state: 'probe'; readonly mac: Mac; readonly probesSent: number }
  /** Nobody answered. */
  | { readonly state: 'failed' }
  /** Set by hand; never asked, never aged. */
  | { readonly state: 'permanent'; readonly mac: Mac };

/** An entry as a run finds it, confirmed just before it began. */
export function remembered(mac: Mac, state: 'permanent' | 'reachable' | 'stale' | 'delay'): Neighbour {
  switch (state) {
    case 'reachable':
      return { state, mac, confirmedAtUs: 0, usedAtUs: 0 };
    case 'delay':
      return { state, mac, confirmedAtUs: null };
    default:
      return { state, mac };
  }
}

/** How long until the kernel looks at such an entry again, or null: a stale one waits until it is used. */
export const timerOf = (entry: Neighbour): number | null =>
  entry.state === 'reachable' ? REACHABLE_TIME_US : entry.state === 'delay' ? DELAY_FIRST_PROBE_US : null;

/** The MAC to send to, or null where none is known. */
export const macOf = (entry: Neighbour | null): Mac | null => (entry !== null && 'mac' in entry ? entry.mac : null);

/** What a change asks the caller to do. The table itself sends nothing. */
export type NeighbourEffect =
  | { readonly kind: 'ask-broadcast' }
  | { readonly kind: 'ask-unicast'; readonly mac: Mac }
  | { readonly kind: 'send-queued'; readonly mac: Mac }
  | { readonly kind: 'fail-queued' }
  | { readonly kind: 'set-timer'; readonly delayUs: number };

export interface NeighbourChange {
  readonly entry: Neighbour;
  readonly effects: readonly NeighbourEffect[];
}

/** A packet is to be sent through this entry (null = no entry yet). */
export function use(entry: Neighbour | null, nowUs: number): NeighbourChange & { readonly send: Mac | null } {
  if (entry === null || entry.state === 'failed') {
    return {
      entry: { state: 'incomplete', probesSent: 1 },
      effects: [{ kind: 'ask-broadcast' }, { kind: 'set-timer', delayUs: RETRANS_TIME_US }],
      send: null,
    };
  }
  switch (entry.state) {
    case 'incomplete':
      return { entry, effects: [], send: null };
    case 'stale':
      return {
        entry: { state: 'delay', mac: entry.mac, confirmedAtUs: null },
        effects: [{ kind: 'set-timer', delayUs: DELAY_FIRST_PROBE_US }],
        send: entry.mac,
      };
    case 'reachable':
      return { entry: { ...entry, usedAtUs: nowUs }, effects: [], send: entry.mac };
    default:
      return { entry, effects: [], send: entry.mac };
  }
}

/** An ARP reply arrived for this entry. Only an existing entry is updated (arp_accept=0). */
export function answered(entry: Neighbour, mac: Mac, nowUs: number): NeighbourChange {
  if (entry.state === 'permanent') return { entry, effects: [] };
  const waiting = entry.state === 'incomplete';
  return {
    entry: { state: 'reachable', mac, confirmedAtUs: nowUs, usedAtUs: nowUs },
    effects: [
      ...(waiting ? [{ kind: 'send-queued', mac } as const] : []),
      { kind: 'set-timer', delayUs: REACHABLE_TIME_US },
    ],
  };
}

/**
 * An ARP request from this neighbour arrived for us (neigh_event_ns): its MAC is learned as stale;
 * an entry that already holds that MAC keeps its state.
 */
export function heardFrom(entry: Neighbour | null, mac: Mac): NeighbourChange {
  if (entry !== null && entry.state === 'permanent') return { entry, effects: [] };
  if (entry !== null && macOf(entry) === mac) return { entry, effects: [] };
  const waiting = entry?.state === 'incomplete';
  return { entry: { state: 'stale', mac }, effects: waiting ? [{ kind: 'send-queued', mac }] : [] };
}

/** A higher layer vouches for the neighbour, as TCP does when what it sent was acknowledged (neigh_confirm). */
export function confirmed(entry: Neighbour, nowUs: number): Neighbour {
  return entry.state === 'reachable' || entry.state === 'delay' ? { ...entry, confirmedAtUs: nowUs } : entry;
}

/** The entry's timer ran out. */
export function timeout(entry: Neighbour, nowUs: number): NeighbourChange {
  switch (entry.state) {
    case 'reachable': {
      const freshUntilUs = entry.confirmedAtUs + REACHABLE_TIME_US;
      if (nowUs < freshUntilUs) return { entry, effects: [{ kind: 'set-timer', delayUs: freshUntilUs - nowUs }] };
      if (nowUs <= entry.usedAtUs + DELAY_FIRST_PROBE_US) {
        return {
          entry: { state: 'delay', mac: entry.mac, confirmedAtUs: null },
          effects: [{ kind: 'set-timer', delayUs: DELAY_FIRST_PROBE_US }],
        };
      }
      return { entry: { state: 'stale', mac: entry.mac }, effects: [] };
    }
    case 'delay':
      // Something above vouched for it meanwhile: no need to ask.
      return entry.confirmedAtUs !== null && nowUs <= entry.confirmedAtUs + DELAY_FIRST_PROBE_US
        ? answered(entry, entry.mac, entry.confirmedAtUs)
        : probing(entry.mac, 1);
    case 'probe':
      return entry.probesSent < UNICAST_PROBES
        ? probing(entry.mac, entry.probesSent + 1)
        : { entry: { state: 'failed' }, effects: [] };
    case 'incomplete':
      return entry.probesSent < BROADCAST_PROBES
        ? {
            entry: { state: 'incomplete', probesSent: entry.probesSent + 1 },
            effects: [{ kind: 'ask-broadcast' }, { kind: 'set-timer', delayUs: RETRANS_TIME_US }],
          }
        : { entry: { state: 'failed' }, effects: [{ kind: 'fail-queued' }] };
    default:
      return { entry, effects: [] };
  }
}

const probing = (mac: Mac, probesSent: number): NeighbourChange => ({
  entry: { state: 'probe', mac, probesSent },
  effects: [
    { kind: 'ask-unicast', mac },
    { kind: 'set-timer', delayUs: RETRANS_TIME_US },
  ],
});
