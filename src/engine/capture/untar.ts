/**
 * tar, POSIX.1-1988 (ustar) and later (pax), and what GNU tar writes: blocks of 512 bytes, a header before each file.
 *
 *   offset  bytes  header                     offset  bytes  header
 *        0    100  name                          156      1  type: 0 and NUL = file, L = long name, x, g = pax
 *      124     12  length, octal or base 256     257      6  "ustar"
 *      148      8  sum of the header's bytes     345    155  what stands before the name, in ustar
 */
import { utf8 } from '../base/text';
import type { Archive, Container } from './archive';
import { STOP, type Window } from './chunks';
import type { FileTaker } from './taker';
import type { PackedProblem } from './types';

const BLOCK = 512; // bytes
const LENGTH = { at: 124, bytes: 12 } as const;
const SUM = { at: 148, bytes: 8 } as const;
const TYPE_AT = 156;
const PREFIX = { at: 345, bytes: 155 } as const;
const NAMES_LENGTH_MAX = 64 * 1024; // of a long name or pax header; more is passed over

/** The sum of a header tells, even of old archives without "ustar". Its own bytes count as spaces. */
export function isTar(bytes: Uint8Array): boolean {
  if (bytes.length < BLOCK) return false;
  let sum = 0;
  for (let i = 0; i < BLOCK; i += 1) {
    const inSum = i >= SUM.at && i < SUM.at + SUM.bytes;
    sum += inSum ? 0x20 : (bytes[i] ?? 0);
  }
  return octal(bytes.subarray(SUM.at, SUM.at + SUM.bytes)) === sum;
}

export function untar(archive: Archive): Container {
  let file: FileTaker | null = null;
  let left = 0; // bytes of the file still to come
  let padding = 0;
  let longName: string | null = null;
  let found = 0;
  let unpacked = 0;
  let problem: PackedProblem | null = null;
  let isOver = false; // the archive's own end was seen, or too many files

  function next(window: Window, at: number): number {
    if (file !== null) return data(file, window.bytes, at);
    if (window.bytes.length - at < BLOCK) return -BLOCK;
    const header = window.bytes.subarray(at, at + BLOCK);
    if (header.every((byte) => byte === 0)) {
      isOver = true;
      return STOP;
    }
    if (!isTar(header)) {
      const offset = window.base + at;
      problem = { kind: 'packed-damaged', severity: 'error', offset, packet: 1, packed: 'tar', unpacked };
      return STOP;
    }
    return entry(header, window, at);
  }

  function entry(header: Uint8Array, { bytes }: Window, at: number): number {
    const length = lengthIn(header);
    const whole = BLOCK + length + (-length & (BLOCK - 1)) * (length < 2 ** 31 ? 1 : 0);
    const type = String.fromCharCode(header[TYPE_AT] ?? 0);
    if (type === 'L' || type === 'x') {
      if (length > NAMES_LENGTH_MAX) return whole;
      if (bytes.length - at < whole) return -whole;
      const said = utf8(bytes.subarray(at + BLOCK, at + BLOCK + length));
      longName = type === 'L' ? said.replace(/\0.*$/s, '') : (paxPath(said) ?? longName);
      return whole;
    }
    const name = longName ?? nameIn(header);
    longName = null;
    if (type !== '0' && type !== '\0' && type !== '7') return whole; // a folder, a link, a device
    if (name.endsWith('/')) return whole; // a folder, as archives before 1988 have it
    found += 1;
    file = archive.member(name);
    if (file === null) {
      isOver = true;
      return STOP;
    }
    left = length;
    padding = whole - BLOCK - length;
    unpacked = 0;
    if (left === 0) close(null);
    return BLOCK;
  }

  function data(to: FileTaker, bytes: Uint8Array, at: number): number {
    const part = Math.min(left, bytes.length - at);
    if (!to.stopped) to.push(bytes.subarray(at, at + part));
    left -= part;
    unpacked += part;
    if (left > 0) return part;
    close(null);
    return part + padding;
  }

  function close(fault: PackedProblem | null): void {
    file?.end(fault);
    file = null;
  }

  /** A file that has had enough is whole as far as anybody asks: then the fault is that of the files behind it. */
  function endWithin(fault: PackedProblem): void {
    const hadEnough = file?.stopped === true;
    close(hadEnough ? null : fault);
    if (hadEnough) archive.report(fault);
  }

  function finish(fault: PackedProblem | null, fileLength: number): void {
    const cut = { severity: 'error', offset: fileLength, packet: 1, packed: 'tar', unpacked } as const;
    if (file !== null) endWithin(fault ?? { kind: 'packed-cut', ...cut });
    else if (problem !== null) archive.report(problem);
    else if (!isOver && fault !== null) archive.report(fault);
    else if (!isOver && fileLength % BLOCK !== 0) archive.report({ kind: 'packed-cut', ...cut });
    else if (found === 0)
      archive.report({ kind: 'nothing-inside', severity: 'error', offset: fileLength, packed: 'tar' });
  }

  return { next, ended: () => {}, finish };
}

const textIn = (header: Uint8Array, at: number, bytes: number): string =>
  utf8(header.subarray(at, at + bytes)).replace(/\0.*$/s, '');

function nameIn(header: Uint8Array): string {
  const prefix = textIn(header, 257, 6) === 'ustar' ? textIn(header, PREFIX.at, PREFIX.bytes) : '';
  const name = textIn(header, 0, 100);
  return prefix === '' ? name : `${prefix}/${name}`;
}

const octal = (bytes: Uint8Array): number => {
  const [digits = ''] = /^[ \0]*([0-7]+)/.exec(String.fromCharCode(...bytes))?.slice(1) ?? [];
  return digits === '' ? Number.NaN : Number.parseInt(digits, 8);
};

/** Octal, or, where the first bit is set, a number in base 256 (GNU tar, for files from 8 GiB on). */
function lengthIn(header: Uint8Array): number {
  const field = header.subarray(LENGTH.at, LENGTH.at + LENGTH.bytes);
  if ((field[0] ?? 0) < 0x80) return octal(field) || 0;
  const length = field.subarray(4).reduce((value, byte) => value * 256 + byte, 0);
  return Math.min(length, Number.MAX_SAFE_INTEGER / 2);
}

/** `path` of a pax header: lines of '27 path=folder/name.pcap', each with its own length. */
const paxPath = (records: string): string | null => /(?:^|\n)\d+ path=([^\n]*)\n/.exec(records)?.[1] ?? null;
