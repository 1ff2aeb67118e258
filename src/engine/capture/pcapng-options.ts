/**
 * Options of a pcapng block, draft-ietf-opsawg-pcapng section 3.5: a code (2 bytes), a length (2), the value, padding
 * to four bytes; the code 0 ends them.
 */
import { utf8 } from '../base/text';

/** Codes of the draft's sections 3.5, 4.1 and 4.2. */
const CODE = { end: 0, comment: 1, name: 2, description: 3, address4: 4, mac: 6, resolution: 9, offset: 14 } as const;
const APPLICATION = 4; // of a section header

interface Option {
  readonly code: number;
  readonly at: number;
  readonly length: number;
}

export interface Options {
  readonly list: readonly Option[];
  /** The option that is longer than what is left of its block: how long, how much is left, and where it stands. */
  readonly tooLong: { readonly at: number; readonly length: number; readonly left: number } | null;
}

export function readOptions(view: DataView, start: number, end: number, little: boolean): Options {
  const list: Option[] = [];
  let at = start;
  while (end - at >= 4) {
    const code = view.getUint16(at, little);
    const length = view.getUint16(at + 2, little);
    const left = end - at - 4;
    if (length > left) return { list, tooLong: { at, length, left } };
    if (code === CODE.end) break;
    list.push({ code, at: at + 4, length });
    at += 4 + length + (-length & 3);
  }
  return { list, tooLong: null };
}

const ofCode = ({ list }: Options, code: number): readonly Option[] => list.filter((option) => option.code === code);

const textsOf = (options: Options, bytes: Uint8Array, code: number): readonly string[] =>
  ofCode(options, code).map(({ at, length }) => utf8(bytes.subarray(at, at + length)).replace(/\0+$/, ''));

export const commentsOf = (options: Options, bytes: Uint8Array): readonly string[] =>
  textsOf(options, bytes, CODE.comment);

export const applicationOf = (options: Options, bytes: Uint8Array): string | null =>
  textsOf(options, bytes, APPLICATION)[0] ?? null;

export interface InterfaceOptions {
  readonly ticksPerSecond: number | bigint;
  readonly offsetSeconds: number;
  readonly name: string | null;
  readonly description: string | null;
  readonly macs: readonly string[];
  readonly addresses: readonly string[];
  readonly comments: readonly string[];
}

export function interfaceOptions(
  options: Options,
  bytes: Uint8Array,
  view: DataView,
  little: boolean,
): InterfaceOptions {
  const resolution = ofCode(options, CODE.resolution).find(({ length }) => length >= 1);
  const offset = ofCode(options, CODE.offset).find(({ length }) => length >= 8);
  return {
    ticksPerSecond: resolution === undefined ? 1_000_000 : ticksOf(view.getUint8(resolution.at)),
    offsetSeconds: offset === undefined ? 0 : Number(view.getBigInt64(offset.at, little)),
    name: textsOf(options, bytes, CODE.name)[0] ?? null,
    description: textsOf(options, bytes, CODE.description)[0] ?? null,
    macs: ofCode(options, CODE.mac).flatMap(({ at, length }) => (length === 6 ? [macText(bytes, at)] : [])),
    addresses: ofCode(options, CODE.address4).flatMap(({ at, length }) =>
      length === 8 ? [`${dotted(bytes, at)}/${prefixLength(view.getUint32(at + 4))}`] : [],
    ),
    comments: commentsOf(options, bytes),
  };
}

/** if_tsresol: the highest bit tells powers of ten from powers of two, the others are the negative exponent. */
function ticksOf(resolution: number): number | bigint {
  const exponent = resolution & 0x7f;
  if (resolution >= 0x80) return exponent <= 53 ? 2 ** exponent : 2n ** BigInt(exponent);
  return exponent <= 15 ? 10 ** exponent : 10n ** BigInt(exponent);
}

const dotted = (bytes: Uint8Array, at: number): string => bytes.subarray(at, at + 4).join('.');

const macText = (bytes: Uint8Array, at: number): string =>
  Array.from(bytes.subarray(at, at + 6), (byte) => byte.toString(16).padStart(2, '0')).join(':');

/** Leading ones of a mask, which the draft writes as four bytes in network order. */
const prefixLength = (mask: number): number => Math.clz32(~mask);
