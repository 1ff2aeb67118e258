/** What to ask of a cluster that nobody has asked anything of yet. */
import { formatIpv4 } from '../addr/ipv4';
import { addressOf, nodeOf } from './places';
import { type Host, hostNamed, type Topology } from './topology';

/** A ping between pods of two nodes, the ends of the capture points first; else between any two hosts. Null: there are none. */
export function firstQuestion(topology: Topology): string | null {
  const named = topology.capturePoints.flatMap(({ host }) => hostNamed(topology, host) ?? []);
  const able = [...new Set([...named, ...topology.hosts])].filter((host) => addressOf(host) !== null);
  const pods = able.filter(({ role }) => role === 'pod');
  const elsewhere = (from: Host) => (to: Host) => nodeOf(topology, to) !== nodeOf(topology, from);
  for (const [from, others] of [
    [pods[0], pods],
    [pods[0], able],
    [able[0], able],
  ] as const) {
    if (from === undefined) continue;
    const to = others.find(elsewhere(from)) ?? others.find((other) => other !== from);
    const address = to === undefined ? null : addressOf(to);
    if (address !== null) return `${from.name}: ping -c 1 ${formatIpv4(address.ip)}`;
  }
  return null;
}
