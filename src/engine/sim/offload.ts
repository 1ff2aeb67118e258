/**
 * Checksums left to the device (CHECKSUM_PARTIAL): the stack writes only the sum of the pseudo-header, and that is what
 * tcpdump shows. ICMP is always summed in software. Source: Linux net/ipv4/tcp_ipv4.c (__tcp_v4_send_check),
 * net/core/dev.c (skb_checksum_help).
 */
import type { Ipv4 } from '../addr/ipv4';
import { checksum, pseudoHeader } from '../wire/checksum';
import { type Ipv4Header, PROTOCOL } from '../wire/ipv4';

/** Where in the transport header the checksum is, in bytes. */
const CHECKSUM_AT: Readonly<Record<number, number | undefined>> = { [PROTOCOL.tcp]: 16, [PROTOCOL.udp]: 6 };

const partialSum = (src: Ipv4, dst: Ipv4, protocol: number, length: number): number =>
  ~checksum(pseudoHeader(src, dst, protocol, length)) & 0xffff;

export function withPartialChecksum(payload: Uint8Array, protocol: number, src: Ipv4, dst: Ipv4): Uint8Array {
  const at = CHECKSUM_AT[protocol];
  if (at === undefined) return payload;
  const out = payload.slice();
  new DataView(out.buffer).setUint16(at, partialSum(src, dst, protocol, payload.length));
  return out;
}

/** The same payload if its sum is not a partial one. */
export function withFullChecksum({ protocol, src, dst, fragmentOffset }: Ipv4Header, payload: Uint8Array): Uint8Array {
  const at = CHECKSUM_AT[protocol];
  if (at === undefined || fragmentOffset > 0 || payload.length < at + 2) return payload;
  const view = new DataView(payload.buffer, payload.byteOffset, payload.length);
  if (view.getUint16(at) !== partialSum(src, dst, protocol, payload.length)) return payload;
  const out = payload.slice();
  const sum = new DataView(out.buffer);
  sum.setUint16(at, 0);
  sum.setUint16(at, checksum(pseudoHeader(src, dst, protocol, out.length), out));
  return out;
}
