/**
 * `ip -j route` of iproute2, also with -p and -d. Source: iproute2 ip/iproute.c, print_route().
 *
 *   [{"dst":"default","gateway":"192.168.0.1","dev":"ens33","protocol":"static","metric":100,"flags":[]},
 *    {"dst":"10.244.2.0/24","gateway":"192.168.0.82","dev":"ens33","flags":[]}]
 */
import { readIpv4 } from '../../addr/ipv4';
import { type Route, type RouteProtocol, type RouteType, route } from '../../net/route';
import { readDestination } from '../../net/route-text';
import { countOf, LineFinder, listOf, recordsOf, textOf } from '../documents';
import { type DocumentImporter, Notes } from '../importer';

const TYPES: ReadonlySet<string> = new Set<RouteType>(['unicast', 'blackhole', 'prohibit', 'unreachable']);
const PROTOCOLS: ReadonlySet<string> = new Set<RouteProtocol>(['kernel', 'boot', 'static', 'dhcp', 'ra']);

export const ipJsonRoute: DocumentImporter = {
  name: 'ip-json-route',
  tool: 'ip(8) of iproute2: ip -j route',
  takes: (value) =>
    recordsOf(value).some((one) => textOf(one.dst) !== null && Array.isArray(one.flags) && one.state === undefined),
  read: (values, lines) => {
    const notes = new Notes();
    const finder = new LineFinder(lines);
    const routes: Route[] = [];
    const places: number[] = [];
    for (const one of values.flatMap(recordsOf)) {
      const read = routeOf(one);
      const at = finder.find(`"dst": "${textOf(one.dst) ?? ''}"`);
      if (read === null) {
        notes.skip(at, 'not-modelled'); // IPv6, table local
        continue;
      }
      routes.push(read);
      places.push(at);
    }
    if (routes.length > 0) notes.add(0, { kind: 'routes', routes, lines: places, complete: true, exact: true });
    return notes;
  },
};

function routeOf(one: Readonly<Record<string, unknown>>): Route | null {
  const dst = readDestination(textOf(one.dst) ?? '');
  const type = textOf(one.type) ?? 'unicast';
  if (dst === null || !TYPES.has(type)) return null;
  const [first] = recordsOf(one.nexthops); // only one next hop of several is followed
  const via = readIpv4(textOf(one.gateway) ?? textOf(first?.gateway) ?? '');
  const protocol = textOf(one.protocol) ?? 'boot';
  return route(dst, {
    type: type as RouteType,
    via,
    dev: textOf(one.dev) ?? textOf(first?.dev),
    metric: countOf(one.metric) ?? 0,
    protocol: PROTOCOLS.has(protocol) ? (protocol as RouteProtocol) : 'other',
    prefSrc: readIpv4(textOf(one.prefsrc) ?? ''),
    onlink: [...listOf(one.flags), ...listOf(first?.flags)].includes('onlink'),
    mtuBytes: countOf(recordsOf(one.metrics)[0]?.mtu),
  });
}
