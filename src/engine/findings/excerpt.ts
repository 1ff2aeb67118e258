/**
 * The part of a large cluster that a ping can come to: a broadcast on a LAN of thousands would bury the one packet in
 * question. Followed are the next hops of both ways, on every host they lead to.
 */
import type { Ipv4 } from '../addr/ipv4';
import { lookup } from '../net/fib';
import { nodeOf } from '../topology/places';
import { type Host, hostNamed, type Topology } from '../topology/topology';
import { ownersByIp } from './inhabitants';

/** Up to this many hosts the whole cluster is run. */
const WHOLE_MAX = 60;
const EXCERPT_MAX = 60;

const owners = new WeakMap<Topology, ReturnType<typeof ownersByIp>>();

function ownersIn(topology: Topology): ReturnType<typeof ownersByIp> {
  let found = owners.get(topology);
  if (found === undefined) {
    found = ownersByIp(topology.hosts);
    owners.set(topology, found);
  }
  return found;
}

export function excerptFor(topology: Topology, from: string, target: Ipv4): Topology {
  if (topology.hosts.length <= WHOLE_MAX) return topology;
  const byIp = ownersIn(topology);
  const sender = hostNamed(topology, from);
  const ends = (byIp.get(target) ?? []).flatMap(({ host }) => hostNamed(topology, host) ?? []);
  const wanted = new Set<Host>();
  const queue = [...(sender === null ? [] : [sender]), ...ends];
  const asked = [target, ...(sender?.devices ?? []).flatMap(({ addresses }) => addresses.map(({ ip }) => ip))];
  for (let host = queue.shift(); host !== undefined && wanted.size < EXCERPT_MAX; host = queue.shift()) {
    if (wanted.has(host)) continue;
    wanted.add(host);
    const node = nodeOf(topology, host);
    if (node !== host) queue.push(node);
    for (const dst of asked) {
      const via = lookup(host.routes, dst)?.via ?? null;
      for (const { host: name } of via === null ? [] : (byIp.get(via) ?? [])) {
        const next = hostNamed(topology, name);
        if (next !== null) queue.push(next);
      }
    }
  }
  const names = new Set([...wanted].map(({ name }) => name));
  return {
    ...topology,
    hosts: topology.hosts.filter(({ name }) => names.has(name)),
    segments: topology.segments.map((one) => ({ ...one, ports: one.ports.filter(({ host }) => names.has(host)) })),
    capturePoints: topology.capturePoints.filter(({ host }) => names.has(host)),
    assumed: topology.assumed.filter(({ host }) => names.has(host)),
  };
}
