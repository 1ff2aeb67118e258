/**
 * `brctl showmacs BRIDGE` of bridge-utils. Source: bridge-utils brctl/brctl_cmd.c, br_cmd_showmacs().
 *
 *   port no mac addr                is local?       ageing timer
 *     2     7a:0b:d4:4c:c5:68       no                 1.27
 *     2     9e:1e:ab:74:dc:ac       yes                0.00
 */
import { readMac } from '../../addr/mac';
import { type Importer, Notes } from '../importer';

const HEADING = /^\s*port no\s+mac addr\s/;
const ROW = /^\s*(\d{1,5})\s+([\da-f]{2}(?::[\da-f]{2}){5})\s+(yes|no)\s+\d+\.\d+\s*$/i;

export const brctlShowmacs: Importer = {
  name: 'brctl-showmacs',
  tool: 'brctl(8) of bridge-utils: brctl showmacs',
  prints: (command) => /(?:^|\/)brctl$/.test(command[0] ?? '') && command[1] === 'showmacs',
  starts: (line) => HEADING.test(line) || ROW.test(line),
  read: (lines, command) => {
    const notes = new Notes();
    const bridge = command[2] ?? null;
    for (const [at, line] of lines.entries()) {
      if (line.trim() === '' || HEADING.test(line)) continue;
      const [, port, text, local] = ROW.exec(line) ?? [];
      const mac = readMac(text ?? '');
      if (mac === null) notes.skip(at);
      else notes.add(at, { kind: 'port-mac', bridge, port: Number(port), mac, local: local?.toLowerCase() === 'yes' });
    }
    return notes;
  },
};
