/**
 * A recording: what was done to the lab's cluster, and the frames the real kernel then sent, one line a frame.
 * Trimmed from the lab's captures (`npm run bless` where they are at hand), so that the golden tests need neither them nor tshark.
 *
 *   fault node1: ip route del 10.244.2.0/24
 *   run pod1: ping -c 2 -W 2 10.244.2.2
 *   printed From 10.244.1.1 icmp_seq=1 Destination Net Unreachable
 *   at pod1 eth0
 *   arp 1 7a:0b:d4:4c:c5:68>ff:ff:ff:ff:ff:ff 10.244.1.4 10.244.1.1
 */
import { LINK_TYPE } from '../capture/link-types';
import { decided } from './told-frame';

export interface Recording {
  readonly faults: readonly string[];
  readonly before: readonly string[];
  readonly run: readonly string[];
  readonly printed: readonly string[];
  readonly frames: ReadonlyMap<string, readonly string[]>; // 'host dev' to its frames
}

/** Fields that say nothing in a frame of this cluster; they are left out of the lines to keep them short. */
const SAYS_NOTHING = new Set(
  'eth.type arp.hw.type arp.proto.type arp.hw.size arp.proto.size ip.version ip.hdr_len ip.flags.rb icmp.gateway tcp.hdr_len tcp.urgent_pointer'.split(
    ' ',
  ),
);

/** One frame as text: everything the network decides, in the order of the bytes. */
export function frameLine(bytes: Uint8Array): string {
  const { fields, broken } = decided(bytes, LINK_TYPE.ethernet, bytes.length);
  const said = fields.filter(({ name }) => !SAYS_NOTHING.has(name.replace('quoted.', '')));
  return [...said.map(({ text }) => text.replaceAll(' ', '')), ...broken].join(' ');
}

/** Round-trip times depend on the machine; ping's other words do not. */
export const withoutTimes = (line: string): string =>
  line
    .replace(/time=[\d.]+ ms/, 'time=T')
    .replace(/time \d+ms/, 'time T')
    .replace(/= [\d./]+ ms/, '= T')
    .replace(/ {2}[\d.]+ ms/g, '  T');

export function readRecording(text: string): Recording {
  const faults: string[] = [];
  const before: string[] = [];
  const run: string[] = [];
  const printed: string[] = [];
  const frames = new Map<string, string[]>();
  let at: string[] = [];
  for (const line of text.split('\n')) {
    const [word = ''] = line.split(' ', 1);
    const rest = line.slice(word.length + 1);
    if (word === 'fault') faults.push(rest);
    else if (word === 'before') before.push(rest);
    else if (word === 'run') run.push(rest);
    else if (word === 'printed') printed.push(rest);
    else if (word === 'at') {
      at = [];
      frames.set(rest, at);
    } else if (line !== '') at.push(line);
  }
  return { faults, before, run, printed, frames };
}

export function writeRecording({ faults, before, run, printed, frames }: Recording): string {
  const lines = [
    ...faults.map((line) => `fault ${line}`),
    ...before.map((line) => `before ${line}`),
    ...run.map((line) => `run ${line}`),
    ...printed.map((line) => `printed ${line}`.trimEnd()),
    ...[...frames].flatMap(([point, list]) => [`at ${point}`, ...list]),
  ];
  return `${lines.join('\n')}\n`;
}
