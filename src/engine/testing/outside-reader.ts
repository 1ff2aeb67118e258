/** The npm package `pcap-parser`, which reads classic captures with microseconds: a second opinion. It has no types. */
import { Readable } from 'node:stream';
import outside, { type Packet } from 'pcap-parser';
import { hex } from '../base/bytes';
import type { CapturedPacket } from '../capture/types';

/** A packet in words that both readers have. */
export interface SaidOfPacket {
  /** Since 1970. Not by field: in some files the second one is a second or more. */
  readonly microseconds: number;
  readonly lengths: readonly [captured: number, original: number];
  readonly bytes: string;
}

export async function readOutside(file: Uint8Array): Promise<readonly SaidOfPacket[]> {
  const packets = await new Promise<readonly Packet[]>((resolve, reject) => {
    const found: Packet[] = [];
    const parser = outside.parse(Readable.from([Buffer.from(file)]));
    parser.on('packet', (packet) => found.push(packet));
    parser.on('error', reject);
    parser.on('end', () => resolve(found));
  });
  return packets.map(({ header, data }) => ({
    microseconds: header.timestampSeconds * 1_000_000 + header.timestampMicroseconds,
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
  microseconds: seconds * 1_000_000 + nanoseconds / 1000,
  lengths: [capturedLength, originalLength],
  bytes: hex(bytes),
});
