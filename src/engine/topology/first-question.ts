/** What to ask of a cluster that nobody has asked anything of yet. */
import { formatIpv4 } from '../addr/ipv4';
import { addressOf, nodeOf } from './places';
import { type Host, hostNamed, type Topology } from './topology';

/** A ping between pods of two nodes, the ends of the capture points first; else between any two hosts. Null: there are none. */
export function firstQuestion(topology: Topology): string | null {
  const named = topology.capturePoints.flatMap(({ host }) => hostNamed(topology, host) ?? []);
  const isAble = (host: Host): boolean => addressOf(host) !== null;
  const isPod = (host: Host): boolean => host.role === 'pod' && isAble(host);
  const find = (is: (host: Host) => boolean): Host | undefined => named.find(is) ?? topology.hosts.find(is);
  const pod = find(isPod);
  for (const [from, isMeant] of [
    [pod, isPod],
    [pod, isAble],
    [find(isAble), isAble],
  ] as const) {
    if (from === undefined) continue;
    const node = nodeOf(topology, from);
    const to =
      find((one) => nodeOf(topology, one) !== node && isMeant(one)) ?? find((one) => one !== from && isMeant(one));
    const address = to === undefined ? null : addressOf(to);
    if (address !== null) return `${from.name}: ping -c 1 ${formatIpv4(address.ip)}`;
  }
  return null;
}
