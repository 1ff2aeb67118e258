/** What became of a packet: delivered, or lost at a host and a stage in the kernel's order; and which counter shows it. */
import { unreachable } from '../base/result';
import type { Route } from '../net/route';
import type { DropReason, Hook } from '../sim/drop';
import { type EventOf, type PacketId, packetOf } from '../sim/event';
import type { Trace } from '../sim/trace';
import { deviceNamed, hostNamed, type Topology } from '../topology/topology';
import type { Ipv4Header } from '../wire/ipv4';
import { type LossMark, markOf } from './loss-mark';

/**
 * Stages of a packet's stay on a host, in the order Linux goes through them (br_input.c, ip_input.c, route.c, ip_forward.c,
 * ip_output.c); `wire` is the switch or cloud network between hosts.
 */
export const STAGES = [
  'wire',
  'device-in',
  'bridge',
  'header',
  'prerouting',
  'route',
  'forwarding',
  'source',
  'ttl',
  'mtu',
  'forward',
  'reassembly',
  'input',
  'socket',
  'output',
  'postrouting',
  'neighbour',
  'tunnel',
  'device-out',
] as const;
export type Stage = (typeof STAGES)[number];

export interface Loss extends LossMark {
  readonly host: string; // or a segment's name
  readonly dev: string | null;
  readonly stage: Stage;
  readonly reason: DropReason;
  readonly bridged: boolean; // in FORWARD although it was only bridged (br_netfilter)
  readonly made: boolean; // on the very host that made the packet
  readonly route: Route | null; // what its last routing decision chose, where it was lost after one
  readonly header: Ipv4Header | null; // as it was lost
  readonly step: number;
}

export type Fate =
  | { readonly kind: 'delivered'; readonly host: string; readonly header: Ipv4Header; readonly step: number }
  | { readonly kind: 'lost'; readonly loss: Loss }
  | { readonly kind: 'unfinished' }; // the run ended first

/** The packet itself and all that carry it or a part of it: tunnel packets, fragments. */
export function carriersOf(trace: Trace, packet: PacketId): ReadonlySet<PacketId> {
  const all = new Set([packet]);
  // In order of making, so a fragment of a tunnel packet comes after the tunnel packet.
  for (const [outer, inner] of trace.steps.at(-1)?.after.carries ?? []) if (all.has(inner)) all.add(outer);
  return all;
}

export function fateOf(trace: Trace, topology: Topology, packet: PacketId): Fate {
  const carriers = carriersOf(trace, packet);
  let worst: { readonly rank: number; readonly step: number } | null = null;
  for (const { event, index } of trace.steps) {
    const about = packetOf(event);
    if (about === null || !carriers.has(about)) continue;
    if (event.kind === 'delivered' && about === packet)
      return { kind: 'delivered', host: event.host, header: event.header, step: index };
    if (event.kind !== 'dropped') continue;
    const rank = rankOf(trace, topology, event, index);
    if (worst === null || rank > worst.rank) worst = { rank, step: index };
  }
  const event = worst === null ? undefined : trace.steps[worst.step]?.event;
  return worst === null || event?.kind !== 'dropped'
    ? { kind: 'unfinished' }
    : { kind: 'lost', loss: lossOf(trace, topology, event, worst.step, packet) };
}

/** A flooded frame has copies that end unheeded at bystanders: the loss that counts is that of the copy meant for someone. */
function rankOf(trace: Trace, topology: Topology, event: EventOf<'dropped'>, step: number): number {
  switch (event.reason.kind) {
    case 'not-for-this-mac':
      return 0;
    case 'no-port':
      return 1;
    case 'link-down':
    case 'receiver-mtu':
      return isBystander(trace, topology, event, step) ? 0 : 2;
    default:
      return 3;
  }
}

function isBystander(trace: Trace, topology: Topology, event: EventOf<'dropped'>, step: number): boolean {
  const host = hostNamed(topology, event.host);
  const device = host === null || event.dev === null ? null : deviceNamed(host, event.dev);
  const sent = lastBefore(trace, step, ({ kind, packet }) => kind === 'frame-sent' && packet === event.packet);
  if (device === null || sent?.kind !== 'frame-sent' || sent.host === event.host) return false;
  return sent.frame.dst !== device.mac;
}

type Packeted = Extract<Trace['steps'][number]['event'], { readonly packet: PacketId }>;

function lastBefore(trace: Trace, step: number, matches: (event: Packeted) => boolean): Packeted | null {
  for (let i = step - 1; i >= 0; i -= 1) {
    const event = trace.steps[i]?.event;
    if (event !== undefined && 'packet' in event && event.packet !== null && matches(event as Packeted))
      return event as Packeted;
  }
  return null;
}

function lossOf(trace: Trace, topology: Topology, event: EventOf<'dropped'>, step: number, packet: PacketId): Loss {
  const { host, dev, reason, header } = event;
  const isHost = hostNamed(topology, host) !== null;
  const mine = (one: Packeted): boolean => one.host === host && one.packet === event.packet;
  const received = lastBefore(trace, step, (one) => mine(one) && one.kind === 'frame-received') !== null;
  const looked = lastBefore(trace, step, (one) => mine(one) && one.kind === 'route-looked-up');
  const hooked = lastBefore(trace, step, (one) => mine(one) && one.kind === 'hook-passed');
  // A tunnel's own packet is made by the host it leaves, whoever made the packet inside.
  const isMaking = (one: Packeted): boolean =>
    one.kind === 'packet-made' &&
    (one.packet === packet || (one.packet === event.packet && one.what.kind === 'tunnel'));
  const made = lastBefore(trace, step, isMaking)?.host === host;
  const leaving =
    lastBefore(trace, step, (one) => one.packet === event.packet && one.kind !== 'dropped')?.host === host;
  const place = isHost ? (leaving ? 'leaving' : 'arriving') : 'between';
  const stage = stageOf(reason, place);
  return {
    host,
    dev,
    stage,
    reason,
    bridged: hooked?.kind === 'hook-passed' && hooked.bridge,
    made: made && !received,
    route: looked?.kind === 'route-looked-up' ? looked.route : null,
    header,
    step,
    ...markOf(reason, { made: made && !received, dev, stage, isHost }),
  };
}

const HOOK_STAGE = {
  PREROUTING: 'prerouting',
  INPUT: 'input',
  FORWARD: 'forward',
  OUTPUT: 'output',
  POSTROUTING: 'postrouting',
} as const satisfies Record<Hook, Stage>;

function stageOf(reason: DropReason, place: 'arriving' | 'leaving' | 'between'): Stage {
  switch (reason.kind) {
    case 'no-route':
    case 'blackhole-route':
    case 'prohibit-route':
    case 'unreachable-route':
    case 'not-for-this-host':
      return 'route';
    case 'forwarding-off':
      return 'forwarding';
    case 'source-not-reachable':
    case 'martian-source':
      return 'source';
    case 'ttl-expired':
      return 'ttl';
    case 'too-big':
      return 'mtu';
    case 'rule':
    case 'policy':
      return HOOK_STAGE[reason.hook];
    case 'neighbour-failed':
      return 'neighbour';
    case 'not-for-this-mac':
    case 'receiver-mtu':
      return 'device-in';
    case 'link-down':
      return place === 'leaving' ? 'device-out' : 'device-in';
    case 'no-cable':
      return 'device-out';
    case 'no-tunnel-peer':
      return 'tunnel';
    case 'no-port':
      return place === 'between' ? 'wire' : 'bridge';
    case 'source-guard':
      return 'wire';
    case 'no-listener':
    case 'no-process':
      return 'socket';
    case 'incomplete-fragments':
      return 'reassembly';
    case 'bad-checksum':
      return 'header';
    default:
      return unreachable(reason);
  }
}
