/**
 * ARP packet for IPv4 over Ethernet, RFC 826 ("Packet format"). 28 bytes, big-endian.
 *
 *   offset  bytes  field
 *        0      2  hardware type; 1 = Ethernet
 *        2      2  protocol type; 0x0800 = IPv4
 *        4      1  hardware address length; 6
 *        5      1  protocol address length; 4
 *        6      2  operation; 1 = request, 2 = reply
 *        8      6  sender hardware address
 *       14      4  sender protocol address
 *       18      6  target hardware address; no meaning in a request, Linux sends zeros
 *       24      4  target protocol address
 *
 * ARP for other hardware or protocols is named, not read: its addresses lie elsewhere.
 */
import type { Ipv4 } from '../addr/ipv4';
import { formatIpv4, ipv4FromBytes } from '../addr/ipv4';
import type { Mac } from '../addr/mac';
import { macFromBytes, macToBytes } from '../addr/mac';
import { hexNumber, NO_BYTES } from '../base/bytes';
import type { Result } from '../base/result';
import { err, ok } from '../base/result';
import type { Field, Issue, Parsed, WireError, WireModule } from './types';

export const PACKET_LENGTH = 28; // bytes
export const SOURCE = 'RFC 826';

const HARDWARE_ETHERNET = 1;
const PROTOCOL_IPV4 = 0x0800;
const HARDWARE_SIZE = 6; // bytes
const PROTOCOL_SIZE = 4; // bytes

export const ARP_OPERATION = { request: 1, reply: 2 } as const;

export interface Arp {
  readonly operation: number;
  readonly senderMac: Mac;
  readonly senderIp: Ipv4;
  readonly targetMac: Mac;
  readonly targetIp: Ipv4;
}

export function parse(frame: Uint8Array, at: number): Result<Parsed<Arp>, WireError> {
  const have = frame.length - at;
  if (have >= 6) {
    const issue = foreign(new DataView(frame.buffer, frame.byteOffset + at, 6), at);
    if (issue !== null) return err({ kind: 'malformed', issue });
  }
  if (have < PACKET_LENGTH) return err({ kind: 'truncated', at, need: PACKET_LENGTH, have });
  const header = {
    operation: new DataView(frame.buffer, frame.byteOffset + at, PACKET_LENGTH).getUint16(6),
    senderMac: macFromBytes(frame, at + 8),
    senderIp: ipv4FromBytes(frame, at + 14),
    targetMac: macFromBytes(frame, at + 18),
    targetIp: ipv4FromBytes(frame, at + 24),
  };
  return ok({ header, payloadAt: at + PACKET_LENGTH, issues: [] });
}

/** What makes this ARP one for something else than IPv4 over Ethernet. */
function foreign(view: DataView, at: number): Issue | null {
  const hardware = view.getUint16(0);
  if (hardware !== HARDWARE_ETHERNET) {
    return { at, length: 2, rule: 'arp-hardware-type', source: SOURCE, values: { value: hardware } };
  }
  const protocol = view.getUint16(2);
  if (protocol !== PROTOCOL_IPV4) {
    const values = { value: hexNumber(protocol, 4) };
    return { at: at + 2, length: 2, rule: 'arp-protocol-type', source: SOURCE, values };
  }
  const sizes = { hardware: view.getUint8(4), protocol: view.getUint8(5) };
  if (sizes.hardware !== HARDWARE_SIZE || sizes.protocol !== PROTOCOL_SIZE) {
    return { at: at + 4, length: 2, rule: 'arp-address-sizes', source: SOURCE, values: sizes };
  }
  return null;
}

export function serialize(header: Arp, payload: Uint8Array = NO_BYTES): Uint8Array {
  const out = new Uint8Array(PACKET_LENGTH + payload.length);
  const view = new DataView(out.buffer);
  view.setUint16(0, HARDWARE_ETHERNET);
  view.setUint16(2, PROTOCOL_IPV4);
  view.setUint8(4, HARDWARE_SIZE);
  view.setUint8(5, PROTOCOL_SIZE);
  view.setUint16(6, header.operation);
  out.set(macToBytes(header.senderMac), 8);
  view.setUint32(14, header.senderIp);
  out.set(macToBytes(header.targetMac), 18);
  view.setUint32(24, header.targetIp);
  out.set(payload, PACKET_LENGTH);
  return out;
}

export function describe(header: Arp, at: number): readonly Field[] {
  return [
    { name: 'arp.hw.type', text: String(HARDWARE_ETHERNET), at, length: 2 },
    { name: 'arp.proto.type', text: hexNumber(PROTOCOL_IPV4, 4), at: at + 2, length: 2 },
    { name: 'arp.hw.size', text: String(HARDWARE_SIZE), at: at + 4, length: 1 },
    { name: 'arp.proto.size', text: String(PROTOCOL_SIZE), at: at + 5, length: 1 },
    { name: 'arp.opcode', text: String(header.operation), at: at + 6, length: 2 },
    { name: 'arp.src.hw_mac', text: header.senderMac, at: at + 8, length: 6 },
    { name: 'arp.src.proto_ipv4', text: formatIpv4(header.senderIp), at: at + 14, length: 4 },
    { name: 'arp.dst.hw_mac', text: header.targetMac, at: at + 18, length: 6 },
    { name: 'arp.dst.proto_ipv4', text: formatIpv4(header.targetIp), at: at + 24, length: 4 },
  ];
}

({ parse, serialize, describe }) satisfies WireModule<Arp>;
