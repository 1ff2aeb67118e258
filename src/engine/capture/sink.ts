import type { AddressName, CaptureHeader, CaptureInterface } from './types';

/**
 * Who is told what a reader finds, in the order of the file. Packets come as plain numbers, so that a million of them
 * cost no object; `bytes` and `at` hold during the call only, unless the whole file was pushed at once.
 */
export interface CaptureSink {
  /** Once, before anything else. */
  header(header: CaptureHeader): void;
  /** Each interface before its first packet; they are counted from 0 over the whole file. */
  interface(described: CaptureInterface): void;
  packet(
    bytes: Uint8Array,
    at: number,
    capturedLength: number,
    originalLength: number,
    seconds: number,
    nanoseconds: number,
    fileOffset: number,
    interfaceIndex: number,
  ): void;
  /** What is written beside the packet that came last. */
  packetComment(text: string): void;
  /** Anywhere in the file, so perhaps after packets of that address. */
  addressName(found: AddressName): void;
}

/** Both are told, the first one first. */
export const bothSinks = (first: CaptureSink, second: CaptureSink): CaptureSink => ({
  header(header) {
    first.header(header);
    second.header(header);
  },
  interface(described) {
    first.interface(described);
    second.interface(described);
  },
  packet(bytes, at, captured, original, seconds, nanoseconds, fileOffset, from) {
    first.packet(bytes, at, captured, original, seconds, nanoseconds, fileOffset, from);
    second.packet(bytes, at, captured, original, seconds, nanoseconds, fileOffset, from);
  },
  packetComment(text) {
    first.packetComment(text);
    second.packetComment(text);
  },
  addressName(found) {
    first.addressName(found);
    second.addressName(found);
  },
});
