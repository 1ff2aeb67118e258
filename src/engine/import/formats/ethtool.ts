/**
 * `ethtool -S` and `ethtool -k`. Sources: Linux drivers/net/veth.c, ethtool_stats_keys (peer_ifindex); ethtool(8).
 *
 *   NIC statistics:                       Features for eth0:
 *        peer_ifindex: 7                  tx-checksumming: on
 */
import { type Importer, Notes, wholeNumber } from '../importer';

const named = (command: readonly string[], option: RegExp): boolean =>
  /(?:^|\/)ethtool$/.test(command[0] ?? '') && option.test(command[1] ?? '');

export const ethtoolStatistics: Importer = {
  name: 'ethtool-statistics',
  tool: 'ethtool(8): ethtool -S',
  prints: (command) => named(command, /^(?:-S|--statistics)$/),
  starts: (line) => /^\s*(?:NIC statistics:|peer_ifindex: \d)/.test(line),
  read: (lines, command) => {
    const notes = new Notes();
    for (const [at, line] of lines.entries()) {
      const [, name, value] = /^\s*([\w.[\]-]+):\s*(\d+)\s*$/.exec(line) ?? [];
      if (name === 'peer_ifindex') {
        const ifindex = wholeNumber(value);
        if (ifindex !== null) {
          notes.add(at, { kind: 'peer-ifindex', dev: command[2] ?? null, ifindex });
          continue;
        }
      }
      if (name === undefined && line.trim() !== '' && !/NIC statistics:/.test(line)) notes.skip(at);
    }
    return notes;
  },
};

export const ethtoolFeatures: Importer = {
  name: 'ethtool-features',
  tool: 'ethtool(8): ethtool -k',
  prints: (command) => named(command, /^(?:-k|--show-features|--show-offload)$/),
  starts: (line) => /^\s*(?:Features for \S+:|tx-checksumming: (?:on|off))/.test(line),
  read: (lines, command) => {
    const notes = new Notes();
    let dev = command[2] ?? null;
    for (const [at, line] of lines.entries()) {
      if (line.trim() === '') continue;
      const head = /^\s*Features for (\S+):/.exec(line)?.[1];
      const [, name, value] = /^\s*([\w-]+):\s*(on|off)\b/.exec(line) ?? [];
      if (head !== undefined) dev = head;
      else if (name === 'tx-checksumming' && dev !== null)
        notes.add(at, { kind: 'tx-checksum', dev, on: value === 'on' });
      else if (name === undefined) notes.skip(at);
    }
    return notes;
  },
};
