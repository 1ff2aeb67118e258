/** The slider's marks: which packet is being followed where, and at which steps another host takes over. */
import { hopsOf, packetsInOrder } from '../../engine/analysis/stops';
import type { PacketId, PacketKind } from '../../engine/sim/event';
import { packetsOf, type Trace } from '../../engine/sim/trace';
import type { Catalogue } from '../../i18n';

export type GroupName = keyof Catalogue['stepper']['groups'];

/** Consecutive steps about packets of one sort; `from` and `to` are step indices, both included. */
export interface Group {
  readonly name: GroupName;
  readonly from: number;
  readonly to: number;
}

const NAMES: Readonly<Record<PacketKind['kind'], GroupName>> = {
  'arp-request': 'arp',
  'arp-reply': 'arp',
  'echo-request': 'request',
  'echo-reply': 'reply',
  'icmp-error': 'error',
  udp: 'udp',
  tcp: 'tcp',
  fragment: 'fragment',
  tunnel: 'tunnel',
};

export function groupsOf(trace: Trace): readonly Group[] {
  const groups: Group[] = [];
  for (const { from, to, packet } of packetsInOrder(trace)) {
    const name = groupOf(trace, packet);
    const last = groups.at(-1);
    if (last !== undefined && last.name === name) groups[groups.length - 1] = { ...last, to };
    else groups.push({ name, from, to });
  }
  return groups;
}

/** A request sent straight to a MAC already known only checks it: that comes seconds after the ping. */
function groupOf(trace: Trace, packet: PacketId | null): GroupName {
  const what = packet === null ? undefined : packetsOf(trace).get(packet)?.what;
  if (what === undefined) return 'other';
  return what.kind === 'arp-request' && what.unicast ? 'lateArp' : NAMES[what.kind];
}

/** Steps at which a packet comes to another host; where they would lie too close, none. */
export function hopMarks(trace: Trace, marksMax: number): readonly number[] {
  const starts = hopsOf(trace).map((hop) => hop.from);
  return starts.length > marksMax ? [] : starts.filter((index) => index > 0);
}
