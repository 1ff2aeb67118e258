/**
 * Captures that others made and published, where they lie beside the project, with what an outside reader (Wireshark's
 * capinfos 4.0) says of each. Tests that need them are skipped, visibly, elsewhere.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openCapture } from '../capture/open';
import type { CapturedPacket } from '../capture/types';

const PROJECT = join(dirname(fileURLToPath(import.meta.url)), '..', '..', '..');
const ROOT = join(PROJECT, '..', 'shared', 'corpus');

export interface CorpusFile {
  readonly name: string; // e.g. `tcpdump/tests_DTP.pcap`
  readonly path: string;
  /** Null where the outside reader refuses the file. */
  readonly counts: { readonly packets: number; readonly originalBytes: number } | null;
  readonly complaint: string; // of the outside reader; '' = none
}

const manifest = join(ROOT, 'MANIFEST.tsv');

export const corpus: readonly CorpusFile[] = existsSync(manifest)
  ? readFileSync(manifest, 'utf8').split('\n').slice(1).filter(Boolean).map(rowOf)
  : [];

/** file, bytes, sha256, encapsulation, packets, original bytes, complaint. */
function rowOf(line: string): CorpusFile {
  const [name = '', , , , packets = '', originalBytes = '', complaint = ''] = line.split('\t');
  const counts = packets === '-' ? null : { packets: Number(packets), originalBytes: Number(originalBytes) };
  return { name, path: join(ROOT, name), counts, complaint };
}

export const bytesOfFile = ({ path }: { readonly path: string }): Uint8Array => new Uint8Array(readFileSync(path));

/** The packets of a file that can be read; none of one that is no capture. */
export function packetsOfFile(file: CorpusFile): readonly CapturedPacket[] {
  const opened = openCapture(bytesOfFile(file));
  return opened.ok ? opened.value.packets : [];
}

/** What npm `pcap-parser` claims to read: classic captures of version 2.4 with microseconds, in which nothing is wrong. */
export function isCleanClassic(bytes: Uint8Array): boolean {
  const opened = openCapture(bytes);
  if (!opened.ok || opened.value.problem?.severity === 'error') return false;
  const { format, variant, version, resolution } = opened.value;
  return format === 'pcap' && variant === null && resolution === 'us' && version.major === 2 && version.minor === 4;
}
