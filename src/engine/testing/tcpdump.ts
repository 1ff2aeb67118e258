/** Which packets tcpdump lets through a filter. Absent on many machines; tests are skipped there. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { CapturedPacket } from '../capture/types';
import { pcapOf } from './pcap-of';

export const hasTcpdump = spawnSync('tcpdump', ['--version']).status === 0;

/** For each expression the places of the packets that pass; null where tcpdump refuses the expression. */
export function passedBy(
  linkType: number,
  packets: readonly CapturedPacket[],
  expressions: readonly string[],
  flags: readonly string[] = [],
): readonly (readonly number[] | null)[] {
  const dir = mkdtempSync(join(tmpdir(), 'hopscope-filter-'));
  try {
    const file = join(dir, 'packets.pcap');
    writeFileSync(file, pcapOf(linkType, packets));
    return expressions.map((expression) => {
      const run = spawnSync('tcpdump', ['-r', file, '-n', '-w', '-', ...flags, expression], { maxBuffer: 2 ** 30 });
      return run.status === 0 ? placesIn(run.stdout) : null;
    });
  } finally {
    rmSync(dir, { recursive: true });
  }
}

/** tcpdump writes in the byte order of the machine or of what it read. */
function placesIn(bytes: Uint8Array): readonly number[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const little = view.getUint32(0, true) === 0xa1b2c3d4;
  const places: number[] = [];
  for (let at = 24; at < bytes.length; at += 16 + view.getUint32(at + 8, little))
    places.push(view.getUint32(at, little));
  return places;
}
