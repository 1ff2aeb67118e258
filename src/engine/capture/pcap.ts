/** Writes classic capture files, in the form that pcap.ts reads. */
import { invariant } from '../base/result';
import { LINK_TYPE, PACKET_LENGTH_MAX } from './link-types';
import { FILE_HEADER_LENGTH } from './pcap-header';
import type { CapturedPacket } from './types';

const MAGIC_US = 0xa1b2c3d4;
const RECORD_HEADER_LENGTH = 16; // bytes

/** What a packet must say of itself to be written. */
export type PacketToWrite = Pick<CapturedPacket, 'seconds' | 'nanoseconds' | 'originalLength' | 'bytes'>;

/** A little-endian file with microseconds, version 2.4, as tcpdump writes by default; finer time is cut off. */
export function writePcap(
  packets: readonly PacketToWrite[],
  linkType: number = LINK_TYPE.ethernet,
  snapLength: number = PACKET_LENGTH_MAX,
): Uint8Array {
  const length = packets.reduce((sum, packet) => sum + RECORD_HEADER_LENGTH + packet.bytes.length, FILE_HEADER_LENGTH);
  const out = new Uint8Array(length);
  const view = new DataView(out.buffer);
  view.setUint32(0, MAGIC_US, true);
  view.setUint16(4, 2, true);
  view.setUint16(6, 4, true);
  view.setUint32(16, snapLength, true);
  view.setUint32(20, linkType, true);
  let at = FILE_HEADER_LENGTH;
  for (const packet of packets) {
    invariant(packet.bytes.length <= PACKET_LENGTH_MAX, `a packet of ${packet.bytes.length} bytes cannot be read back`);
    view.setUint32(at, packet.seconds, true);
    view.setUint32(at + 4, Math.floor(packet.nanoseconds / 1000), true);
    view.setUint32(at + 8, packet.bytes.length, true);
    view.setUint32(at + 12, packet.originalLength, true);
    out.set(packet.bytes, at + RECORD_HEADER_LENGTH);
    at += RECORD_HEADER_LENGTH + packet.bytes.length;
  }
  return out;
}
