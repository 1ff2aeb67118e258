/** Questions at a routing decision: which row wins, and where that row leads. */
import { formatIpv4, type Ipv4 } from '../addr/ipv4';
import { contains } from '../addr/prefix';
import type { Route } from '../net/route';
import type { EventOf } from '../sim/event';
import type { Step } from '../sim/trace';
import { hostIn } from '../sim/world';
import { ownerOf } from '../topology/topology';
import { among, inOrder } from './choices';
import type { Choice, Question } from './question';

const ROWS_MAX = 6;

type Lookup = EventOf<'route-looked-up'>;

/** Of table main only: that an address is the host's own is no question. */
export function askRoute(step: Step, event: Lookup): readonly Question[] {
  if (event.table === 'local') return [];
  return [whichRow(step, event), whichNextHop(step, event)].filter((question) => question !== null);
}

const frame = (kind: 'route' | 'next-hop', { index }: Step, { host, dst, packet }: Lookup) => ({
  id: `${kind} ${host} ${formatIpv4(dst)} ${index}`,
  kind,
  asked: { kind, host, dst },
  packet,
  step: index,
  evidence: index,
});

function whichRow(step: Step, event: Lookup): Question | null {
  const { routes } = hostIn(step.after, event.host).host;
  const right: Choice = event.route === null ? { kind: 'no-route' } : { kind: 'route', route: event.route };
  const shown = plausible(routes, event.dst, event.route);
  const all: readonly Choice[] = [...shown.map((route): Choice => ({ kind: 'route', route })), { kind: 'no-route' }];
  const made = inOrder(right, all);
  return made === null ? null : { ...frame('route', step, event), ...made };
}

/** The winner, what else matches, the default route, then the rest: at most so many, in the table's order. */
function plausible(routes: readonly Route[], dst: Ipv4, winner: Route | null): readonly Route[] {
  const rank = (route: Route): number =>
    route === winner ? 0 : contains(route.dst, dst) ? 1 : route.dst.len === 0 ? 2 : 3;
  const kept = new Set([...routes].sort((a, b) => rank(a) - rank(b)).slice(0, ROWS_MAX));
  return routes.filter((route) => kept.has(route));
}

function whichNextHop(step: Step, event: Lookup): Question | null {
  const { route, dst, host } = event;
  if (route === null || route.dev === null) return null;
  const { topology } = step.after;
  const state = hostIn(step.after, host).host;
  const hop = (ip: Ipv4): Choice => ({ kind: 'next-hop', ip, owner: ownerOf(topology, ip) });
  const others = [
    dst, // taken for a neighbour
    ...state.routes.flatMap(({ via }) => via ?? []), // another row's
    ...state.devices.flatMap(({ addresses, link }) => (link.kind === 'loopback' ? [] : addresses.map(({ ip }) => ip))),
  ];
  const frameOf = frame('next-hop', step, event);
  const made = among(frameOf.id, hop(route.via ?? dst), others.map(hop));
  return made === null ? null : { ...frameOf, ...made };
}
