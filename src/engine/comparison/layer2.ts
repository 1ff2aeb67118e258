/** Which devices share a broadcast domain, and how far apart they are: cables, veth pairs, bridge ports, switches. */
import type { Mac } from '../addr/mac';
import type { Device, Port } from '../net/device';
import { deviceKey } from '../sim/trace';
import { deviceNamed, type Host, hostNamed, type Topology } from '../topology/topology';

/** A device with the host it is on. */
export interface Placed extends Port {
  readonly device: Device;
}

/** Those of a host's devices that a file may have been taken at. */
export const placedOn = ({ name }: Host, devices: readonly Device[]): readonly Placed[] =>
  devices
    .filter(({ link }) => link.kind === 'nic' || link.kind === 'veth' || link.kind === 'bridge')
    .map((device) => ({ host: name, dev: device.name, device }));

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

/** Links from a device of this name to every one of the places in its broadcast domain; 0 for itself, absent = another domain. */
export function distancesFrom(topology: Topology, places: readonly Placed[], from: Port): ReadonlyMap<string, number> {
  const neighbours = cables(topology, places);
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

const known = new WeakMap<readonly Placed[], ReadonlyMap<string, readonly string[]>>();

function cables(topology: Topology, places: readonly Placed[]): ReadonlyMap<string, readonly string[]> {
  const before = known.get(places);
  if (before !== undefined) return before;
  const joined = new Map<string, string[]>();
  const add = (from: string, to: string): void => {
    const others = joined.get(from);
    if (others === undefined) joined.set(from, [to]);
    else others.push(to);
  };
  const join = (a: string, b: string): void => {
    add(a, b);
    add(b, a);
  };
  for (const { host, dev, device } of places) {
    const key = deviceKey(host, dev);
    if (device.master !== null) join(key, deviceKey(host, device.master));
    if (device.link.kind === 'veth') join(key, deviceKey(device.link.peer.host, device.link.peer.dev));
  }
  for (const { name, ports } of topology.segments) {
    for (const { host, dev } of ports) join(deviceKey(host, dev), `segment ${name}`);
  }
  known.set(places, joined);
  return joined;
}
