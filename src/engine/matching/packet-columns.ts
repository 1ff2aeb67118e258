/**
 * A capture as columns, for matching millions of packets over many files: a sink for the reader that decodes every packet
 * straight from the bytes it is handed into typed arrays, and keeps no byte.
 */
import { roomFor } from '../capture/column-room';
import { elapsedNs } from '../capture/elapsed';
import { LINK_TYPE } from '../capture/link-types';
import type { CaptureSink } from '../capture/sink';
import type { CaptureInterface } from '../capture/types';
import { decodeInto } from './packet-decode';
import { addRow, makeRoom, newTable, type PacketTable } from './packet-table';

export interface PacketColumns {
  readonly table: PacketTable;
  readonly interfaces: readonly CaptureInterface[];
  /** Of the first packet; others are counted from it in `atNs`. 0 where there is none. */
  startSeconds: number;
  startNanoseconds: number;
}

/** `fileLength` in bytes, of the capture as its reader gets it; null: unknown. */
export function packetColumns(fileLength: number | null = null): {
  readonly columns: PacketColumns;
  readonly sink: CaptureSink;
} {
  const interfaces: CaptureInterface[] = [];
  const table = newTable();
  const columns: PacketColumns = { table, interfaces, startSeconds: 0, startNanoseconds: 0 };
  let seen: Uint8Array | null = null;
  let view: DataView = new DataView(new ArrayBuffer(0)); // of the bytes seen last: they hold many packets
  const sink: CaptureSink = {
    header: () => undefined,
    interface: (described) => interfaces.push(described),
    packet: (bytes, at, capturedLength, originalLength, seconds, nanoseconds, fileOffset, index) => {
      if (bytes !== seen) {
        seen = bytes;
        view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
      }
      if (table.rows === table.capacity) makeRoom(table, roomFor(table.rows, fileOffset, fileLength));
      const row = addRow(table);
      if (row === 0) {
        columns.startSeconds = seconds;
        columns.startNanoseconds = nanoseconds;
      }
      table.atNs[row] = elapsedNs(seconds, nanoseconds, columns.startSeconds, columns.startNanoseconds);
      const linkType = interfaces[index]?.linkType ?? LINK_TYPE.ethernet;
      decodeInto(table, row, view, at, at + capturedLength, at + originalLength, linkType);
    },
    packetComment: () => undefined,
    addressName: () => undefined,
  };
  return { columns, sink };
}
