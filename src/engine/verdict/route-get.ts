/**
 * What `ip route get` would print: the routing decision a host makes, asked from outside. Refusals as measured on
 * Linux 6.18, where rp_filter's shows as "Invalid argument" (older kernels: "Invalid cross-device link").
 */
import { formatIpv4, type Ipv4 } from '../addr/ipv4';
import { lookup } from '../net/fib';
import type { Route } from '../net/route';
import { routeFor, sourceFor } from '../sim/addresses';
import { forwardingOn } from '../sim/ip-input';
import type { Host } from '../topology/topology';

export interface RouteQuestion {
  readonly dst: Ipv4;
  readonly src: Ipv4 | null; // with inDev: a packet from there that comes in by it
  readonly inDev: string | null;
}

export const routeGetLine = ({ dst, src, inDev }: RouteQuestion): string =>
  `ip route get ${formatIpv4(dst)}${inDev === null || src === null ? '' : ` from ${formatIpv4(src)} iif ${inDev}`}`;

const refused = (text: string): string => `RTNETLINK answers: ${text}`;

/** The first line of the answer. */
export function routeGetPrints(host: Host, { dst, src, inDev }: RouteQuestion): string {
  const { route } = routeFor(host, dst);
  const arriving = inDev !== null && src !== null;
  if (arriving && route?.type !== 'local' && !forwardingOn(host, inDev)) return refused('No route to host');
  if (route === null) return refused('Network is unreachable');
  if (route.type === 'blackhole') return refused('Invalid argument');
  if (route.type === 'prohibit') return refused('Permission denied');
  if (route.type === 'unreachable') return refused('No route to host');
  if (arriving && !sourcePasses(host, src, inDev)) return refused('Invalid argument');
  const local = route.type === 'local' ? 'local ' : '';
  const via = route.via === null ? '' : ` via ${formatIpv4(route.via)}`;
  const own = sourceFor(host, route, dst);
  const end = arriving ? '' : `${own === null ? '' : ` src ${formatIpv4(own)}`} uid 0`;
  const from = arriving ? ` from ${formatIpv4(src)}` : '';
  return `${local}${formatIpv4(dst)}${from}${via} dev ${deviceIn(route)}${end}`;
}

const deviceIn = ({ type, dev }: Route): string => (type === 'local' ? 'lo' : (dev ?? ''));

function sourcePasses({ routes, sysctls }: Host, src: Ipv4, inDev: string): boolean {
  const mode = Math.max(sysctls.rpFilterAll, sysctls.perDevice.get(inDev)?.rpFilter ?? 0);
  const back = lookup(routes, src);
  return mode === 0 || (back !== null && back.type === 'unicast' && (mode === 2 || back.dev === inDev));
}
