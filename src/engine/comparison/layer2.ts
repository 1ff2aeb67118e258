/** Which devices share a broadcast domain, and how far apart they are: cables, veth pairs, bridge ports, switches. */
import type { Mac } from '../addr/mac';
import type { Device, Port } from '../net/device';
import { deviceKey } from '../sim/trace';
import { deviceNamed, hostNamed, type Topology } from '../topology/topology';

/** A device with the host it is on. */
export interface Placed extends Port {
  readonly device: Device;
}

export const placed = (topology: Topology): readonly Placed[] =>
  topology.hosts.flatMap(({ name, devices }) =>
    devices
      .filter(({ link }) => link.kind === 'nic' || link.kind === 'veth' || link.kind === 'bridge')
      .map((device) => ({ host: name, dev: device.name, device })),
  );

/**
 * The MAC of the stack that the device's frames come from or go to. A bridge port's own MAC is in no frame: what crosses
 * it belongs to the other end of its cable.
 */
export function stackMac(topology: Topology, { device }: Placed): Mac {
  if (device.master === null || device.link.kind !== 'veth') return device.mac;
  const { host, dev } = device.link.peer;
  const peer = hostNamed(topology, host);
  return (peer === null ? null : deviceNamed(peer, dev)?.mac) ?? device.mac;
}

/** Links from a device of this name to every device of its broadcast domain; 0 for itself, absent = another domain. */
export function distancesFrom(topology: Topology, from: Port): ReadonlyMap<string, number> {
  const neighbours = cables(topology);
  const distance = new Map([[deviceKey(from.host, from.dev), 0]]);
  const queue = [...distance.keys()];
  for (let key = queue.shift(); key !== undefined; key = queue.shift()) {
    const next = (distance.get(key) ?? 0) + 1;
    for (const other of neighbours.get(key) ?? []) {
      if (distance.has(other)) continue;
      distance.set(other, next);
      queue.push(other);
    }
  }
  return distance;
}

const known = new WeakMap<Topology, ReadonlyMap<string, readonly string[]>>();

function cables(topology: Topology): ReadonlyMap<string, readonly string[]> {
  const before = known.get(topology);
  if (before !== undefined) return before;
  const joined = new Map<string, string[]>();
  const join = (a: string, b: string): void => {
    joined.set(a, [...(joined.get(a) ?? []), b]);
    joined.set(b, [...(joined.get(b) ?? []), a]);
  };
  for (const { host, dev, device } of placed(topology)) {
    const key = deviceKey(host, dev);
    if (device.master !== null) join(key, deviceKey(host, device.master));
    if (device.link.kind === 'veth') join(key, deviceKey(device.link.peer.host, device.link.peer.dev));
  }
  for (const { name, ports } of topology.segments) {
    for (const { host, dev } of ports) join(deviceKey(host, dev), `segment ${name}`);
  }
  known.set(topology, joined);
  return joined;
}
