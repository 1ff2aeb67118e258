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
  const { sink, fileWith } = collecting(
    () => true,
    (from, at, end) => from.subarray(at, end),
  );
  const reader = createReader(sink);
  reader.push(bytes, true);
  return fileWith(reader.end());
}

interface Collecting {
  readonly sink: CaptureSink;
  /** The file as far as it was read, with what was wrong with it. */
  fileWith(problem: CaptureProblem | null): Result<CaptureFile, CaptureProblem>;
}

/** Some packets, by their places from 0 in rising order, of a capture that comes in pieces: they are copied. */
export function pickPackets(wanted: Int32Array): Collecting & { readonly isDone: boolean } {
  let next = 0;
  const picked = collecting(
    (row) => {
      if (wanted[next] !== row) return false;
      next += 1;
      return true;
    },
    (from, at, end) => from.slice(at, end),
  );
  return {
    ...picked,
    get isDone() {
      return next === wanted.length;
    },
  };
}

function collecting(
  isWanted: (row: number) => boolean,
  held: (from: Uint8Array, at: number, end: number) => Uint8Array,
): Collecting {
  let rows = 0;
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
      rows += 1;
      if (!isWanted(rows - 1)) return;
      packets.push({
        index: rows - 1,
        seconds,
        nanoseconds,
        capturedLength,
        originalLength,
        fileOffset,
        interface: index,
        linkType: interfaces[index]?.linkType ?? LINK_TYPE.ethernet,
        bytes: held(from, at, at + capturedLength),
      });
    },
    packetComment: (text) => {
      const index = rows - 1;
      packetComments.set(index, [...(packetComments.get(index) ?? []), text]);
    },
    addressName: (found) => names.push(found),
  };
  return {
    sink,
    fileWith: (problem) => fileOf(header, { interfaces, packets, packetComments, names, problem }),
  };
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
