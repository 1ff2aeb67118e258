/**
 * What a ping is tried out on. Tables that nobody showed are taken to be as flannel writes them; and of a large cluster
 * only the hosts that the ping can come to are run, since a broadcast on a LAN of thousands would bury the one packet in
 * question. Followed are the next hops of both ways, on every host they lead to.
 */
import type { Ipv4 } from '../addr/ipv4';
import { lookup } from '../net/fib';
import { inTableOrder } from '../topology/build';
import { nodeOf } from '../topology/places';
import { type Host, hostNamed, type Topology } from '../topology/topology';
import type { Cluster } from './cluster';
import { ownersByIp } from './inhabitants';
import { auditOf } from './route-audit';

/** Up to this many hosts the whole cluster is run. */
const WHOLE_MAX = 60;
const EXCERPT_MAX = 60;

export function excerptFor(cluster: Cluster, from: string, target: Ipv4): Topology {
  const { topology } = cluster;
  if (topology.hosts.length <= WHOLE_MAX) {
    const hosts = topology.hosts.map((host) => withTable(cluster, host));
    return hosts.every((host, i) => host === topology.hosts[i]) ? topology : { ...topology, hosts };
  }
  const reached = new Map(hostsReached(cluster, from, target).map((host) => [host.name, host]));
  return {
    ...topology,
    hosts: topology.hosts.flatMap(({ name }) => reached.get(name) ?? []),
    segments: topology.segments.map((one) => ({ ...one, ports: one.ports.filter(({ host }) => reached.has(host)) })),
    capturePoints: topology.capturePoints.filter(({ host }) => reached.has(host)),
    assumed: topology.assumed.filter(({ host }) => reached.has(host)),
  };
}

/** The host, with the rows flannel would have written where its table was not shown. */
function withTable(cluster: Cluster, host: Host): Host {
  const node = cluster.nodeOfHost.get(host.name);
  if (node === undefined || node.routesKnown) return host;
  const missing = auditOf(cluster, node).rows.flatMap(({ expected }) =>
    expected === null || lookup(host.routes, expected.dst.base)?.dst.len === expected.dst.len ? [] : [expected],
  );
  return missing.length === 0 ? host : { ...host, routes: inTableOrder([...host.routes, ...missing]) };
}

const owners = new WeakMap<Topology, ReturnType<typeof ownersByIp>>();

function ownersIn(topology: Topology): ReturnType<typeof ownersByIp> {
  let found = owners.get(topology);
  if (found === undefined) {
    found = ownersByIp(topology.hosts);
    owners.set(topology, found);
  }
  return found;
}

function hostsReached(cluster: Cluster, from: string, target: Ipv4): readonly Host[] {
  const { topology } = cluster;
  const byIp = ownersIn(topology);
  const sender = hostNamed(topology, from);
  const ends = (byIp.get(target) ?? []).flatMap(({ host }) => hostNamed(topology, host) ?? []);
  const asked = [target, ...(sender?.devices ?? []).flatMap(({ addresses }) => addresses.map(({ ip }) => ip))];
  const reached = new Map<string, Host>();
  const queue = [...(sender === null ? [] : [sender]), ...ends];
  for (let host = queue.shift(); host !== undefined && reached.size < EXCERPT_MAX; host = queue.shift()) {
    if (reached.has(host.name)) continue;
    const whole = withTable(cluster, host);
    reached.set(host.name, whole);
    const node = nodeOf(topology, host);
    if (node !== host) queue.push(node);
    for (const dst of asked) {
      const via = lookup(whole.routes, dst)?.via ?? null;
      for (const { host: name } of via === null ? [] : (byIp.get(via) ?? [])) {
        const next = hostNamed(topology, name);
        if (next !== null) queue.push(next);
      }
    }
  }
  return [...reached.values()];
}
