/**
 * `arp -n` and `arp -a` of net-tools; BusyBox prints the second form. Source: net-tools arp.c, arp_disp() and arp_disp_2().
 * The file that they read: Linux net/ipv4/arp.c, arp_format_neigh_entry().
 *
 *   192.168.0.82             ether   00:0c:29:d7:0c:82   C                     ens33
 *   ? (192.168.0.82) at 00:0c:29:d7:0c:82 [ether] on ens33
 *   192.168.0.82     0x1         0x2         00:0c:29:d7:0c:82     *        ens33
 */
import { readIpv4 } from '../../addr/ipv4';
import { readMac } from '../../addr/mac';
import { type Importer, Notes, wordsOf } from '../importer';

const HEADING = /^\s*(?:Address\s+HWtype\s+HWaddress|IP address\s+HW type\s+Flags)/;
const ROW =
  /^\s*((?:\d{1,3}\.){3}\d{1,3})\s+(?:(?:ether|loop|infiniband)\s+([\da-f:]{17})\s+([CMP]+)\s|\(incomplete\)\s)/i;
const SENTENCE =
  /^\s*\S+ \(((?:\d{1,3}\.){3}\d{1,3})\) at ([\da-f:]{17}|<incomplete>) (?:\[\w+\] )?(PERM )?(?:\S+ )?on (\S+)/i;
/** Flags of if_arp.h: 2 the address is known, 4 it stays. */
const FILE_ROW = /^\s*((?:\d{1,3}\.){3}\d{1,3})\s+0x1\s+0x([\da-f]+)\s+([\da-f:]{17})\s+\S+\s+(\S+)\s*$/i;
const TRAILER = /^(?:Entries: \d+|arp: in \d+ entries)/;

export const arp: Importer = {
  name: 'arp',
  tool: 'arp(8) of net-tools or BusyBox',
  prints: (command) =>
    command.join(' ') === 'cat /proc/net/arp' ||
    (/(?:^|\/)arp$/.test(command[0] ?? '') && !command.some((word) => /^-[dsf]$|^--(?:set|delete|file)$/.test(word))),
  starts: (line) => HEADING.test(line) || ROW.test(line) || SENTENCE.test(line) || FILE_ROW.test(line),
  read: (lines) => {
    const notes = new Notes();
    for (const [at, line] of lines.entries()) {
      if (line.trim() === '' || HEADING.test(line) || TRAILER.test(line)) continue;
      const row = readRow(line);
      const ip = readIpv4(row?.ip ?? '');
      if (row === null || ip === null) {
        notes.skip(at);
        continue;
      }
      const mac = readMac(row.mac ?? '');
      // This tool does not tell a fresh entry from a stale one.
      const state = mac === null ? 'INCOMPLETE' : row.permanent ? 'PERMANENT' : 'COMPLETE';
      notes.add(at, { kind: 'neighbour', dev: row.dev, ip, mac, state });
    }
    return notes;
  },
};

function readRow(line: string) {
  const row = ROW.exec(line);
  if (row !== null) {
    return { ip: row[1], mac: row[2], permanent: row[3]?.includes('M') === true, dev: wordsOf(line).at(-1) ?? '' };
  }
  const file = FILE_ROW.exec(line);
  if (file !== null) {
    const flags = Number.parseInt(file[2] ?? '0', 16);
    return {
      ip: file[1],
      mac: (flags & 2) === 0 ? undefined : file[3],
      permanent: (flags & 4) !== 0,
      dev: file[4] ?? '',
    };
  }
  const sentence = SENTENCE.exec(line);
  if (sentence === null) return null;
  return { ip: sentence[1], mac: sentence[2], permanent: sentence[3] !== undefined, dev: sentence[4] ?? '' };
}
