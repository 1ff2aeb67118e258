/**
 * `route -n` of net-tools; BusyBox prints the same columns. Source: net-tools lib/inet_gr.c, rprint_fib().
 *
 *   Destination     Gateway         Genmask         Flags Metric Ref    Use Iface
 *   10.244.2.0      192.168.0.82    255.255.255.0   UG    0      0        0 ens33
 */
import { ipv4FromNumber, readIpv4 } from '../../addr/ipv4';
import { lenOfMask, prefixOf } from '../../addr/prefix';
import { type Route, route } from '../../net/route';
import { type Importer, Notes, wordsOf } from '../importer';

const ROW = /^\s*(?:\d{1,3}\.|default\s)\S*\s+\S+\s+(?:\d{1,3}\.){3}\d{1,3}\s+[A-Z!]+\s+\S+\s+\S+\s+\S+\s+\S+\s*$/;
const HEADING = /^\s*(?:Kernel IP routing table|Destination\s+Gateway\s+Genmask)/;

export const routeN: Importer = {
  name: 'route-n',
  tool: 'route(8) of net-tools or BusyBox',
  prints: (command) =>
    /(?:^|\/)(?:route|netstat)$/.test(command[0] ?? '') && !command.includes('add') && !command.includes('del'),
  starts: (line) => HEADING.test(line) || ROW.test(line),
  read: (lines, command) => {
    const notes = new Notes();
    const routes: Route[] = [];
    const places: number[] = [];
    for (const [at, line] of lines.entries()) {
      if (line.trim() === '' || HEADING.test(line)) continue;
      const row = readRow(wordsOf(line));
      if (row === null) {
        notes.skip(at);
        continue;
      }
      routes.push(row);
      places.push(at);
    }
    const listed = lines.some((line) => HEADING.test(line));
    if (routes.length > 0 || (listed && command.length > 0)) {
      const first = places[0] ?? 0;
      notes.add(first, {
        kind: 'routes',
        routes,
        lines: places.map((at) => at - first),
        complete: listed,
        exact: false,
      });
    }
    return notes;
  },
};

function readRow(words: readonly string[]): Route | null {
  const [dst = '', gateway = '', genmask = '', flags = '', metric = '', , , dev = ''] = words;
  const mask = readIpv4(genmask);
  const len = mask === null ? null : lenOfMask(mask);
  const base = dst === 'default' ? ipv4FromNumber(0) : readIpv4(dst);
  if (base === null || len === null || !/^[A-Z!]+$/.test(flags) || dev === '') return null;
  // A route that refuses has no device; which of the three refusals it is, this tool does not say.
  const shared = { metric: /^\d{1,10}$/.test(metric) ? Number(metric) : 0 };
  if (flags.includes('!') || dev === '*' || dev === '-')
    return route(prefixOf(base, len), { ...shared, type: 'unreachable' });
  const via = flags.includes('G') ? readIpv4(gateway) : null;
  if (flags.includes('G') && via === null) return null;
  return route(prefixOf(base, len), { ...shared, via, dev });
}
