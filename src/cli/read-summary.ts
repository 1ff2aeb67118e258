/** `hopscope read --summary`: one line of JSON a file, without keeping a packet. */
import { wireLength } from '../engine/capture/link-types';
import { createReader } from '../engine/capture/reader';
import type { CaptureHeader, CaptureInterface, CaptureProblem } from '../engine/capture/types';

export interface FileSummary {
  readonly file: string;
  readonly format: CaptureHeader['format'] | null; // null: no capture
  readonly link_types: readonly number[];
  readonly packets: number;
  readonly original_bytes: number; // of all packets on the wire, pseudo-headers not counted
  readonly problem: CaptureProblem | null;
}

export function summaryOf(file: string, bytes: Uint8Array): FileSummary {
  let format: FileSummary['format'] = null;
  let originalBytes = 0;
  const interfaces: CaptureInterface[] = [];
  const reader = createReader({
    header: (header) => {
      format = header.format;
    },
    interface: (described) => interfaces.push(described),
    packet: (_bytes, _at, _captured, originalLength, _seconds, _nanoseconds, _offset, index) => {
      originalBytes += wireLength(interfaces[index]?.linkType ?? 0, originalLength);
    },
    packetComment: () => {},
  });
  reader.push(bytes, true);
  const problem = reader.end();
  const linkTypes = [...new Set(interfaces.map(({ linkType }) => linkType))];
  return { file, format, link_types: linkTypes, packets: reader.packets, original_bytes: originalBytes, problem };
}
