/**
 * A packet for this host: reassembly, INPUT, then the protocol it carries.
 * Order after Linux net/ipv4/ip_input.c (ip_local_deliver, ip_local_deliver_finish) and icmp.c (icmp_rcv).
 */
import { concat } from '../base/bytes';
import type { Device } from '../net/device';
import * as icmp from '../wire/icmp';
import * as ipv4 from '../wire/ipv4';
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

/** Keeps a fragment until its datagram is whole (RFC 791 section 3.2); null while parts are missing. */
function reassemble(run: Run, host: string, part: Packet): Packet | null {
  const { fragments } = run.host(host);
  const same = ({ header }: Packet): boolean =>
    header.src === part.header.src &&
    header.dst === part.header.dst &&
    header.id === part.header.id &&
    header.protocol === part.header.protocol;
  const parts = [...fragments.filter(same), part].sort((a, b) => a.header.fragmentOffset - b.header.fragmentOffset);
  const others = fragments.filter((fragment) => !same(fragment));
  let reached = 0;
  for (const { header, payload } of parts) if (header.fragmentOffset === reached) reached += payload.length;
  const last = parts.find(({ header }) => !header.mf);
  const first = parts[0];
  const whole =
    last !== undefined && first !== undefined && reached === last.header.fragmentOffset + last.payload.length;
  run.update(host, { fragments: whole ? others : [...others, ...parts] });
  if (!whole) return null;
  const payload = concat(...parts.map((fragment) => fragment.payload));
  const header = ipv4.withChecksum({
    ...first.header,
    mf: false,
    totalLength: ipv4.headerLength(first.header) + payload.length,
  });
  const id = run.world.carries.get(first.id) ?? first.id; // it is the packet that was cut up
  run.note({ kind: 'reassembled', host, packet: id, from: parts.map((fragment) => fragment.id) });
  return { id, header, payload, inDev: part.inDev };
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
