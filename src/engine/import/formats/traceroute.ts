/**
 * `traceroute` and `tracepath`: a symptom. Sources: traceroute 2.1 traceroute.c, print_probe(); BusyBox
 * networking/traceroute.c.
 *
 *   traceroute to 10.244.2.2 (10.244.2.2), 30 hops max, 60 byte packets
 *    1  10.244.1.1 (10.244.1.1)  0.040 ms  0.009 ms  0.008 ms
 *    2  * * *
 */
import { type Ipv4, readIpv4 } from '../../addr/ipv4';
import { type Importer, Notes } from '../importer';

const HEADING = /^\s*traceroute to \S+ \(([\d.]+)\)/;
const HOP = /^\s*(\d{1,3})(?:\?:|:)?\s+(?:\*|(?:\S+ \()?((?:\d{1,3}\.){3}\d{1,3})\)?)\s/;
const KNOWN = /^\s*(?:\d{1,3}\??:\s+(?:\[LOCALHOST\]|no reply|send failed)|Too many hops|Resume: )/;

export const traceroute: Importer = {
  name: 'traceroute',
  tool: 'traceroute(8) or tracepath(8)',
  prints: (command) => /(?:^|\/)(?:traceroute|tracepath)$/.test(command[0] ?? ''),
  starts: (line) => HEADING.test(line),
  read: (lines) => {
    const notes = new Notes();
    const hops: (Ipv4 | null)[] = [];
    let target: Ipv4 | null = null;
    let first: number | null = null;
    for (const [at, line] of lines.entries()) {
      if (line.trim() === '' || KNOWN.test(line)) continue;
      const heading = HEADING.exec(line);
      const hop = HOP.exec(`${line} `);
      const number = Number(hop?.[1]);
      if (heading !== null) target = readIpv4(heading[1] ?? '');
      else if (hop !== null && number >= 1 && number <= 255) {
        while (hops.length < number - 1) hops.push(null);
        hops[number - 1] ??= readIpv4(hop[2] ?? '');
      } else {
        notes.skip(at);
        continue;
      }
      first ??= at;
    }
    if (first !== null) notes.add(first, { kind: 'traceroute', target, hops });
    return notes;
  },
};
