import type { CapturedPacket } from '../capture/types';

/**
 * Packets as a classic capture for a tool of others, draft-ietf-opsawg-pcap sections 4 and 5; the time stamp of each is its
 * place in the list. Little-endian, as most files are: libpcap
 * takes the loopback header for written in the order of the file. Written here, not by our own writer: that is not what such a test tests.
 */
export function pcapOf(linkType: number, packets: readonly CapturedPacket[]): Uint8Array {
  const size = packets.reduce((sum, { bytes }) => sum + 16 + bytes.length, 24);
  const out = new Uint8Array(size);
  const view = new DataView(out.buffer);
  view.setUint32(0, 0xa1b2c3d4, true);
  view.setUint16(4, 2, true);
  view.setUint16(6, 4, true);
  view.setUint32(16, 262_144, true);
  view.setUint32(20, linkType, true);
  let at = 24;
  for (const [i, { bytes, originalLength }] of packets.entries()) {
    view.setUint32(at, i, true);
    view.setUint32(at + 8, bytes.length, true);
    view.setUint32(at + 12, Math.max(originalLength, bytes.length), true);
    out.set(bytes, at + 16);
    at += 16 + bytes.length;
  }
  return out;
}
