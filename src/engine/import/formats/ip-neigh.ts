/**
 * `ip neigh` of iproute2. Source: iproute2 ip/ipneigh.c, print_neigh().
 *
 *   192.168.0.82 dev ens33 lladdr 00:0c:29:d7:0c:82 REACHABLE
 */
import { readIpv4 } from '../../addr/ipv4';
import { readMac } from '../../addr/mac';
import { type Importer, iproute2, lists, Notes, wantsJson, wordAfter, wordsOf } from '../importer';

const STATE = /^(?:REACHABLE|STALE|DELAY|PROBE|INCOMPLETE|FAILED|PERMANENT|NOARP|NONE)$/;

export function looksLikeNeighbour(line: string): boolean {
  const words = wordsOf(line);
  return /^[\da-f.:]+$/i.test(words[0] ?? '') && words[1] === 'dev' && STATE.test(words.at(-1) ?? '');
}

export const ipNeigh: Importer = {
  name: 'ip-neigh',
  tool: 'ip(8) of iproute2: ip neigh',
  prints: (command) => {
    const [tool, object, verb] = iproute2(command);
    return tool === 'ip' && (object === 'neighbour' || object === 'neighbor') && lists(verb) && !wantsJson(command);
  },
  starts: looksLikeNeighbour,
  read: (lines, command) => {
    const notes = new Notes();
    const asked = wordAfter(command, 'dev'); // `ip neigh show dev X` leaves the device out
    for (const [at, line] of lines.entries()) {
      const words = wordsOf(line);
      if (words.length === 0) continue;
      const [address = ''] = words;
      const dev = wordAfter(words, 'dev') ?? asked;
      const state = words.at(-1) ?? '';
      const ip = readIpv4(address);
      if (!STATE.test(state) || dev === null) {
        notes.skip(at);
        continue;
      }
      if (ip === null) {
        notes.skip(at, address.includes(':') ? 'not-modelled' : 'unknown');
        continue;
      }
      notes.add(at, { kind: 'neighbour', dev, ip, mac: readMac(wordAfter(words, 'lladdr') ?? ''), state });
    }
    return notes;
  },
};
