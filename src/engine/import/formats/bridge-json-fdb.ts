/**
 * `bridge -j fdb` of iproute2. Source: iproute2 bridge/fdb.c, print_fdb().
 *
 *   [{"mac":"7a:0b:d4:4c:c5:68","ifname":"veth5c905d55","flags":[],"master":"cni0","state":""},
 *    {"mac":"9e:1e:ab:74:dc:ac","ifname":"veth5c905d55","flags":[],"master":"cni0","state":"permanent"}]
 */
import { readIpv4 } from '../../addr/ipv4';
import { isMulticast, readMac } from '../../addr/mac';
import { LineFinder, recordsOf, textOf } from '../documents';
import { type DocumentImporter, Notes } from '../importer';

export const bridgeJsonFdb: DocumentImporter = {
  name: 'bridge-json-fdb',
  tool: 'bridge(8) of iproute2: bridge -j fdb',
  takes: (value) => recordsOf(value).some((one) => textOf(one.mac) !== null && textOf(one.ifname) !== null),
  read: (values, lines) => {
    const notes = new Notes();
    const finder = new LineFinder(lines);
    for (const one of values.flatMap(recordsOf)) {
      const text = textOf(one.mac) ?? '';
      const at = finder.find(`"mac": "${text}"`);
      const [mac, dev] = [readMac(text), textOf(one.ifname)];
      if (mac === null || dev === null) notes.skip(at);
      else if (!isMulticast(mac)) {
        const remote = readIpv4(textOf(one.dst) ?? '');
        notes.add(at, { kind: 'fdb', dev, mac, remote, permanent: one.state === 'permanent' });
      }
    }
    return notes;
  },
};
