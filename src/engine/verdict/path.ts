/** The way a packet took: the hosts it was on, by which device it came and left, and its TTL there. */
import { type Event, type PacketId, packetOf } from '../sim/event';
import { packetsOf, type Trace } from '../sim/trace';
import { type Host, hostNamed, type Topology } from '../topology/topology';
import type { Frame } from '../wire/frame';
import { carriersOf } from './loss';

export interface Hop {
  readonly host: string;
  readonly inDev: string | null; // null: made here
  readonly outDev: string | null; // null: it ended here
  readonly ttlIn: number | null; // as it came; null: made here
  readonly ttlOut: number | null; // as it left
  readonly tunnel: 'vxlan' | 'ipip' | null; // left or crossed inside such a packet
  readonly from: number; // first and last step
  readonly to: number;
}

interface Sending {
  readonly dev: string;
  readonly ttl: number | null;
  readonly outer: 'vxlan' | 'ipip' | null;
}

interface Visit {
  readonly host: Host;
  inDev: string | null;
  ttlIn: number | null;
  readonly sent: Sending[];
  unheeded: boolean; // a flooded copy that was for somebody else
  tunnel: 'vxlan' | 'ipip' | null;
  readonly from: number;
  to: number;
}

/** Hops in order. Of fragments the first is followed; copies that a switch flooded to bystanders are left out. */
export function pathOf(trace: Trace, topology: Topology, packet: PacketId): readonly Hop[] {
  const visits = visitsOf(trace, topology, packet).filter(({ unheeded }) => !unheeded);
  return visits.map((visit, i) => {
    const sent = leaving(visit, visits[i + 1]?.host.name ?? null);
    return {
      host: visit.host.name,
      inDev: visit.inDev,
      outDev: sent?.dev ?? null,
      ttlIn: visit.ttlIn,
      ttlOut: (visit.sent.find(({ outer }) => outer === null) ?? sent)?.ttl ?? null,
      tunnel: visit.tunnel,
      from: visit.from,
      to: visit.to,
    };
  });
}

function visitsOf(trace: Trace, topology: Topology, packet: PacketId): Visit[] {
  const followed = followedOf(trace, packet);
  const visits: Visit[] = [];
  const latest = new Map<string, Visit>();
  for (const { event, index } of trace.steps) {
    const about = packetOf(event);
    const outer = about === null ? undefined : followed.get(about);
    const host = outer === undefined ? null : hostNamed(topology, event.host);
    if (outer === undefined || host === null) continue;
    let visit = latest.get(host.name);
    if (visit === undefined || beginsAnew(event, visit)) {
      if (event.kind === 'dropped') continue; // never got in
      visit = { host, inDev: null, ttlIn: null, sent: [], unheeded: false, tunnel: null, from: index, to: index };
      latest.set(host.name, visit);
      visits.push(visit);
    }
    visit.to = index;
    record(visit, event, outer);
  }
  return visits;
}

/** The packet and its carriers, fragments but the first left out; with the tunnel each is a packet of. */
function followedOf(trace: Trace, packet: PacketId): ReadonlyMap<PacketId, Sending['outer']> {
  const made = packetsOf(trace);
  const entries = [...carriersOf(trace, packet)].flatMap((id): readonly (readonly [PacketId, Sending['outer']])[] => {
    const what = made.get(id)?.what;
    if (what?.kind === 'fragment' && what.offsetBytes > 0) return [];
    return [[id, what?.kind === 'tunnel' && id !== packet ? what.how : null]];
  });
  return new Map(entries);
}

/** A frame off a link begins a new visit; one that a bridge or tunnel of the same host hands up does not. */
function beginsAnew(event: Event, visit: Visit): boolean {
  if (event.kind !== 'frame-received' || visit.sent.length > 0) return event.kind === 'frame-received';
  const device = visit.host.devices.find(({ name }) => name === event.dev);
  const port = visit.host.devices.find(({ name }) => name === visit.inDev);
  const fromTunnel = device?.link.kind === 'vxlan' || device?.link.kind === 'ipip';
  return port?.master !== event.dev && !fromTunnel;
}

function record(visit: Visit, event: Event, outer: Sending['outer']): void {
  if (outer !== null) visit.tunnel = outer;
  if (event.kind === 'frame-received') {
    const device = visit.host.devices.find(({ name }) => name === event.dev);
    const isTunnel = device?.link.kind === 'vxlan' || device?.link.kind === 'ipip';
    if (visit.inDev === null || !isTunnel) visit.inDev = event.dev;
    visit.ttlIn = ttlOf(event.frame) ?? visit.ttlIn;
  } else if (event.kind === 'frame-sent') visit.sent.push({ dev: event.dev, ttl: ttlOf(event.frame), outer });
  else if (event.kind === 'dropped' && event.reason.kind === 'not-for-this-mac' && visit.sent.length === 0)
    visit.unheeded = true;
}

const ttlOf = ({ body }: Frame): number | null => (body.kind === 'ipv4' ? body.header.ttl : null);

/** Of several frames sent: the tunnel's, or that towards the next host, or the first, which is the routed one. */
function leaving({ host, sent }: Visit, next: string | null): Sending | undefined {
  const carried = sent.find(({ outer }) => outer !== null);
  if (carried !== undefined) return carried;
  const [first] = sent;
  const kind = host.devices.find(({ name }) => name === first?.dev)?.link.kind;
  if (kind !== 'veth') return first;
  const towards = sent.find(({ dev }) => {
    const link = host.devices.find(({ name }) => name === dev)?.link;
    return link?.kind === 'veth' && link.peer.host === next;
  });
  return towards ?? first;
}
