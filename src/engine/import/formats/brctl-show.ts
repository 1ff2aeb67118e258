/**
 * `brctl show` of bridge-utils. A bridge's further ports stand alone on lines below it. The id holds the bridge's MAC
 * (Linux net/bridge/br_stp_if.c, br_stp_change_bridge_id). Source: bridge-utils brctl/brctl_cmd.c, show_bridge().
 *
 *   bridge name     bridge id               STP enabled     interfaces
 *   cni0            8000.5ec1b9a7b856       no              veth1a7f03c2
 *                                                           veth5c905d55
 */
import { readMac } from '../../addr/mac';
import { type Importer, Notes, wordsOf } from '../importer';

const HEADING = /^\s*bridge name\s+bridge id\s/;
const BRIDGE = /^\s*\S+\s+[\da-f]{4}\.([\da-f]{12})\s+(?:yes|no)\b/i;

export const brctlShow: Importer = {
  name: 'brctl-show',
  tool: 'brctl(8) of bridge-utils: brctl show',
  prints: (command) => /(?:^|\/)brctl$/.test(command[0] ?? '') && command[1] === 'show',
  starts: (line) => HEADING.test(line) || BRIDGE.test(line),
  read: (lines) => {
    const notes = new Notes();
    let bridge: string | null = null;
    for (const [at, line] of lines.entries()) {
      if (line.trim() === '' || HEADING.test(line)) continue;
      const words = wordsOf(line);
      const id = BRIDGE.exec(line)?.[1];
      if (id !== undefined) {
        bridge = words[0] ?? '';
        const mac = readMac(id.replace(/(..)(?=.)/g, '$1:'));
        notes.add(at, { kind: 'device', dev: bridge, type: 'bridge', ...(mac === null ? {} : { mac }) });
      }
      const [port, ...rest] = id === undefined ? words : words.slice(3);
      if (port !== undefined && bridge !== null && rest.length === 0) {
        notes.add(at, { kind: 'device', dev: port, master: bridge });
      } else if (id === undefined) notes.skip(at);
    }
    return notes;
  },
};
