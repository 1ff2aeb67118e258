/**
 * Damaged files and frames by the million, each told by a number: what the readers must bear. `seedFiles` are whole
 * files of every form that is read; `mutated` damages one; `faultOf` tries it and says what is wrong, or null.
 */
import { concat, hex, sameBytes } from '../base/bytes';
import { LIMITS } from '../capture/archive';
import { type OpenedFile, openFiles } from '../capture/open-files';
import { writePcap } from '../capture/pcap';
import type { CaptureSink } from '../capture/sink';
import { captureTaker, type FileTaker } from '../capture/taker';
import type { CapturedPacket, CaptureFile, CaptureProblem } from '../capture/types';
import { unpack } from '../capture/unpack';
import { decodeFrame } from '../wire/decode';
import { pcapngOf, pcapOf } from './capture-forms';
import { gz, streamedZip, tar, zip } from './wrap';

/** Small, so that a bomb costs nothing here. */
const SMALL_LIMITS = { ...LIMITS, fileBytes: 1024 * 1024, totalBytes: 2 * 1024 * 1024 };

/** Numbers from 0 up to, not including, `below`; the same ones for the same seed (Marsaglia's xorshift, 2003). */
export type Random = (below: number) => number;

export function randomOf(seed: number): Random {
  let state = (Math.imul(seed + 1, 0x9e37_79b1) ^ 0x85eb_ca6b) >>> 0 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state % below;
  };
}

/** The packets in every form of file that is read, plain and wrapped. */
export function seedFiles(captures: readonly CaptureFile[]): readonly Uint8Array[] {
  return captures.flatMap(({ packets }, i) => {
    const few = packets.slice(0, 6);
    const plain = writePcap(few);
    const forms = [plain, ...pcapOf(few), ...pcapngOf(few)];
    if (i > 0) return forms;
    const files = { 'a.pcap': plain, 'b/c.pcapng.gz': gz(forms.at(-1) ?? plain) };
    return [...forms, gz(plain), zip(files), streamedZip(files), tar(files), gz(tar(files))];
  });
}

const TELLING = [0, 1, 2, 4, 7, 8, 16, 28, 32, 0x7f, 0x80, 0xff]; // values that lengths and types stumble over

/** A few bytes changed, cut out, put in, or the end cut off. */
export function mutated(file: Uint8Array, random: Random): Uint8Array {
  let bytes: Uint8Array = file.slice();
  for (let left = 1 + random(4); left > 0 && bytes.length > 0; left -= 1) {
    const at = random(random(3) === 0 ? Math.min(bytes.length, 64) : bytes.length);
    switch (random(8)) {
      case 0:
        bytes = bytes.slice(0, at);
        break;
      case 1:
        bytes = concat(bytes.subarray(0, at), bytes.subarray(at + 1 + random(8)));
        break;
      case 2:
        bytes = concat(
          bytes.subarray(0, at),
          Uint8Array.from({ length: 1 + random(8) }, () => random(256)),
          bytes.subarray(at),
        );
        break;
      case 3:
        bytes.fill(random(2) * 0xff, at, at + 4);
        break;
      case 4:
        bytes[at] = (bytes[at] ?? 0) ^ (1 << random(8));
        break;
      case 5:
        bytes.copyWithin(at, random(bytes.length), random(bytes.length));
        break;
      default:
        bytes[at] = random(2) === 0 ? random(256) : (TELLING[random(TELLING.length)] ?? 0);
    }
  }
  return bytes;
}

/** What is wrong with how a file is read: at once and in pieces it must give the same, and nothing outside it. */
export function faultOf(file: Uint8Array, random: Random): string | null {
  const opened = openFiles('a', file, SMALL_LIMITS);
  for (const { result } of opened) {
    if (!result.ok) continue;
    const wrong = result.value.packets.map(packetFault).find((fault) => fault !== null);
    if (wrong !== undefined) return wrong;
  }
  return piecesFault(file, opened, random);
}

function packetFault({
  bytes,
  capturedLength,
  originalLength,
  linkType,
  fileOffset,
  seconds,
}: CapturedPacket): string | null {
  if (bytes.length !== capturedLength) return `a packet of ${capturedLength} bytes has ${bytes.length}`;
  if (!Number.isSafeInteger(fileOffset) || !Number.isFinite(seconds)) return 'a packet has no place or no time';
  return frameFault(bytes, linkType, originalLength);
}

/** What is wrong with how a frame is decoded: every layer and field lies within it. */
export function frameFault(bytes: Uint8Array, linkType: number, originalLength: number): string | null {
  const { layers } = decodeFrame(bytes, { linkType, originalLength });
  for (const layer of layers) {
    for (const { at, length } of [layer, ...layer.fields]) {
      if (at < 0 || length < 0 || at + length > bytes.length)
        return `${layer.kind} reaches from ${at} to ${at + length} in ${bytes.length} bytes: ${hex(bytes)}`;
    }
  }
  return null;
}

/** The same file in pieces of any length, each overwritten after it was pushed. */
function piecesFault(file: Uint8Array, whole: readonly OpenedFile[], random: Random): string | null {
  let fault: string | null = null;
  let files = 0;
  const pushed = unpack(
    'a',
    () => {
      const same = whole[files]?.result;
      files += 1;
      return comparingTaker(same?.ok === true ? same.value.packets : [], same, (found) => {
        fault ??= found;
      });
    },
    SMALL_LIMITS,
  );
  for (let at = 0; at < file.length; ) {
    const piece = file.slice(at, at + 1 + random(random(2) === 0 ? 8 : file.length));
    pushed.push(piece);
    piece.fill(0xee);
    at += piece.length;
  }
  pushed.end(null);
  return fault ?? (files === whole.length ? null : `${whole.length} files at once, ${files} in pieces`);
}

function comparingTaker(
  packets: readonly CapturedPacket[],
  same: OpenedFile['result'] | undefined,
  differs: (fault: string) => void,
): FileTaker {
  let index = 0;
  const sink: CaptureSink = {
    header: () => {},
    interface: () => {},
    packet(bytes, at, captured, _original, _seconds, _nanoseconds, fileOffset) {
      const packet = packets[index];
      index += 1;
      if (packet?.fileOffset !== fileOffset || !sameBytes(packet.bytes, bytes.subarray(at, at + captured)))
        differs(`packet ${index} differs in pieces`);
    },
    packetComment: () => {},
    addressName: () => {},
  };
  return captureTaker(sink, (problem) => {
    if (index !== packets.length) differs(`${packets.length} packets at once, ${index} in pieces`);
    const wanted = same === undefined ? null : same.ok ? same.value.problem : same.error;
    if (said(problem) !== said(wanted)) differs(`${said(wanted)}, in pieces ${said(problem)}`);
  });
}

/** How far a damaged wrapping was read depends on the pieces; what became of it does not. */
const said = (problem: CaptureProblem | null): string =>
  problem !== null && 'packed' in problem ? problem.kind : JSON.stringify(problem);
