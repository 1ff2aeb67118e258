/**
 * The cluster as a chain, for large type: the hosts of the capture points side by side, each with the few devices a
 * lecture names, and below them the network that joins them with everybody else on it. Where a packet is: a place on it.
 */
import { formatIpv4 } from '../../engine/addr/ipv4';
import type { Place } from '../../engine/analysis/place';
import { addressOf } from '../../engine/topology/places';
import { type Host, hostNamed, type Topology } from '../../engine/topology/topology';

/** The kernel between a host's devices, as a link of the chain. */
export const KERNEL = 'kernel';

export interface Link {
  readonly name: string;
  readonly ip: string | null;
  readonly role: Host['role'];
  readonly parts: readonly string[]; // devices in the order a request passes them, KERNEL among them
}

export interface Net {
  readonly name: string;
  readonly others: readonly Link[]; // on this segment, and not in the row
}

export interface Chain {
  readonly row: readonly Link[];
  readonly nets: readonly Net[];
}

const ROW_MAX = 4;
const OTHERS_MAX = 3; // per segment

export function chainOf(topology: Topology): Chain {
  const points = topology.capturePoints.map(({ host }) => hostNamed(topology, host));
  const pods = topology.hosts.filter(({ role }) => role === 'pod');
  const given = points.some((host) => host !== null) ? points : [...pods, ...topology.hosts];
  const row = [...new Set(given.filter((host) => host !== null))].slice(0, ROW_MAX);
  const half = row.length / 2;
  return {
    row: row.map((host, i) => linkOf(host, i >= half)),
    nets: topology.segments.map(({ name, ports }) => ({
      name,
      others: ports
        .filter(({ host }) => !row.some((one) => one.name === host))
        .flatMap(({ host }) => hostNamed(topology, host) ?? [])
        .slice(0, OTHERS_MAX)
        .map((host) => ({ ...linkOf(host, false), parts: [] })),
    })),
  };
}

/** `mirrored`: on the right half of the picture a request comes in by the card and goes out by the bridge. */
function linkOf(host: Host, mirrored: boolean): Link {
  const inside = host.devices.flatMap(({ name, link, addresses }) =>
    link.kind === 'bridge' && addresses.length > 0 && !isDocker(name) ? [name] : [],
  );
  const tunnels = host.devices.flatMap(({ name, link }) =>
    link.kind === 'vxlan' || link.kind === 'ipip' ? [name] : [],
  );
  const outside = host.devices.flatMap(({ name, link, master }) =>
    master === null && (link.kind === 'nic' || (link.kind === 'veth' && host.role === 'pod')) ? [name] : [],
  );
  const own = host.role === 'pod' ? outside : [...inside, KERNEL, ...tunnels, ...outside];
  const address = addressOf(host);
  return {
    name: host.name,
    ip: address === null ? null : formatIpv4(address.ip),
    role: host.role,
    parts: mirrored ? [...own].reverse() : own,
  };
}

/** Docker's own bridge carries no pod. */
const isDocker = (name: string): boolean => name.startsWith('docker');

export interface Here {
  readonly host: string | null; // null: on a segment
  readonly part: string | null;
  readonly net: string | null;
}

/** A bridge's ports are not drawn: a packet on one is at the bridge. */
export function hereOf(topology: Topology, place: Place): Here {
  switch (place.kind) {
    case 'segment':
      return { host: null, part: null, net: place.segment };
    case 'device': {
      const device = hostNamed(topology, place.host)?.devices.find(({ name }) => name === place.dev);
      return { host: place.host, part: device?.master ?? place.dev, net: null };
    }
    case 'stack':
      return { host: place.host, part: KERNEL, net: null };
    case 'app':
      return { host: place.host, part: null, net: null };
  }
}
