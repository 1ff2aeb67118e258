/**
 * TCP options, RFC 9293 section 3.2: one byte of kind; all but kinds 0 and 1 have a length byte next, which
 * counts both.
 *
 *   kind  length  option
 *      0       -  end of list
 *      1       -  no operation
 *      2       4  maximum segment size (RFC 9293 section 3.7.1)
 *      3       3  window scale (RFC 7323 section 2.2)
 *      4       2  SACK permitted (RFC 2018 section 2)
 *      8      10  timestamps (RFC 7323 section 3.2)
 */
import { concat, hex } from '../base/bytes';
import { invariant, unreachable } from '../base/result';

export type TcpOption =
  | { readonly kind: 'end' }
  | { readonly kind: 'nop' }
  | { readonly kind: 'mss'; readonly bytes: number }
  | { readonly kind: 'window-scale'; readonly shift: number }
  | { readonly kind: 'sack-permitted' }
  | { readonly kind: 'timestamps'; readonly value: number; readonly echo: number }
  | { readonly kind: 'other'; readonly code: number; readonly data: Uint8Array };

export interface TcpOptions {
  readonly list: readonly TcpOption[];
  /** False if a length points outside the options; `list` then ends before it. */
  readonly complete: boolean;
}

const OPTIONS_LENGTH_MAX = 40; // bytes

export function readOptions(bytes: Uint8Array): TcpOptions {
  const list: TcpOption[] = [];
  let at = 0;
  while (at < bytes.length) {
    const code = bytes[at] ?? 0;
    if (code === 0) return { list: [...list, { kind: 'end' }], complete: true };
    if (code === 1) {
      list.push({ kind: 'nop' });
      at += 1;
      continue;
    }
    const length = bytes[at + 1] ?? 0;
    if (length < 2 || at + length > bytes.length) return { list, complete: false };
    list.push(readOption(code, bytes.subarray(at + 2, at + length)));
    at += length;
  }
  return { list, complete: true };
}

/** An option of a known kind but with an unusual length is kept as `other`. */
function readOption(code: number, data: Uint8Array): TcpOption {
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  if (code === 2 && data.length === 2) return { kind: 'mss', bytes: view.getUint16(0) };
  if (code === 3 && data.length === 1) return { kind: 'window-scale', shift: view.getUint8(0) };
  if (code === 4 && data.length === 0) return { kind: 'sack-permitted' };
  if (code === 8 && data.length === 8) return { kind: 'timestamps', value: view.getUint32(0), echo: view.getUint32(4) };
  return { kind: 'other', code, data };
}

/** The options in order, padded with zero bytes (end of list) to whole 4-byte units. */
export function writeOptions(list: readonly TcpOption[]): Uint8Array {
  const bytes = concat(...list.map(writeOption));
  const out = new Uint8Array(Math.ceil(bytes.length / 4) * 4);
  invariant(out.length <= OPTIONS_LENGTH_MAX, `${out.length} bytes of TCP options exceed ${OPTIONS_LENGTH_MAX}`);
  out.set(bytes);
  return out;
}

function writeOption(option: TcpOption): Uint8Array {
  switch (option.kind) {
    case 'end':
      return Uint8Array.of(0);
    case 'nop':
      return Uint8Array.of(1);
    case 'mss':
      return Uint8Array.of(2, 4, option.bytes >>> 8, option.bytes & 0xff);
    case 'window-scale':
      return Uint8Array.of(3, 3, option.shift);
    case 'sack-permitted':
      return Uint8Array.of(4, 2);
    case 'timestamps': {
      const out = new Uint8Array(10);
      out.set([8, 10]);
      const view = new DataView(out.buffer);
      view.setUint32(2, option.value);
      view.setUint32(6, option.echo);
      return out;
    }
    case 'other':
      return concat(Uint8Array.of(option.code, option.data.length + 2), option.data);
    default:
      return unreachable(option);
  }
}

/** In the words `tcpdump` uses: `mss 1460,sackOK,TS val 1 ecr 0,nop,wscale 10`. */
export function formatOptions(bytes: Uint8Array): string {
  const { list, complete } = readOptions(bytes);
  const words = list.map(formatOption);
  return (complete ? words : [...words, '?']).join(',');
}

function formatOption(option: TcpOption): string {
  switch (option.kind) {
    case 'end':
      return 'eol';
    case 'nop':
      return 'nop';
    case 'mss':
      return `mss ${option.bytes}`;
    case 'window-scale':
      return `wscale ${option.shift}`;
    case 'sack-permitted':
      return 'sackOK';
    case 'timestamps':
      return `TS val ${option.value} ecr ${option.echo}`;
    case 'other':
      return `opt-${option.code}${option.data.length > 0 ? `:${hex(option.data)}` : ''}`;
    default:
      return unreachable(option);
  }
}
