/**
 * `ip -j neigh` of iproute2. Source: iproute2 ip/ipneigh.c, print_neigh().
 *
 *   [{"dst":"192.168.0.82","dev":"ens33","lladdr":"00:0c:29:d7:0c:82","state":["REACHABLE"]}]
 */
import { readIpv4 } from '../../addr/ipv4';
import { readMac } from '../../addr/mac';
import { LineFinder, listOf, recordsOf, textOf } from '../documents';
import { type DocumentImporter, Notes } from '../importer';

export const ipJsonNeigh: DocumentImporter = {
  name: 'ip-json-neigh',
  tool: 'ip(8) of iproute2: ip -j neigh',
  takes: (value) => recordsOf(value).some((one) => textOf(one.dst) !== null && Array.isArray(one.state)),
  read: (values, lines) => {
    const notes = new Notes();
    const finder = new LineFinder(lines);
    for (const one of values.flatMap(recordsOf)) {
      const text = textOf(one.dst) ?? '';
      const at = finder.find(`"dst": "${text}"`);
      const [ip, dev, state] = [readIpv4(text), textOf(one.dev), textOf(listOf(one.state)[0])];
      if (ip === null || dev === null || state === null) notes.skip(at, 'not-modelled');
      else notes.add(at, { kind: 'neighbour', dev, ip, mac: readMac(textOf(one.lladdr) ?? ''), state });
    }
    return notes;
  },
};
