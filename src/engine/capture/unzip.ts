/**
 * zip, APPNOTE 6.3 sections 4.3.7 to 4.3.9: read from its front, by the header before each file, so that an archive that is
 * cut still gives its first files. The directory at its end is not asked.
 *
 *   offset  bytes  local file header          offset  bytes  behind a file whose lengths its header leaves open
 *        0      4  "PK" 3 4                         0      4  "PK" 7 8, which may be missing
 *        6      2  flags: 1 = encrypted,            4      4  CRC-32
 *                  8 = lengths stand behind         8      4  packed length; 8 bytes in zip64
 *        8      2  method: 0 = stored, 8 = deflate  -      4  unpacked length; 8 bytes in zip64
 *       14     12  CRC-32, packed and unpacked length
 *       26      4  length of name, of extra fields
 */
import { utf8 } from '../base/text';
import type { Archive, Container } from './archive';
import { STOP, type Window } from './chunks';
import { crc32 } from './crc32';
import { type Inflater, newInflater, SLICE_LENGTH } from './inflate';
import type { FileTaker } from './taker';
import type { PackedProblem } from './types';

const SIGNATURE = { file: 0x0403_4b50, descriptor: 0x0807_4b50 } as const;
/** What follows the last file: directory, its end, and their 64-bit and signed forms. */
const BEHIND_FILES: readonly number[] = [0x0201_4b50, 0x0605_4b50, 0x0606_4b50, 0x0806_4b50];
const PK = 0x4b50; // begins each of them
const HEADER_LENGTH = 30; // bytes
const DESCRIPTOR_LENGTH_MAX = 24;
const FLAG = { encrypted: 1, lengthsBehind: 8 } as const;
const METHOD = { stored: 0, deflate: 8 } as const;
const ZIP64_EXTRA = 1;
const IN_ZIP64 = 0xffff_ffff;

export const isZip = (bytes: Uint8Array): boolean =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && ((bytes[2] === 3 && bytes[3] === 4) || (bytes[2] === 5 && bytes[3] === 6));

/** The file that is being unpacked. */
interface Member {
  readonly to: FileTaker | null; // null: a folder, or a file that cannot be unpacked
  readonly inflater: Inflater | null; // null: stored
  readonly packedLength: number | null; // null: the deflate stream ends by itself
  readonly crc: number | null; // null: it stands behind
  packed: number; // bytes read so far
}

export function unzip(archive: Archive): Container {
  let member: Member | null = null;
  let isBehind = false; // at the lengths behind a file
  let found = 0;
  let crc = 0;
  let unpacked = 0;
  let isFull = false;
  let problem: PackedProblem | null = null;
  let isOver = false;

  function out(bytes: Uint8Array): void {
    crc = crc32(bytes, crc);
    unpacked += bytes.length;
    if (!archive.unpacks(bytes.length)) isFull = true;
    else if (member?.to?.stopped === false) member.to.push(bytes);
  }

  function next(window: Window, at: number, last: boolean): number {
    if (member === null) return header(window, at);
    return isBehind ? descriptor(window, at, last) : data(member, window, at);
  }

  function header(window: Window, at: number): number {
    const { view, bytes, base } = window;
    const have = bytes.length - at;
    if (have < 4) return -4;
    const signature = view.getUint32(at, true);
    if (BEHIND_FILES.includes(signature)) {
      isOver = true;
      return STOP;
    }
    if (signature !== SIGNATURE.file) return fail(damaged(base + at));
    if (have < HEADER_LENGTH) return -HEADER_LENGTH;
    const nameAt = at + HEADER_LENGTH;
    const extraAt = nameAt + view.getUint16(at + 26, true);
    const dataAt = extraAt + view.getUint16(at + 28, true);
    if (dataAt > bytes.length) return at - dataAt;
    const name = utf8(bytes.subarray(nameAt, extraAt));
    return begin(name, window, at, packedLengthIn(view, at, extraAt, dataAt), dataAt - at);
  }

  function begin(name: string, { view, base }: Window, at: number, packedLength: number, headerLength: number): number {
    const flags = view.getUint16(at + 6, true);
    const method = view.getUint16(at + 8, true);
    const isOpen = (flags & FLAG.lengthsBehind) !== 0;
    const isFolder = name.endsWith('/');
    let to = isFolder ? null : archive.member(name);
    if (to === null && !isFolder) {
      isOver = true;
      return STOP;
    }
    found += 1;
    [crc, unpacked, isBehind] = [0, 0, false];
    const refusal = isFolder ? null : refusalOf(flags, method, base + at);
    if (refusal !== null) {
      to?.end(refusal);
      to = null;
      isOver = isOpen && packedLength === 0; // nothing tells where the next file begins
      if (isOver) return STOP;
    }
    const isDeflated = method === METHOD.deflate && refusal === null && (isOpen || packedLength > 0);
    member = {
      to,
      inflater: isDeflated ? newInflater(out) : null,
      packedLength: isDeflated && isOpen ? null : packedLength,
      crc: isOpen ? null : view.getUint32(at + 14, true),
      packed: 0,
    };
    return member.packedLength === 0 ? atEnd(member, headerLength, base + at) : headerLength;
  }

  function data(from: Member, window: Window, at: number): number {
    const { bytes, base } = window;
    const left = from.packedLength === null ? SLICE_LENGTH : from.packedLength - from.packed;
    const slice = bytes.subarray(at, at + Math.min(left, SLICE_LENGTH));
    const taken = from.inflater === null ? stored(slice) : from.inflater.push(slice);
    if (isFull) {
      const limit = archive.limits.totalBytes;
      return fail({ kind: 'unpacked-too-large', severity: 'error', offset: base + at, packet: 1, limit });
    }
    if (taken === null) return fail(damaged(base + at));
    from.packed += taken;
    const isDone = from.inflater === null ? from.packed === from.packedLength : from.inflater.ended;
    if (isDone) return atEnd(from, taken, base + at) || next(window, at, false);
    return from.packed === from.packedLength ? fail(damaged(base + at)) : taken;
  }

  function stored(slice: Uint8Array): number {
    out(slice);
    return slice.length;
  }

  /** All its bytes are unpacked; answers `taken` and what is left of them by the header's own word. */
  function atEnd(from: Member, taken: number, offset: number): number {
    if (from.crc === null) {
      isBehind = true;
      return taken;
    }
    const more = (from.packedLength ?? from.packed) - from.packed;
    close(from.crc === crc ? null : damaged(offset));
    return taken + more;
  }

  function descriptor({ view, bytes, base }: Window, at: number, last: boolean): number {
    const have = bytes.length - at;
    if (have < DESCRIPTOR_LENGTH_MAX && !last) return -DESCRIPTOR_LENGTH_MAX;
    if (have < 12) return -12;
    const start = view.getUint32(at, true) === SIGNATURE.descriptor ? 4 : 0;
    const at32 = start + 12;
    const is32 = have < at32 + 2 || view.getUint16(at + at32, true) === PK;
    const length = is32 ? at32 : start + 20;
    if (have < length) return -length;
    close(view.getUint32(at + start, true) === crc ? null : damaged(base + at));
    return length;
  }

  const damaged = (offset: number): PackedProblem => ({
    kind: 'packed-damaged',
    severity: 'error',
    offset,
    packet: 1,
    packed: 'zip',
    unpacked,
  });

  function fail(found: PackedProblem): typeof STOP {
    problem = found;
    return STOP;
  }

  function close(fault: PackedProblem | null): void {
    member?.to?.end(fault);
    member = null;
    isBehind = false;
  }

  /** A file that has had enough is whole as far as anybody asks: then the fault is that of the files behind it. */
  function endWithin(fault: PackedProblem): void {
    const hadEnough = member?.to?.stopped === true;
    close(hadEnough ? null : fault);
    if (hadEnough) archive.report(fault);
  }

  function finish(fault: PackedProblem | null, fileLength: number): void {
    const at = { severity: 'error', offset: fileLength } as const;
    const cut: PackedProblem = { kind: 'packed-cut', ...at, packet: 1, packed: 'zip', unpacked };
    const said = problem ?? fault ?? cut;
    if (member !== null && member.to !== null) endWithin(said);
    else if (problem !== null || !isOver) archive.report(said);
    else if (found === 0) archive.report({ kind: 'nothing-inside', ...at, packed: 'zip' });
  }

  return { next, ended: () => {}, finish };
}

/** Why a file cannot be unpacked, whatever its bytes. */
function refusalOf(flags: number, method: number, offset: number): PackedProblem | null {
  if ((flags & FLAG.encrypted) !== 0) return { kind: 'zip-encrypted', severity: 'error', offset };
  if (method !== METHOD.stored && method !== METHOD.deflate)
    return { kind: 'zip-method', severity: 'error', offset, method };
  return null;
}

/** Of the header at `at`; for long files it stands in an extra field (4.5.3), behind the unpacked length. */
function packedLengthIn(view: DataView, at: number, extraAt: number, extraEnd: number): number {
  const stated = view.getUint32(at + 18, true);
  if (stated !== IN_ZIP64) return stated;
  for (let field = extraAt; field + 4 <= extraEnd; field += 4 + view.getUint16(field + 2, true)) {
    const isZip64 = view.getUint16(field, true) === ZIP64_EXTRA && field + 20 <= extraEnd;
    if (isZip64) return view.getUint32(field + 12, true) + 2 ** 32 * (view.getUint32(field + 16, true) & 0x1f_ffff);
  }
  return stated;
}
