/**
 * gzip, RFC 1952: members one behind the other, each unpacked and checked; together they are one file.
 *
 *   offset  bytes  a member
 *        0      3  0x1f 0x8b, method: 8 = deflate
 *        3      1  flags: 2 = header CRC, 4 = extra field, 8 = name, 16 = comment
 *        4      6  time, extra flags, operating system
 *       10      -  extra field (length in 2 bytes), name, comment (each ends with 0), header CRC (2)
 *        -      -  deflate stream
 *        -      8  CRC-32, length modulo 2^32, of what is unpacked
 */
import type { Archive, Container } from './archive';
import { STOP, type Window } from './chunks';
import { crc32 } from './crc32';
import { newInflater, SLICE_LENGTH } from './inflate';
import type { PackedProblem } from './types';

const FIXED_LENGTH = 10; // bytes
const TRAILER_LENGTH = 8;
const HEADER_LENGTH_MAX = 128 * 1024; // a name or comment without an end is damage
const FLAG = { headerCrc: 2, extra: 4, name: 8, comment: 16 } as const;

export const isGzip = (bytes: Uint8Array): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b && bytes[2] === 8;

export function gunzip(archive: Archive): Container {
  const file = archive.whole();
  let state: 'header' | 'deflate' | 'trailer' = 'header';
  let members = 0;
  let crc = 0;
  let length = 0; // of the member, unpacked
  let unpacked = 0; // of all members
  let problem: PackedProblem | null = null;
  let isFull = false;
  let hasEnough = false; // the file inside wants no more

  function out(bytes: Uint8Array): void {
    crc = crc32(bytes, crc);
    length += bytes.length;
    unpacked += bytes.length;
    if (archive.unpacks(bytes.length)) file.push(bytes);
    else isFull = true;
  }
  let inflater = newInflater(out);

  function next(window: Window, at: number): number {
    const left = window.bytes.length - at;
    const offset = window.base + at;
    if (state === 'header') return header(window.bytes.subarray(at), offset);
    if (state === 'trailer') return left < TRAILER_LENGTH ? -TRAILER_LENGTH : trailer(window, at);
    const taken = inflater.push(window.bytes.subarray(at, at + SLICE_LENGTH));
    if (file.stopped) {
      hasEnough = true;
      return STOP;
    }
    if (isFull) {
      const limit = archive.limits.totalBytes;
      return fail({ kind: 'unpacked-too-large', severity: 'error', offset, packet: 1, limit });
    }
    if (taken === null) return damaged(offset);
    if (inflater.ended) state = 'trailer';
    return taken === 0 ? next(window, at) : taken; // it had ended in the byte before
  }

  function fail(found: PackedProblem): typeof STOP {
    problem = found;
    return STOP;
  }
  const damaged = (offset: number): typeof STOP =>
    fail({ kind: 'packed-damaged', severity: 'error', offset, packet: 1, packed: 'gzip', unpacked });

  function header(bytes: Uint8Array, offset: number): number {
    if (bytes.length < 3) return -FIXED_LENGTH;
    if (!isGzip(bytes)) return STOP; // padding behind the last member, of a tape say: gzip passes over it too
    const headerLength = lengthOf(bytes);
    if (headerLength === null)
      return bytes.length > HEADER_LENGTH_MAX ? damaged(offset) : -2 * Math.max(bytes.length, FIXED_LENGTH);
    [state, inflater, crc, length] = ['deflate', newInflater(out), 0, 0];
    return headerLength;
  }

  function trailer({ view, base }: Window, at: number): number {
    const isRight = view.getUint32(at, true) === crc && view.getUint32(at + 4, true) === length % 2 ** 32;
    if (!isRight) return damaged(base + at);
    state = 'header';
    members += 1;
    return TRAILER_LENGTH;
  }

  function finish(fault: PackedProblem | null, fileLength: number): void {
    const isCut = !hasEnough && (members === 0 || state !== 'header');
    const cut = { severity: 'error', offset: fileLength, packet: 1, packed: 'gzip', unpacked } as const;
    file.end(problem ?? fault ?? (isCut ? { kind: 'packed-cut', ...cut } : null));
  }

  return { next, ended: () => {}, finish };
}

/** Null where the header goes on behind these bytes. */
function lengthOf(bytes: Uint8Array): number | null {
  if (bytes.length < FIXED_LENGTH) return null;
  const flags = bytes[3] ?? 0;
  let at = FIXED_LENGTH;
  if (flags & FLAG.extra) at += 2 + ((bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8));
  for (const flag of [FLAG.name, FLAG.comment]) {
    if ((flags & flag) === 0) continue;
    const end = bytes.indexOf(0, at);
    if (end === -1) return null;
    at = end + 1;
  }
  if (flags & FLAG.headerCrc) at += 2;
  return at <= bytes.length ? at : null;
}
