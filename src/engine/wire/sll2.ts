/**
 * Linux cooked header, version 2, https://www.tcpdump.org/linktypes/LINKTYPE_LINUX_SLL2.html: what `tcpdump -i any`
 * writes since libpcap 1.10.0 where asked, with the device in it. 20 bytes, big-endian.
 *
 *   offset  bytes  field
 *        0      2  protocol, as in sll.ts
 *        2      2  reserved, zero
 *        4      4  index of the device
 *        8      2  ARPHRD_ type of the device
 *       10      1  packet type, as in sll.ts
 *       11      1  length of the sender's link-layer address
 *       12      8  the address, padded, or its first 8 bytes
 */
import { hexNumber, NO_BYTES } from '../base/bytes';
import type { Result } from '../base/result';
import { err, ok } from '../base/result';
import { senderField } from './sll-address';
import type { Field, Parsed, WireError, WireModule } from './types';

export const HEADER_LENGTH = 20; // bytes
export const SOURCE = 'tcpdump.org LINKTYPE_LINUX_SLL2';

export interface Sll2 {
  readonly protocol: number;
  readonly reserved: number;
  readonly ifIndex: number;
  readonly hardwareType: number; // ARPHRD_
  readonly packetType: number;
  readonly addressLength: number; // bytes, as stated; more than 8 if the address is cut
  readonly address: Uint8Array; // 8 bytes, those behind `addressLength` included
}

export function parse(frame: Uint8Array, at: number): Result<Parsed<Sll2>, WireError> {
  const have = frame.length - at;
  if (have < HEADER_LENGTH) return err({ kind: 'truncated', at, need: HEADER_LENGTH, have });
  const view = new DataView(frame.buffer, frame.byteOffset + at, HEADER_LENGTH);
  const header = {
    protocol: view.getUint16(0),
    reserved: view.getUint16(2),
    ifIndex: view.getUint32(4),
    hardwareType: view.getUint16(8),
    packetType: view.getUint8(10),
    addressLength: view.getUint8(11),
    address: frame.subarray(at + 12, at + 20),
  };
  return ok({ header, payloadAt: at + HEADER_LENGTH, issues: [] });
}

export function serialize(header: Sll2, payload: Uint8Array = NO_BYTES): Uint8Array {
  const out = new Uint8Array(HEADER_LENGTH + payload.length);
  const view = new DataView(out.buffer);
  view.setUint16(0, header.protocol);
  view.setUint16(2, header.reserved);
  view.setUint32(4, header.ifIndex);
  view.setUint16(8, header.hardwareType);
  view.setUint8(10, header.packetType);
  view.setUint8(11, header.addressLength);
  out.set(header.address, 12);
  out.set(payload, HEADER_LENGTH);
  return out;
}

export function describe(header: Sll2, at: number): readonly Field[] {
  return [
    { name: 'sll.etype', text: hexNumber(header.protocol, 4), at, length: 2 },
    { name: 'sll.ifindex', text: String(header.ifIndex), at: at + 4, length: 4 },
    { name: 'sll.hatype', text: String(header.hardwareType), at: at + 8, length: 2 },
    { name: 'sll.pkttype', text: String(header.packetType), at: at + 10, length: 1 },
    { name: 'sll.halen', text: String(header.addressLength), at: at + 11, length: 1 },
    ...senderField(header, at + 12),
  ];
}

({ parse, serialize, describe }) satisfies WireModule<Sll2>;
