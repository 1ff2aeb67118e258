/**
 * Classic capture file, draft-ietf-opsawg-pcap sections 4 and 5. A 24-byte file header, then records of a 16-byte
 * header and the packet's bytes. The byte order is the writer's; the magic number tells it.
 *
 *   offset  bytes  file header field             offset  bytes  record header field
 *        0      4  magic number                       0      4  seconds since 1970
 *        4      4  major, minor version (2 + 2)       4      4  micro- or nanoseconds, by magic
 *        8      8  reserved                           8      4  captured length
 *       16      4  snap length                       12      4  original length
 *       20      4  link type and FCS bits            16      -  captured bytes
 */
import { hex } from '../base/bytes';
import type { Result } from '../base/result';
import { err, invariant, ok } from '../base/result';
import { LINK_TYPE } from './link-types';
import { firstBytes, looksLike } from './signatures';
import type { CapturedPacket, CaptureFile, CaptureProblem } from './types';

export const FILE_HEADER_LENGTH = 24; // bytes
export const RECORD_HEADER_LENGTH = 16; // bytes

/** libpcap's MAXIMUM_SNAPLEN: no tool writes a longer packet, so a greater length is a broken record. */
export const PACKET_LENGTH_MAX = 262_144; // bytes

const MAGIC_US = 0xa1b2c3d4;
const MAGIC_NS = 0xa1b23c4d;
const LINK_TYPE_BITS = 0xffff; // the others tell of a frame check sequence, or are to be ignored

type Encoding = Pick<CaptureFile, 'byteOrder' | 'resolution'>;

/**
 * Reads the whole file; packets are views of it. A file that is damaged further on still opens: `problem` says
 * where it stopped making sense, and the packets before that are there.
 */
export function readPcap(bytes: Uint8Array): Result<CaptureFile, CaptureProblem> {
  if (bytes.length === 0) return err({ kind: 'empty-file', severity: 'error', offset: 0 });
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  const encoding = bytes.length < 4 ? null : encodingOf(view);
  if (encoding === null && bytes.length >= 4) {
    const found = { magic: hex(bytes.subarray(0, 4)), looksLike: looksLike(bytes), firstBytes: firstBytes(bytes) };
    return err({ kind: 'not-a-capture', severity: 'error', offset: 0, ...found });
  }
  if (encoding === null || bytes.length < FILE_HEADER_LENGTH) {
    const have = bytes.length;
    return err({ kind: 'too-short-for-header', severity: 'error', offset: 0, have, need: FILE_HEADER_LENGTH });
  }
  const little = encoding.byteOrder === 'le';
  return ok({
    format: 'pcap',
    ...encoding,
    version: { major: view.getUint16(4, little), minor: view.getUint16(6, little) },
    snapLength: view.getUint32(16, little),
    linkType: view.getUint32(20, little) & LINK_TYPE_BITS,
    ...readRecords(bytes, view, encoding),
  });
}

function encodingOf(view: DataView): Encoding | null {
  for (const byteOrder of ['le', 'be'] as const) {
    const magic = view.getUint32(0, byteOrder === 'le');
    if (magic === MAGIC_US) return { byteOrder, resolution: 'us' };
    if (magic === MAGIC_NS) return { byteOrder, resolution: 'ns' };
  }
  return null;
}

function readRecords(bytes: Uint8Array, view: DataView, encoding: Encoding): Pick<CaptureFile, 'packets' | 'problem'> {
  const little = encoding.byteOrder === 'le';
  const toNanoseconds = encoding.resolution === 'us' ? 1000 : 1;
  const packets: CapturedPacket[] = [];
  let at = FILE_HEADER_LENGTH;
  while (at < bytes.length) {
    const problem = recordProblem(view, at, little, packets.length + 1);
    if (problem !== null) return { packets, problem };
    const fileOffset = at + RECORD_HEADER_LENGTH;
    const capturedLength = view.getUint32(at + 8, little);
    packets.push({
      index: packets.length,
      seconds: view.getUint32(at, little),
      nanoseconds: view.getUint32(at + 4, little) * toNanoseconds,
      capturedLength,
      originalLength: view.getUint32(at + 12, little),
      fileOffset,
      bytes: bytes.subarray(fileOffset, fileOffset + capturedLength),
    });
    at = fileOffset + capturedLength;
  }
  return { packets, problem: packets.length === 0 ? { kind: 'no-packets', severity: 'note', offset: at } : null };
}

/** What is wrong with the record at `at`; `packet` is its number, counted from 1. */
function recordProblem(view: DataView, at: number, little: boolean, packet: number): CaptureProblem | null {
  const left = view.byteLength - at;
  if (left < RECORD_HEADER_LENGTH) {
    const span = { offset: at, have: left, need: RECORD_HEADER_LENGTH };
    return { kind: 'cut-in-record-header', severity: 'error', packet, ...span };
  }
  const length = view.getUint32(at + 8, little);
  if (length > PACKET_LENGTH_MAX) {
    const span = { offset: at + 8, length, limit: PACKET_LENGTH_MAX };
    return { kind: 'implausible-length', severity: 'error', packet, ...span };
  }
  const have = left - RECORD_HEADER_LENGTH;
  if (have < length) {
    const span = { offset: at + RECORD_HEADER_LENGTH, have, need: length };
    return { kind: 'cut-in-packet', severity: 'error', packet, ...span };
  }
  return null;
}

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
