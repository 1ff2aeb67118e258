/**
 * Where every packet of a file is and when it was: 14 bytes a packet in columns, which a worker hands over without a copy.
 * The packet itself is read from the file again when it is shown.
 */
import { ROOM_AT_FIRST, roomFor } from './column-room';
import { elapsedNs } from './elapsed';
import type { CaptureSink } from './sink';
import type { AddressName, CapturedPacket, CaptureHeader, CaptureInterface } from './types';

export interface PacketIndex {
  readonly count: number;
  /** Of the packet's first byte. Files may be longer than 4 GiB; those that are not need half as much for it. */
  readonly fileOffset: Uint32Array<ArrayBuffer> | Float64Array<ArrayBuffer>;
  /** Half as wide where no packet is longer than 65,535 bytes, as hardly any is. */
  readonly capturedLength: Uint16Array<ArrayBuffer> | Uint32Array<ArrayBuffer>;
  /** On the wire. Null where all packets are held in full length. */
  readonly originalLength: Uint32Array<ArrayBuffer> | null;
  /** Nanoseconds since `start`, exact within 104 days of it; NaN where the file has no time for the packet. */
  readonly sinceStart: Float64Array<ArrayBuffer>;
  /** The time of the first packet that has one. */
  readonly start: { readonly seconds: number; readonly nanoseconds: number };
  /** The earliest and the latest of them: packets of a file need not be in order. Both 0 where no packet has a time. */
  readonly span: { readonly from: number; readonly to: number };
  /** Null where all packets are of the first interface. */
  readonly interfaceIndex: Uint32Array<ArrayBuffer> | null;
  readonly interfaces: readonly CaptureInterface[];
  readonly names: readonly AddressName[];
}

export interface Indexing {
  readonly sink: CaptureSink;
  readonly count: number;
  /** Null until the file's header has been read. */
  readonly header: CaptureHeader | null;
  /** To be called once, at the end. The columns are as long as they need to be; the buffers under them may be longer. */
  finish(): PacketIndex;
}

const BILLION = 1_000_000_000;
const OFFSET_MAX = 0xffff_ffff; // of 32 bits
const LENGTH_MAX = 0xffff; // of 16 bits

/** `fileLength` in bytes, of the capture as its reader gets it; null: unknown. */
export function newIndexing(fileLength: number | null = null): Indexing {
  let room = ROOM_AT_FIRST;
  let count = 0;
  let header: CaptureHeader | null = null;
  let start: PacketIndex['start'] | null = null;
  const interfaces: CaptureInterface[] = [];
  const names: AddressName[] = [];
  let fileOffset: PacketIndex['fileOffset'] = new Uint32Array(room);
  let capturedLength: PacketIndex['capturedLength'] = new Uint16Array(room);
  let originalLength: Uint32Array<ArrayBuffer> | null = null;
  let sinceStart = new Float64Array(room);
  let interfaceIndex: Uint32Array<ArrayBuffer> | null = null;

  function grow(offset: number): void {
    room = roomFor(count, offset, fileLength);
    const isLong = fileOffset instanceof Float64Array;
    fileOffset = resized(fileOffset, isLong ? new Float64Array(room) : new Uint32Array(room));
    const isWide = capturedLength instanceof Uint32Array;
    capturedLength = resized(capturedLength, isWide ? new Uint32Array(room) : new Uint16Array(room));
    if (originalLength !== null) originalLength = resized(originalLength, new Uint32Array(room));
    sinceStart = resized(sinceStart, new Float64Array(room));
    if (interfaceIndex !== null) interfaceIndex = resized(interfaceIndex, new Uint32Array(room));
  }

  const sink: CaptureSink = {
    header: (found) => {
      header = found;
    },
    interface: (described) => interfaces.push(described),
    packet(_bytes, _at, captured, original, seconds, nanoseconds, offset, interfaceOf) {
      if (count === room) grow(offset);
      const hasTime = seconds !== 0 || nanoseconds !== 0;
      if (hasTime) start ??= { seconds, nanoseconds };
      if (offset > OFFSET_MAX && fileOffset instanceof Uint32Array) fileOffset = Float64Array.from(fileOffset);
      fileOffset[count] = offset;
      if (captured > LENGTH_MAX && capturedLength instanceof Uint16Array)
        capturedLength = Uint32Array.from(capturedLength);
      capturedLength[count] = captured;
      if (original !== captured) originalLength ??= resized(capturedLength, new Uint32Array(room));
      if (originalLength !== null) originalLength[count] = original;
      let since = Number.NaN;
      if (hasTime && start !== null) since = elapsedNs(seconds, nanoseconds, start.seconds, start.nanoseconds);
      sinceStart[count] = since;
      if (interfaceOf > 0) interfaceIndex ??= new Uint32Array(room); // those before were of the first
      if (interfaceIndex !== null) interfaceIndex[count] = interfaceOf;
      count += 1;
    },
    packetComment: () => {},
    addressName: (found) => names.push(found),
  };

  return {
    sink,
    get count() {
      return count;
    },
    get header() {
      return header;
    },
    finish: () => ({
      count,
      fileOffset: fileOffset.subarray(0, count),
      capturedLength: capturedLength.subarray(0, count),
      originalLength: originalLength?.subarray(0, count) ?? null,
      sinceStart: sinceStart.subarray(0, count),
      start: start ?? { seconds: 0, nanoseconds: 0 },
      span: spanOf(sinceStart.subarray(0, count)),
      interfaceIndex: interfaceIndex?.subarray(0, count) ?? null,
      interfaces,
      names,
    }),
  };
}

/** Read off the whole column at once: an earliest and latest time kept up to date would be an object a packet. */
function spanOf(times: Float64Array): PacketIndex['span'] {
  let from = 0;
  let to = 0;
  for (let i = 0; i < times.length; i += 1) {
    const time = times[i] ?? 0;
    if (time < from) from = time;
    if (time > to) to = time;
  }
  return { from, to };
}

function resized<Column extends Float64Array | Uint32Array | Uint16Array>(
  from: Float64Array | Uint32Array | Uint16Array,
  to: Column,
): Column {
  to.set(from);
  return to;
}

/** What may be handed to another thread without a copy. */
export const buffersOf = (index: PacketIndex): readonly ArrayBuffer[] =>
  [index.fileOffset, index.capturedLength, index.originalLength, index.sinceStart, index.interfaceIndex].flatMap(
    (column) => (column === null ? [] : [column.buffer]),
  );

/** Everything about packet `i` (from 0) but its bytes; it must be one of `count`. */
export function packetAt(index: PacketIndex, i: number): Omit<CapturedPacket, 'bytes'> {
  const from = index.interfaceIndex?.[i] ?? 0;
  const since = index.sinceStart[i] ?? Number.NaN;
  const nanoseconds = index.start.nanoseconds + since;
  const seconds = Math.floor(nanoseconds / BILLION);
  return {
    index: i,
    ...(Number.isNaN(since)
      ? { seconds: 0, nanoseconds: 0 }
      : { seconds: index.start.seconds + seconds, nanoseconds: nanoseconds - seconds * BILLION }),
    capturedLength: index.capturedLength[i] ?? 0,
    originalLength: (index.originalLength ?? index.capturedLength)[i] ?? 0,
    fileOffset: index.fileOffset[i] ?? 0,
    interface: from,
    linkType: index.interfaces[from]?.linkType ?? 0,
  };
}
