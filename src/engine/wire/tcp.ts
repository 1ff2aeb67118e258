/**
 * TCP header, RFC 9293 section 3.1. 20 to 60 bytes, big-endian, then data.
 *
 *   offset  bytes  field
 *        0      2  source port
 *        2      2  destination port
 *        4      4  sequence number
 *        8      4  acknowledgment number
 *       12      1  data offset in 4-byte units (4 bits), reserved (4 bits)
 *       13      1  CWR ECE URG ACK PSH RST SYN FIN
 *       14      2  window
 *       16      2  checksum over pseudo-header, header and data
 *       18      2  urgent pointer
 *       20   0-40  options, padded to 4 bytes; see tcp-options.ts
 */
import type { Ipv4 } from '../addr/ipv4';
import { hexNumber, NO_BYTES } from '../base/bytes';
import type { Result } from '../base/result';
import { err, invariant, ok } from '../base/result';
import { checksum, pseudoHeader } from './checksum';
import { PROTOCOL } from './ipv4';
import { formatOptions, readOptions } from './tcp-options';
import type { Field, Issue, Parsed, WireError, WireModule } from './types';

export const HEADER_LENGTH_MIN = 20; // bytes
export const HEADER_LENGTH_MAX = 60; // bytes: 4 bits of 4-byte units
export const SOURCE = 'RFC 9293 section 3.1';

export const TCP_FLAG = { fin: 1, syn: 2, rst: 4, psh: 8, ack: 16, urg: 32, ece: 64, cwr: 128 } as const;

/** A header of zeros, but for its own length: what a cut one is filled up with to be shown. */
export const BLANK = Uint8Array.of(
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
  (HEADER_LENGTH_MIN / 4) << 4,
  0,
  0,
  0,
  0,
  0,
  0,
  0,
);

export interface Tcp {
  readonly srcPort: number;
  readonly dstPort: number;
  readonly seq: number;
  readonly ack: number;
  readonly reserved: number; // 4 bits, zero when sent
  readonly flags: number; // bits of TCP_FLAG
  readonly window: number;
  readonly checksum: number;
  readonly urgentPointer: number;
  readonly options: Uint8Array; // 0 to 40 bytes, a multiple of 4
}

export const headerLength = (header: Tcp): number => HEADER_LENGTH_MIN + header.options.length;

export function parse(frame: Uint8Array, at: number): Result<Parsed<Tcp>, WireError> {
  const have = frame.length - at;
  if (have < HEADER_LENGTH_MIN) return err({ kind: 'truncated', at, need: HEADER_LENGTH_MIN, have });
  const view = new DataView(frame.buffer, frame.byteOffset + at, HEADER_LENGTH_MIN);
  const length = (view.getUint8(12) >>> 4) * 4;
  if (length < HEADER_LENGTH_MIN) {
    const values = { value: length, min: HEADER_LENGTH_MIN };
    return err({
      kind: 'malformed',
      issue: { at: at + 12, length: 1, rule: 'tcp-header-length', source: SOURCE, values },
    });
  }
  if (have < length) return err({ kind: 'truncated', at, need: length, have });
  const header: Tcp = {
    srcPort: view.getUint16(0),
    dstPort: view.getUint16(2),
    seq: view.getUint32(4),
    ack: view.getUint32(8),
    reserved: view.getUint8(12) & 0x0f,
    flags: view.getUint8(13),
    window: view.getUint16(14),
    checksum: view.getUint16(16),
    urgentPointer: view.getUint16(18),
    options: frame.subarray(at + HEADER_LENGTH_MIN, at + length),
  };
  const issues: Issue[] = [];
  if (!readOptions(header.options).complete) {
    const source = 'RFC 9293 section 3.2';
    issues.push({ at: at + HEADER_LENGTH_MIN, length: header.options.length, rule: 'tcp-options', source });
  }
  return ok({ header, payloadAt: at + length, issues });
}

export function serialize(header: Tcp, payload: Uint8Array = NO_BYTES): Uint8Array {
  const length = headerLength(header);
  invariant(length <= HEADER_LENGTH_MAX && length % 4 === 0, `${header.options.length} bytes of options do not fit`);
  invariant(header.reserved >= 0 && header.reserved <= 0x0f, `reserved bits ${header.reserved} do not fit 4 bits`);
  const out = new Uint8Array(length + payload.length);
  const view = new DataView(out.buffer);
  view.setUint16(0, header.srcPort);
  view.setUint16(2, header.dstPort);
  view.setUint32(4, header.seq);
  view.setUint32(8, header.ack);
  view.setUint8(12, ((length / 4) << 4) | header.reserved);
  view.setUint8(13, header.flags);
  view.setUint16(14, header.window);
  view.setUint16(16, header.checksum);
  view.setUint16(18, header.urgentPointer);
  out.set(header.options, HEADER_LENGTH_MIN);
  out.set(payload, length);
  return out;
}

/** The same header with the checksum it should carry before this payload. */
export function withChecksum(header: Tcp, payload: Uint8Array, src: Ipv4, dst: Ipv4): Tcp {
  const bytes = serialize({ ...header, checksum: 0 }, payload);
  return { ...header, checksum: checksum(pseudoHeader(src, dst, PROTOCOL.tcp, bytes.length), bytes) };
}

export function describe(header: Tcp, at: number): readonly Field[] {
  const fields: Field[] = [
    { name: 'tcp.srcport', text: String(header.srcPort), at, length: 2 },
    { name: 'tcp.dstport', text: String(header.dstPort), at: at + 2, length: 2 },
    { name: 'tcp.seq', text: String(header.seq), at: at + 4, length: 4 },
    { name: 'tcp.ack', text: String(header.ack), at: at + 8, length: 4 },
    { name: 'tcp.hdr_len', text: String(headerLength(header)), at: at + 12, length: 1 },
    { name: 'tcp.flags', text: formatFlags(header.flags), at: at + 13, length: 1 },
    { name: 'tcp.window_size', text: String(header.window), at: at + 14, length: 2 },
    { name: 'tcp.checksum', text: hexNumber(header.checksum, 4), at: at + 16, length: 2 },
    { name: 'tcp.urgent_pointer', text: String(header.urgentPointer), at: at + 18, length: 2 },
  ];
  if (header.options.length > 0) {
    const text = formatOptions(header.options);
    fields.push({ name: 'tcp.options', text, at: at + HEADER_LENGTH_MIN, length: header.options.length });
  }
  return fields;
}

/** `SYN, ACK`; lowest bit first; `0x00` if no flag is set. */
export function formatFlags(flags: number): string {
  const names = Object.entries(TCP_FLAG).filter(([, bit]) => (flags & bit) !== 0);
  return names.length === 0 ? '0x00' : names.map(([name]) => name.toUpperCase()).join(', ');
}

({ parse, serialize, describe }) satisfies WireModule<Tcp>;
