import type { CaptureHeader, CaptureInterface } from './types';

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
}
