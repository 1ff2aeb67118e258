/**
 * A packet for this host: reassembly, INPUT, then the protocol it carries.
 * Order after Linux net/ipv4/ip_input.c (ip_local_deliver, ip_local_deliver_finish) and icmp.c (icmp_rcv).
 */
import type { Device } from '../net/device';
import * as icmp from '../wire/icmp';
import * as ipv4 from '../wire/ipv4';
import { reassemble } from './fragments';
import { sendIcmpError } from './icmp-error';
import { sendIp } from './ip-output';
import { runHook } from './netfilter';
import { hearError, hearReply } from './processes/process';
import { receiveTcp } from './processes/tcp';
import { receiveUdp } from './processes/udp';
import type { Run } from './run';
import { receiveIpip } from './tunnel';
import type { Packet } from './world';

export function deliverLocally(run: Run, host: string, device: Device, arrived: Packet): void {
  const whole = ipv4.isFragment(arrived.header) ? reassemble(run, host, arrived) : arrived;
  if (whole === null) return;
  const packet = runHook(run, host, 'INPUT', whole, { inDev: device.name, outDev: null });
  if (packet === null) return;
  switch (packet.header.protocol) {
    case ipv4.PROTOCOL.icmp:
      receiveIcmp(run, host, packet);
      return;
    case ipv4.PROTOCOL.udp:
      receiveUdp(run, host, packet);
      return;
    case ipv4.PROTOCOL.tcp:
      receiveTcp(run, host, packet);
      return;
    case ipv4.PROTOCOL.ipip:
      receiveIpip(run, host, packet);
      return;
    default:
      run.note({ kind: 'delivered', host, packet: packet.id, to: 'ip', header: packet.header });
      sendIcmpError(
        run,
        host,
        packet,
        icmp.error(icmp.ICMP_TYPE.destinationUnreachable, icmp.UNREACHABLE_CODE.protocol),
      );
  }
}

function receiveIcmp(run: Run, host: string, packet: Packet): void {
  const parsed = icmp.parse(packet.payload, 0);
  if (!parsed.ok) return;
  const message = parsed.value.header;
  const data = packet.payload.subarray(parsed.value.payloadAt);
  if (message.type === icmp.ICMP_TYPE.echoRequest) {
    run.note({ kind: 'delivered', host, packet: packet.id, to: 'icmp-echo', header: packet.header });
    sendEchoReply(run, host, packet, message, data);
  } else if (message.type === icmp.ICMP_TYPE.echoReply) hearReply(run, host, packet, message);
  else if (icmp.isError(message)) {
    learnPathMtu(run, host, packet, message, data);
    hearError(run, host, packet, { from: packet.header.src, ...message }, data);
  }
}

/** Answers an echo request: addresses turned round, same TOS, identifier, sequence number and data; DF clear; TTL 64 (icmp_reply). */
function sendEchoReply(run: Run, host: string, request: Packet, message: icmp.Icmp, data: Uint8Array): void {
  sendIp(run, host, {
    what: { kind: 'echo-reply', seq: icmp.sequenceOf(message) ?? 0 },
    cause: request.id,
    src: request.header.dst,
    dst: request.header.src,
    protocol: ipv4.PROTOCOL.icmp,
    ttl: 64,
    tos: request.header.dscpEcn,
    pmtu: 'dont',
    id: 'draw',
    purpose: 'answer',
    payload: () => {
      const reply = { ...message, type: icmp.ICMP_TYPE.echoReply };
      return icmp.serialize(icmp.withChecksum(reply, data), data);
    },
  });
}

/** 3/4 tells the largest packet that fits on the way (RFC 1191 section 6.3; Linux keeps it 600 s). */
function learnPathMtu(run: Run, host: string, packet: Packet, message: icmp.Icmp, quote: Uint8Array): void {
  const mtuBytes = icmp.mtuOf(message);
  const quoted = ipv4.parse(quote, 0);
  if (mtuBytes === null || mtuBytes === 0 || !quoted.ok) return;
  const { dst } = quoted.value.header;
  run.update(host, { pathMtus: new Map(run.host(host).pathMtus).set(dst, mtuBytes) });
  run.note({ kind: 'path-mtu-learned', host, packet: packet.id, dst, mtuBytes });
}
