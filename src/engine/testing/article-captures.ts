/** The captures that come with the page, for tests: the article's ping as a real kernel sent it. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openCapture } from '../capture/open';
import { writePcap } from '../capture/pcap';
import type { CapturedPacket, CaptureFile } from '../capture/types';
import type { SessionCapture } from '../comparison/session';

const HERE = dirname(fileURLToPath(import.meta.url));
const SAMPLES = join(HERE, '../../../public/samples/article-ping');

/** `extra/node1-cni0` or `pod1`; the session's name for it is `${id}.cap`. */
export function articleCapture(name: string): SessionCapture {
  const id = name.replace('extra/', '');
  return {
    id,
    name: `${id}.cap`,
    capture: opened(new Uint8Array(readFileSync(join(SAMPLES, `${name}.cap`)))),
    role: null,
  };
}

export const FOUR_POINTS = ['pod1', 'node1', 'node2', 'pod2'] as const;
export const fourCaptures = (): readonly SessionCapture[] => FOUR_POINTS.map(articleCapture);

/** The same file with other packets: a fault in a capture, planted. */
export function withPackets(
  file: SessionCapture,
  change: (packets: readonly CapturedPacket[]) => readonly CapturedPacket[],
): SessionCapture {
  return { ...file, capture: opened(writePcap(change(file.capture.packets))) };
}

/** One byte of one packet (counted from 1, as people do) changed. */
export const withByte = (file: SessionCapture, packet: number, at: number, value: number): SessionCapture =>
  withPackets(file, (packets) =>
    packets.map((one) => {
      if (one.index !== packet - 1) return one;
      const bytes = Uint8Array.from(one.bytes);
      bytes[at] = value;
      return { ...one, bytes };
    }),
  );

function opened(bytes: Uint8Array): CaptureFile {
  const result = openCapture(bytes);
  if (!result.ok) throw new Error(result.error.kind);
  return result.value;
}
