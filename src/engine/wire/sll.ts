/**
 * Linux cooked header, version 1, https://www.tcpdump.org/linktypes/LINKTYPE_LINUX_SLL.html: what `tcpdump -i any` puts
 * in place of the link-layer header. 16 bytes, big-endian. See sll2.ts for version 2.
 *
 *   offset  bytes  field
 *        0      2  packet type: 0 to us, 1 broadcast, 2 multicast, 3 to somebody else, 4 sent by us
 *        2      2  ARPHRD_ type of the device
 *        4      2  length of the sender's link-layer address
 *        6      8  the address, padded with whatever stood there, or its first 8 bytes
 *       14      2  protocol: an EtherType, or for some ARPHRD_ types and below 0x0600 something else
 *
 * The receiver's address is not in it: to know it, capture on the device itself.
 */
import { hexNumber, NO_BYTES } from '../base/bytes';
import type { Result } from '../base/result';
import { err, ok } from '../base/result';
import { senderField } from './sll-address';
import type { Field, Parsed, WireError, WireModule } from './types';

export const HEADER_LENGTH = 16; // bytes
export const SOURCE = 'tcpdump.org LINKTYPE_LINUX_SLL';

export interface Sll {
  readonly packetType: number;
  readonly hardwareType: number; // ARPHRD_
  readonly addressLength: number; // bytes, as stated; more than 8 if the address is cut
  readonly address: Uint8Array; // 8 bytes, those behind `addressLength` included
  readonly protocol: number;
}

export function parse(frame: Uint8Array, at: number): Result<Parsed<Sll>, WireError> {
  const have = frame.length - at;
  if (have < HEADER_LENGTH) return err({ kind: 'truncated', at, need: HEADER_LENGTH, have });
  const view = new DataView(frame.buffer, frame.byteOffset + at, HEADER_LENGTH);
  const header = {
    packetType: view.getUint16(0),
    hardwareType: view.getUint16(2),
    addressLength: view.getUint16(4),
    address: frame.subarray(at + 6, at + 14),
    protocol: view.getUint16(14),
  };
  return ok({ header, payloadAt: at + HEADER_LENGTH, issues: [] });
}

export function serialize(header: Sll, payload: Uint8Array = NO_BYTES): Uint8Array {
  const out = new Uint8Array(HEADER_LENGTH + payload.length);
  const view = new DataView(out.buffer);
  view.setUint16(0, header.packetType);
  view.setUint16(2, header.hardwareType);
  view.setUint16(4, header.addressLength);
  out.set(header.address, 6);
  view.setUint16(14, header.protocol);
  out.set(payload, HEADER_LENGTH);
  return out;
}

export function describe(header: Sll, at: number): readonly Field[] {
  return [
    { name: 'sll.pkttype', text: String(header.packetType), at, length: 2 },
    { name: 'sll.hatype', text: String(header.hardwareType), at: at + 2, length: 2 },
    { name: 'sll.halen', text: String(header.addressLength), at: at + 4, length: 2 },
    ...senderField(header, at + 6),
    { name: 'sll.etype', text: hexNumber(header.protocol, 4), at: at + 14, length: 2 },
  ];
}

({ parse, serialize, describe }) satisfies WireModule<Sll>;
