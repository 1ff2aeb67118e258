/** The npm package `pcap-parser`, which reads classic captures with microseconds: a second opinion. It has no types. */
import { Readable } from 'node:stream';
import { hex } from '../base/bytes';
import type { CapturedPacket } from '../capture/types';

interface OutsidePacket {
  readonly header: {
    readonly timestampSeconds: number;
    readonly timestampMicroseconds: number;
    readonly capturedLength: number;
    readonly originalLength: number;
  };
  readonly data: Uint8Array;
}

/** A packet in words that both readers have. */
export interface SaidOfPacket {
  readonly seconds: number;
  readonly microseconds: number;
  readonly lengths: readonly [captured: number, original: number];
  readonly bytes: string;
}

export async function readOutside(file: Uint8Array): Promise<readonly SaidOfPacket[]> {
  const { default: outside } = await import('pcap-parser' as string);
  const packets = await new Promise<readonly OutsidePacket[]>((resolve, reject) => {
    const found: OutsidePacket[] = [];
    const parser = outside.parse(Readable.from([Buffer.from(file)]));
    parser.on('packet', (packet: OutsidePacket) => found.push(packet));
    parser.on('error', reject);
    parser.on('end', () => resolve(found));
  });
  return packets.map(({ header, data }) => ({
    seconds: header.timestampSeconds,
    microseconds: header.timestampMicroseconds,
    lengths: [header.capturedLength, header.originalLength],
    bytes: hex(data),
  }));
}

export const saidOf = ({
  seconds,
  nanoseconds,
  capturedLength,
  originalLength,
  bytes,
}: CapturedPacket): SaidOfPacket => ({
  seconds,
  microseconds: nanoseconds / 1000,
  lengths: [capturedLength, originalLength],
  bytes: hex(bytes),
});
