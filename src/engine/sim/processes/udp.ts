/** UDP as a host answers it: a tunnel's port, a service that echoes, or port unreachable. RFC 768, RFC 1122 section 4.1.3.1. */
import { error, ICMP_TYPE, UNREACHABLE_CODE } from '../../wire/icmp';
import { PROTOCOL } from '../../wire/ipv4';
import * as udp from '../../wire/udp';
import { sendIcmpError } from '../icmp-error';
import { sendIp } from '../ip-output';
import type { Run } from '../run';
import { receiveVxlan } from '../tunnel';
import type { Packet } from '../world';
import { hearDatagram } from './process';

export function receiveUdp(run: Run, host: string, packet: Packet): void {
  const parsed = udp.parse(packet.payload, 0);
  if (!parsed.ok) return;
  const { srcPort, dstPort } = parsed.value.header;
  const data = packet.payload.subarray(parsed.value.payloadAt);
  if (receiveVxlan(run, host, packet, dstPort, data)) return;
  if (hearDatagram(run, host, packet, parsed.value.header, data.length)) return;
  const listener = run.host(host).host.listeners.find(({ protocol, port }) => protocol === 'udp' && port === dstPort);
  if (listener === undefined) {
    const reason = { kind: 'no-listener', protocol: 'udp', port: dstPort } as const;
    run.note({ kind: 'dropped', host, packet: packet.id, dev: null, reason, header: packet.header });
    sendIcmpError(run, host, packet, error(ICMP_TYPE.destinationUnreachable, UNREACHABLE_CODE.port));
    return;
  }
  run.note({ kind: 'delivered', host, packet: packet.id, to: 'udp', header: packet.header });
  if (listener.protocol === 'udp' && listener.echo) answer(run, host, packet, dstPort, srcPort, data);
}

function answer(run: Run, host: string, request: Packet, srcPort: number, dstPort: number, data: Uint8Array): void {
  const { src, dst } = request.header;
  sendIp(run, host, {
    what: { kind: 'udp', srcPort, dstPort },
    cause: request.id,
    src: dst,
    dst: src,
    protocol: PROTOCOL.udp,
    ttl: 64,
    tos: 0,
    pmtu: 'want',
    id: 'draw',
    purpose: 'answer',
    payload: (from) => {
      const header = { srcPort, dstPort, length: udp.HEADER_LENGTH + data.length, checksum: 0 };
      return udp.serialize(udp.withChecksum(header, data, from, src), data);
    },
  });
}
