/**
 * `bridge fdb` and `bridge link` of iproute2. Source: iproute2 bridge/fdb.c, print_fdb(); bridge/link.c.
 *
 *   7a:0b:d4:4c:c5:68 dev veth5c905d55 master cni0                        learned: the pod behind that port
 *   ce:90:4f:1b:d8:02 dev flannel.1 dst 192.168.0.82 self permanent       vxlan: the tunnel end for that MAC
 */
import { readIpv4 } from '../../addr/ipv4';
import { isMulticast, readMac } from '../../addr/mac';
import type { DeviceFact } from '../facts';
import { type Importer, iproute2, lists, Notes, wantsJson, wholeNumber, wordAfter, wordsOf } from '../importer';

export const bridgeFdb: Importer = {
  name: 'bridge-fdb',
  tool: 'bridge(8) of iproute2: bridge fdb',
  prints: (command) => {
    const [tool, object, verb] = iproute2(command);
    return tool === 'bridge' && object === 'fdb' && lists(verb) && !wantsJson(command);
  },
  starts: (line) => /^\s*(?:[\da-f]{2}:){5}[\da-f]{2} (?:dev|dst|vlan|master|self)\s/i.test(line),
  read: (lines, command) => {
    const notes = new Notes();
    const asked = wordAfter(command, 'dev'); // `bridge fdb show dev X` leaves the device out
    for (const [at, line] of lines.entries()) {
      const words = wordsOf(line);
      if (words.length === 0) continue;
      const mac = readMac(words[0] ?? '');
      const dev = wordAfter(words, 'dev') ?? asked;
      if (mac === null || dev === null) {
        notes.skip(at);
        continue;
      }
      if (isMulticast(mac)) continue; // groups the host itself listens to
      const remote = readIpv4(wordAfter(words, 'dst') ?? '');
      notes.add(at, { kind: 'fdb', dev, mac, remote, permanent: words.includes('permanent') });
    }
    return notes;
  },
};

/** `3: veth1@if3: <…> mtu 1500 master cni0 state forwarding priority 32 cost 2`, with -d `hairpin on guard off …` below it */
const PORT =
  /^\s*(\d{1,10}):\s+([^\s:@]+)(?:@([^\s:]+))?:\s+<([^<>\s]*)>(.*\smaster\s+\S+\s+state\s+[a-z]+\s+priority\s.*)$/;

export const bridgeLink: Importer = {
  name: 'bridge-link',
  tool: 'bridge(8) of iproute2: bridge link',
  prints: (command) => {
    const [tool, object, verb] = iproute2(command);
    return tool === 'bridge' && object === 'link' && lists(verb) && !wantsJson(command);
  },
  starts: (line) => PORT.test(line),
  read: (lines) => {
    const notes = new Notes();
    let dev: string | null = null;
    for (const [at, line] of lines.entries()) {
      if (line.trim() === '') continue;
      const match = PORT.exec(line);
      if (match !== null) {
        const [, index = '', name = '', other = '', flags = '', rest = ''] = match;
        const words = wordsOf(rest);
        const mtuBytes = wholeNumber(wordAfter(words, 'mtu'));
        const peer = /^if(\d{1,10})$/.exec(other)?.[1];
        const fact: DeviceFact = {
          kind: 'device',
          dev: name,
          ifindex: Number(index),
          up: flags.split(',').includes('UP'),
          master: wordAfter(words, 'master'),
          ...(mtuBytes === null ? {} : { mtuBytes }),
          ...(peer === undefined ? {} : { peerIndex: Number(peer) }),
        };
        notes.add(at, fact);
        dev = name;
        continue;
      }
      const hairpin = /^\s*hairpin (on|off)\b/.exec(line)?.[1];
      if (dev !== null && hairpin !== undefined) notes.add(at, { kind: 'device', dev, hairpin: hairpin === 'on' });
      else notes.skip(at);
    }
    return notes;
  },
};
