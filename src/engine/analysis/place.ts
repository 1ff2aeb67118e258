/** Where on the picture each step happens, and which link a packet has just crossed. */
import { unreachable } from '../base/result';
import type { Port } from '../net/device';
import type { DropKind } from '../sim/drop';
import type { Event } from '../sim/event';
import type { Trace } from '../sim/trace';
import { deviceNamed, hostNamed, type Topology } from '../topology/topology';

export type Place =
  | { readonly kind: 'app'; readonly host: string } // a process: ping, the shell
  | { readonly kind: 'stack'; readonly host: string } // the kernel between the devices
  | { readonly kind: 'device'; readonly host: string; readonly dev: string }
  | { readonly kind: 'segment'; readonly segment: string };

/** Drops that a device decides; of all others the device only says where the packet came in or was to go out. */
const DROPS_OF_DEVICES: ReadonlySet<DropKind> = new Set<DropKind>([
  'not-for-this-mac',
  'link-down',
  'no-cable',
  'receiver-mtu',
  'no-tunnel-peer',
  'no-port',
]);

/** The place of a step. `topology` tells a segment's name from a host's. */
export function placeOf(event: Event, topology: Topology): Place {
  const { host } = event;
  if (hostNamed(topology, host) === null && topology.segments.some((segment) => segment.name === host)) {
    return { kind: 'segment', segment: host };
  }
  switch (event.kind) {
    case 'command-started':
    case 'printed':
    case 'command-ended':
    case 'configured':
      return { kind: 'app', host };
    case 'delivered':
      return event.to === 'icmp-echo' ? { kind: 'stack', host } : { kind: 'app', host };
    case 'frame-sent':
    case 'frame-received':
    case 'encapsulated':
    case 'decapsulated':
      return { kind: 'device', host, dev: event.dev };
    case 'mac-learned':
    case 'bridged':
      return event.bridge === null ? { kind: 'segment', segment: host } : { kind: 'device', host, dev: event.bridge };
    case 'dropped':
      return event.dev === null || !DROPS_OF_DEVICES.has(event.reason.kind)
        ? { kind: 'stack', host }
        : { kind: 'device', host, dev: event.dev };
    case 'packet-made':
    case 'error-withheld':
    case 'arp-read':
    case 'neighbour-looked-up':
    case 'neighbour-changed':
    case 'route-looked-up':
    case 'source-checked':
    case 'forwarding-checked':
    case 'ttl-lowered':
    case 'mtu-checked':
    case 'hook-passed':
    case 'translated':
    case 'fragmented':
    case 'reassembled':
    case 'path-mtu-learned':
      return { kind: 'stack', host };
    default:
      return unreachable(event);
  }
}

/**
 * The link that the packet has just crossed with this step: from the device that sent this very packet last and is
 * joined to the receiving one by a cable. Null for any step but the receipt of a frame off a link.
 */
export function arrivalInto(trace: Trace, index: number): { readonly from: Place; readonly to: Place } | null {
  const step = trace.steps[index];
  if (step === undefined || step.event.kind !== 'frame-received') return null;
  const { host, dev, packet } = step.event;
  for (let i = index - 1; i >= 0; i -= 1) {
    const event = trace.steps[i]?.event;
    if (event?.kind !== 'frame-sent' || event.packet !== packet) continue;
    if (!areJoined(trace.initial.topology, event, { host, dev })) continue;
    return { from: { kind: 'device', host: event.host, dev: event.dev }, to: { kind: 'device', host, dev } };
  }
  return null;
}

/** Two ends of one veth pair, or two cards on one segment. */
function areJoined(topology: Topology, a: Port, b: Port): boolean {
  const linkOf = (port: Port) => {
    const host = hostNamed(topology, port.host);
    return host === null ? null : (deviceNamed(host, port.dev)?.link ?? null);
  };
  const [one, other] = [linkOf(a), linkOf(b)];
  if (one?.kind === 'veth') return one.peer.host === b.host && one.peer.dev === b.dev;
  return one?.kind === 'nic' && other?.kind === 'nic' && one.segment !== null && one.segment === other.segment;
}
