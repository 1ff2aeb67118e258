/**
 * An outside reader of packets: tshark with its defaults, whatever the user's own settings are, and with no protocol
 * but those that `wire/` reads, so that both stop at the same place. Absent on many machines; tests are skipped there.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CapturedPacket } from '../capture/types';
import { pcapOf } from './pcap-of';

export const hasTshark = spawnSync('tshark', ['--version']).status === 0;

const PROTOCOLS = new Set(
  `frame data eth ethertype vlan ieee8021ad arp ip ipv6 ipv6.hopopts ipv6.routing ipv6.fraghdr ipv6.dstopts ah icmp icmpv6
   udp tcp vxlan geneve gre sll null raw geninfo file-pcap pkt_comment _ws.malformed _ws.short _ws.expert`.split(/\s+/),
);

/** No state between packets, and nothing that is not in the packet itself. */
const PREFERENCES = `
  ip.defragment:FALSE ip.check_checksum:TRUE ipv6.defragment:FALSE tcp.check_checksum:TRUE udp.check_checksum:TRUE
  tcp.relative_sequence_numbers:FALSE tcp.desegment_tcp_streams:FALSE tcp.analyze_sequence_numbers:FALSE
  arp.detect_duplicate_ips:FALSE ip.use_geoip:FALSE nameres.mac_name:FALSE
`.split(/\s+/);

/** The values of each field in each packet, outermost first; packets all of one link type. */
export function tsharkFields(
  linkType: number,
  packets: readonly CapturedPacket[],
  fields: readonly string[],
): readonly (readonly (readonly string[])[])[] {
  const dir = mkdtempSync(join(tmpdir(), 'hopscope-oracle-'));
  try {
    writeFileSync(join(dir, 'disabled_protos'), otherProtocols().join('\n'));
    writeFileSync(join(dir, 'packets.pcap'), pcapOf(linkType, packets));
    const args = [
      '-r',
      join(dir, 'packets.pcap'),
      '-n',
      '-d',
      'udp.port==8472,vxlan',
      '-T',
      'fields',
      '-E',
      'occurrence=a',
    ];
    for (const preference of PREFERENCES.filter((text) => text !== '')) args.push('-o', preference);
    for (const field of fields) args.push('-e', field);
    const env = { ...process.env, WIRESHARK_CONFIG_DIR: dir };
    const out = execFileSync('tshark', args, {
      env,
      encoding: 'utf8',
      maxBuffer: 2 ** 30,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const rows = out.split('\n').slice(0, -1);
    return rows.map((row) => row.split('\t').map((cell) => (cell === '' ? [] : cell.split(','))));
  } finally {
    rmSync(dir, { recursive: true });
  }
}

function otherProtocols(): readonly string[] {
  const rows = execFileSync('tshark', ['-G', 'protocols'], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  return rows.split('\n').flatMap((row) => {
    const name = row.split('\t')[2];
    return name === undefined || PROTOCOLS.has(name) ? [] : [name];
  });
}
