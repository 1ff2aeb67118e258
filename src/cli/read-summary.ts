/** `hopscope read --summary`: one line of JSON a file, without keeping a packet. */
import { wireLength } from '../engine/capture/link-types';
import { captureTaker, type FileTaker } from '../engine/capture/taker';
import type { CaptureHeader, CaptureInterface, CaptureProblem } from '../engine/capture/types';
import { readCaptures } from './capture-input';

export interface FileSummary {
  readonly file: string;
  readonly format: CaptureHeader['format'] | null; // null: no capture
  readonly link_types: readonly number[];
  readonly packets: number;
  readonly original_bytes: number; // of all packets on the wire, pseudo-headers not counted
  readonly problem: CaptureProblem | CannotRead | null;
}

/** What the system says of a path; `code` is its own word, such as ENOENT. */
export interface CannotRead {
  readonly kind: 'cannot-read';
  readonly severity: 'error';
  readonly code: string;
}

/** A line for the file, or for each that it wraps or holds. */
export function summarize(path: string, say: (summary: FileSummary) => void): void {
  readCaptures(
    path,
    (file) => summarizing(file, say),
    ({ path: file, code }) => {
      const problem = { kind: 'cannot-read', severity: 'error', code } as const;
      say({ file, format: null, link_types: [], packets: 0, original_bytes: 0, problem });
    },
  );
}

function summarizing(file: string, say: (summary: FileSummary) => void): FileTaker {
  let format: FileSummary['format'] = null;
  let originalBytes = 0;
  const interfaces: CaptureInterface[] = [];
  return captureTaker(
    {
      header: (header) => {
        format = header.format;
      },
      interface: (described) => interfaces.push(described),
      packet: (_bytes, _at, _captured, originalLength, _seconds, _nanoseconds, _offset, index) => {
        originalBytes += wireLength(interfaces[index]?.linkType ?? 0, originalLength);
      },
      packetComment: () => {},
      addressName: () => {},
    },
    (problem, packets) => {
      const linkTypes = [...new Set(interfaces.map(({ linkType }) => linkType))];
      say({ file, format, link_types: linkTypes, packets, original_bytes: originalBytes, problem });
    },
  );
}
