/** Proofs by `ip route get`: the decision of each host on the way. */
import { formatIpv4 } from '../addr/ipv4';
import { formatPrefix } from '../addr/prefix';
import { hostIn } from '../sim/world';
import { type Host, hostNamed } from '../topology/topology';
import { leaseFor, wantedRoute } from '../topology/wanted-route';
import type { Loss } from './loss';
import { type Proof, proof } from './proof';
import { type RouteQuestion, routeGetLine, routeGetPrints } from './route-get';
import type { Scene } from './verdict';

/** The host as it stood when the packet was lost; null for a segment. */
export function hostAt({ trace, topology }: Scene, name: string, step: number): Host | null {
  if (hostNamed(topology, name) === null) return null;
  const world = trace.steps[step]?.after;
  return world === undefined ? hostNamed(topology, name) : hostIn(world, name).host;
}

export function routeGet(scene: Scene, host: string, step: number, question: RouteQuestion): readonly Proof[] {
  const at = hostAt(scene, host, step);
  if (at === null) return [];
  const prints = routeGetPrints(at, question);
  const shows = prints.startsWith('RTNETLINK') ? 'route-refused' : 'route-taken';
  return [proof(host, shows, routeGetLine(question), prints)];
}

/** The routing decision on each host the lost packet was on, where it is not the one flannel wants, or the last one. */
export function decisions(scene: Scene, loss: Loss): readonly Proof[] {
  const { verdict, topology } = scene;
  const passage = verdict.request?.fate.kind === 'lost' ? verdict.request : verdict.answer;
  const { src, dst } = loss.header ?? { src: null, dst: null };
  if (passage === null || dst === null) return [];
  const hops = passage.hops.filter(({ host }) => hostNamed(topology, host)?.role !== 'pod');
  return hops.flatMap(({ host, inDev }): readonly Proof[] => {
    const own = hostNamed(topology, host);
    const lease = leaseFor(topology, dst);
    const [get] = routeGet(scene, host, loss.step, { dst, src, inDev });
    if (own === null || get === undefined) return [];
    const wanted = wantedRoute(topology, own, dst);
    const card = own.devices.find(({ link }) => link.kind === 'nic');
    const unadded =
      wanted === null && lease !== null && lease.node !== host && own.role === 'node' && card !== undefined
        ? [
            proof(
              host,
              'route-not-addable',
              `ip route add ${formatPrefix(lease.subnet)} via ${formatIpv4(lease.publicIp)} dev ${card.name}`,
              'Error: Nexthop has invalid gateway.',
            ),
          ]
        : [];
    return [get, ...unadded];
  });
}

export function decisionAt(scene: Scene, loss: Loss, inDev: string): readonly Proof[] {
  const { header } = loss;
  return header === null ? [] : routeGet(scene, loss.host, loss.step, { dst: header.dst, src: header.src, inDev });
}
