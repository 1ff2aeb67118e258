/**
 * `ip route` of iproute2. Source: iproute2 ip/iproute.c, print_route().
 *
 *   10.244.2.0/24 via 192.168.0.82 dev ens33
 *   172.17.0.0/16 dev docker0 proto kernel scope link src 172.17.0.1 linkdown
 */
import type { Route } from '../../net/route';
import { readRoute } from '../../net/route-text';
import { type Importer, iproute2, lists, Notes, wantsJson, wordsOf } from '../importer';
import { looksLikeNeighbour } from './ip-neigh';
import { looksLikeAnswer } from './ip-route-get';

const ROW = /^\s*(?:unicast\s+)?(?:default|(?:\d{1,3}\.){3}\d{1,3}(?:\/\d{1,2})?)\s+(?:via|dev|proto|scope)\s/;
const REFUSING = /^\s*(?:blackhole|prohibit|unreachable)\s+(?:default|[\d.]+)/;

export const ipRoute: Importer = {
  name: 'ip-route',
  tool: 'ip(8) of iproute2: ip route',
  prints: (command) => {
    const [tool, object, verb] = iproute2(command);
    return tool === 'ip' && object === 'route' && lists(verb) && !wantsJson(command);
  },
  starts: (line) => (ROW.test(line) || REFUSING.test(line)) && !looksLikeNeighbour(line) && !looksLikeAnswer(line),
  read: (lines, command) => {
    const notes = new Notes();
    const routes: Route[] = [];
    const places: number[] = [];
    const asked = iproute2(command).slice(3).join(' ');
    let open: { words: readonly string[]; at: number } | null = null; // a head whose next hops follow on their own lines
    for (const [at, line] of lines.entries()) {
      const words = wordsOf(line);
      if (words.length === 0) continue;
      const isHop = words[0] === 'nexthop';
      if (isHop && open === null) {
        notes.skip(at, 'not-modelled');
        continue;
      } // only one next hop of several is followed
      const all = isHop && open !== null ? [...open.words, ...untilWeight(words.slice(1))] : words;
      open = null;
      const read = readRoute(all);
      if (!read.ok) {
        notes.skip(at, line.includes(':') ? 'not-modelled' : 'unknown');
        continue;
      } // IPv6 has colons
      const route = read.value;
      if (route.type === 'local' || route.type === 'broadcast') {
        notes.skip(at, 'not-modelled');
        continue;
      }
      if (route.type === 'unicast' && route.via === null && route.dev === null) {
        open = { words, at };
        continue;
      }
      routes.push(route);
      places.push(at);
    }
    const nothing = lines.every((line) => line.trim() === '');
    const complete = asked === '' || asked === 'table main';
    if (routes.length > 0 || (nothing && complete && command.length > 0)) {
      const first = places[0] ?? 0;
      notes.add(first, { kind: 'routes', routes, lines: places.map((at) => at - first), complete, exact: true });
    }
    return notes;
  },
};

const untilWeight = (words: readonly string[]): readonly string[] => {
  const at = words.indexOf('weight');
  return at === -1 ? words : words.slice(0, at);
};
