import type { Result } from '../base/result';
import { err, ok } from '../base/result';
import { LINK_TYPE } from './link-types';
import { createReader } from './reader';
import type { CaptureSink } from './sink';
import type {
  AddressName,
  CapturedPacket,
  CaptureFile,
  CaptureHeader,
  CaptureInterface,
  CaptureProblem,
} from './types';

export type { CaptureFile, CaptureProblem } from './types';

/**
 * Opens a capture that is in memory; packets are views of it. A file that is damaged further on still opens:
 * `problem` says where it stopped making sense, and the packets before that are there.
 */
export function openCapture(bytes: Uint8Array): Result<CaptureFile, CaptureProblem> {
  let header: CaptureHeader | null = null;
  const interfaces: CaptureInterface[] = [];
  const packets: CapturedPacket[] = [];
  const packetComments = new Map<number, string[]>();
  const names: AddressName[] = [];
  const sink: CaptureSink = {
    header: (found) => {
      header = found;
    },
    interface: (described) => interfaces.push(described),
    packet: (from, at, capturedLength, originalLength, seconds, nanoseconds, fileOffset, index) => {
      packets.push({
        index: packets.length,
        seconds,
        nanoseconds,
        capturedLength,
        originalLength,
        fileOffset,
        interface: index,
        linkType: interfaces[index]?.linkType ?? LINK_TYPE.ethernet,
        bytes: from.subarray(at, at + capturedLength),
      });
    },
    packetComment: (text) => {
      const index = packets.length - 1;
      packetComments.set(index, [...(packetComments.get(index) ?? []), text]);
    },
    addressName: (found) => names.push(found),
  };
  const reader = createReader(sink);
  reader.push(bytes, true);
  const problem = reader.end();
  return fileOf(header, { interfaces, packets, packetComments, names, problem });
}

function fileOf(
  header: CaptureHeader | null,
  read: Pick<CaptureFile, 'interfaces' | 'packets' | 'packetComments' | 'names' | 'problem'>,
): Result<CaptureFile, CaptureProblem> {
  const { interfaces, packets, problem } = read;
  if (header === null) return err(problem ?? { kind: 'empty-file', severity: 'error', offset: 0 });
  const [first] = interfaces;
  const linkTypes = [...new Set(interfaces.map(({ linkType }) => linkType))];
  const odd = packets.find(({ linkType }) => linkType !== LINK_TYPE.ethernet)?.linkType;
  return ok({
    ...header,
    ...read,
    resolution: first?.ticksPerSecond === 1_000_000 ? 'us' : first?.ticksPerSecond === 1_000_000_000 ? 'ns' : 'other',
    snapLength: first?.snapLength ?? 0,
    linkType: packets.length > 0 ? (odd ?? LINK_TYPE.ethernet) : (linkTypes[0] ?? LINK_TYPE.ethernet),
    linkTypes,
  });
}
