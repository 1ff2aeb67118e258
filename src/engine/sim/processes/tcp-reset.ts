/** A TCP segment that ends a connection, or says that there is none: RFC 9293 section 3.10.7.1. */
import { NO_BYTES } from '../../base/bytes';
import { PROTOCOL } from '../../wire/ipv4';
import * as tcp from '../../wire/tcp';
import { sendIp } from '../ip-output';
import type { Run } from '../run';
import type { Packet } from '../world';

const { syn, ack, fin, rst } = tcp.TCP_FLAG;

/**
 * A firewall's reset for a segment it refuses, in the name of whoever was to get it; none for a reset.
 * Source: Linux net/ipv4/netfilter/nf_reject_ipv4.c, nf_send_reset.
 */
export function resetWith(run: Run, host: string, about: Packet): void {
  const parsed = tcp.parse(about.payload, 0);
  if (!parsed.ok || (parsed.value.header.flags & rst) !== 0) return;
  sendReset(run, host, about, parsed.value.header, about.payload.length - parsed.value.payloadAt);
}

/** Nothing listens, or no such connection. */
export function sendReset(run: Run, host: string, packet: Packet, segment: tcp.Tcp, dataBytes: number): void {
  const { src, dst } = packet.header;
  const acked = (segment.flags & ack) !== 0;
  const occupies = dataBytes + ((segment.flags & (syn | fin)) === 0 ? 0 : 1);
  const header: tcp.Tcp = {
    srcPort: segment.dstPort,
    dstPort: segment.srcPort,
    seq: acked ? segment.ack : 0,
    ack: acked ? 0 : (segment.seq + occupies) >>> 0,
    reserved: 0,
    flags: acked ? rst : rst | ack,
    window: 0,
    checksum: 0,
    urgentPointer: 0,
    options: NO_BYTES,
  };
  sendIp(run, host, {
    what: { kind: 'tcp', flags: tcp.formatFlags(header.flags), payloadBytes: 0 },
    cause: packet.id,
    src: dst,
    dst: src,
    protocol: PROTOCOL.tcp,
    ttl: 64,
    tos: 0,
    pmtu: 'want',
    id: 0,
    purpose: 'answer',
    summed: true,
    payload: (from) => tcp.serialize(tcp.withChecksum(header, NO_BYTES, from, src)),
  });
}
