/** The routing decision in words: which rows matched, which won and why, and who the next hop is. */
import { contains, formatMask, formatPrefix, samePrefix } from '../engine/addr/prefix';
import { type ConsideredRow, explain } from '../engine/net/fib';
import type { Route } from '../engine/net/route';
import type { EventOf } from '../engine/sim/event';
import type { Host } from '../engine/topology/topology';
import { hostOf, ip, num, ownerName, type Said, type SentenceContext } from './sentence-values';

type Lookup = EventOf<'route-looked-up'>;

export function explainRoute(event: Lookup, c: SentenceContext): Said {
  const t = c.text.events['route-looked-up'];
  const host = hostOf(c, event.host);
  const dst = ip(event.dst);
  const answer = event.purpose === 'answer' ? t.why.answer({ host: event.host }) : null;
  const { route } = event;
  if (route === null || host === null) {
    const rows = num(host?.routes.length ?? 0);
    return { lead: t.leadNone({ host: event.host, dst, rows }), why: answer };
  }
  if (event.table === 'local') {
    const values = { host: event.host, dst, dev: route.dev ?? 'lo' };
    if (route.type === 'broadcast') return { lead: t.leadBroadcast(values), why: t.whyLocal };
    return { lead: event.purpose === 'receive' ? t.leadLocal(values) : t.leadLocalSend(values), why: t.whyLocal };
  }
  const rows = explain(host.routes, event.dst);
  const reasons = [answer, arithmetic(c, dst, route, rows), whose(c, host, event, route)].filter(
    (reason) => reason !== null,
  );
  return { lead: lead(event, route, rows, c), why: reasons.length === 0 ? null : c.text.names.join(reasons) };
}

function lead(event: Lookup, route: Route, rows: readonly ConsideredRow[], c: SentenceContext): string {
  const t = c.text.events['route-looked-up'];
  const dst = ip(event.dst);
  const row = formatPrefix(route.dst);
  const hop = hopText(event, route, c);
  const matching = rows.filter(({ verdict }) => verdict !== 'no-match');
  const rivals = matching.filter((one) => one.route.dst.len === route.dst.len);
  if (rivals.length > 1) return t.leadMetric({ dst, row, metric: num(route.metric), hop });
  if (matching.length > 1) return t.leadMany({ dst, count: num(matching.length), row, hop });
  return route.dst.len === 0 ? t.leadDefault({ dst, hop }) : t.leadOne({ dst, row, hop });
}

function hopText(event: Lookup, route: Route, c: SentenceContext): string {
  const t = c.text.events['route-looked-up'];
  if (route.type !== 'unicast') return t.hopRefused({ type: route.type });
  const dev = route.dev ?? '';
  if (route.via === null) return t.hopOnLink({ dst: ip(event.dst), dev });
  return t.hopVia({ via: ip(route.via), owner: ownerName(c, route.via), dev });
}

/** `10.244.2.2 & 255.255.255.0 = 10.244.2.0, matches; /24 beats /0.` */
function arithmetic(c: SentenceContext, dst: string, route: Route, rows: readonly ConsideredRow[]): string | null {
  if (route.dst.len === 0) return null;
  const t = c.text.events['route-looked-up'].why;
  const sum = t.and({ dst, mask: formatMask(route.dst.len), masked: ip(route.dst.base) });
  const beaten = rows.filter(({ verdict }) => verdict === 'less-specific').map((row) => row.route.dst.len);
  const lengths = [...new Set(beaten)].sort((a, b) => b - a).map((len) => `/${len}`);
  if (lengths.length === 0) return c.text.names.sum([sum]);
  return c.text.names.sum([sum, t.beats({ len: num(route.dst.len), beaten: c.text.names.list(lengths) })]);
}

/** Who wrote the row that won, where that is the point of the lesson. */
function whose(c: SentenceContext, host: Host, event: Lookup, route: Route): string | null {
  const t = c.text.events['route-looked-up'].why;
  const { topology } = c.world;
  if (host.role === 'pod') return route.via === null ? null : t.podDefault;
  if (host.role !== 'node') return null;
  if (route.via === null) {
    const own = host.podCidr !== null && samePrefix(host.podCidr, route.dst);
    return own && route.dev !== null ? t.connected({ dev: route.dev }) : null;
  }
  const owner = ownerName(c, route.via);
  const lease = topology.hosts.find((other) => other.podCidr !== null && samePrefix(other.podCidr, route.dst));
  if (lease !== undefined && lease.name === owner) return t.hostGw({ node: owner, subnet: formatPrefix(route.dst) });
  const { network } = topology;
  return route.dst.len === 0 && network !== null && contains(network, event.dst) ? t.noLease : null;
}
