/**
 * Forwarding, in the kernel's order: TTL, MTU, TTL down by one, redirect, FORWARD, then out.
 * Source: Linux net/ipv4/ip_forward.c (ip_forward, ip_forward_finish).
 */
import { contains, prefixOf } from '../addr/prefix';
import type { Device } from '../net/device';
import { lookup } from '../net/fib';
import { mtuOf, type Route } from '../net/route';
import { update16 } from '../wire/checksum';
import {
  fragmentationNeeded,
  ICMP_TYPE,
  error as icmpError,
  REDIRECT_CODE,
  redirect,
  TIME_EXCEEDED_CODE,
} from '../wire/icmp';
import { type Ipv4Header, PROTOCOL } from '../wire/ipv4';
import { nextHopOf } from './addresses';
import { sendIcmpError } from './icmp-error';
import { finishOutput } from './ip-output';
import { runHook } from './netfilter';
import type { Run } from './run';
import type { Packet } from './world';

export function forwardPacket(run: Run, host: string, inDevice: Device, packet: Packet, route: Route): void {
  const { header } = packet;
  const dev = route.dev ?? '';
  const out = run.device(host, dev);
  if (out === null) return;
  if (header.ttl <= 1) {
    run.note({
      kind: 'dropped',
      host,
      packet: packet.id,
      dev: inDevice.name,
      reason: { kind: 'ttl-expired', ttl: header.ttl },
      header,
    });
    run.count(host, 'IpInHdrErrors');
    sendIcmpError(run, host, packet, icmpError(ICMP_TYPE.timeExceeded, TIME_EXCEEDED_CODE.ttl));
    return;
  }
  const packetBytes = header.totalLength;
  const isCutByDevice = out.txChecksumOffload && header.protocol === PROTOCOL.tcp;
  const mtuBytes = mtuOf(route, out.mtuBytes);
  const tooBig = packetBytes > mtuBytes && !isCutByDevice;
  run.note({ kind: 'mtu-checked', host, packet: packet.id, dev, packetBytes, mtuBytes, df: header.df });
  if (tooBig && header.df) {
    const reason = { kind: 'too-big', packetBytes, mtuBytes } as const;
    run.note({ kind: 'dropped', host, packet: packet.id, dev, reason, header });
    run.count(host, 'IpFragFails');
    sendIcmpError(run, host, packet, fragmentationNeeded(mtuBytes));
    return;
  }
  const lowered = lowerTtl(header);
  run.note({ kind: 'ttl-lowered', host, packet: packet.id, before: header, after: lowered });
  const forwarded = { ...packet, header: lowered };
  if (out.name === inDevice.name) sendRedirect(run, host, inDevice, forwarded, route);
  run.count(host, 'IpForwDatagrams');
  const passed = runHook(run, host, 'FORWARD', forwarded, { inDev: inDevice.name, outDev: dev });
  if (passed === null) return;
  const nextHop = nextHopOf(run.host(host).host, route, passed.header.dst);
  finishOutput(run, host, passed, out, nextHop, { mtuBytes, byProcess: false });
}

/** ip_decrease_ttl: TTL less one, and the checksum by RFC 1624 section 3, which for TTL means + 0x0100 with end-around carry. */
export function lowerTtl(header: Ipv4Header): Ipv4Header {
  const word = (ttl: number): number => ttl * 256 + header.protocol; // TTL and protocol share one 16-bit word
  return {
    ...header,
    ttl: header.ttl - 1,
    checksum: update16(header.checksum, word(header.ttl), word(header.ttl - 1)),
  };
}

/**
 * A packet that leaves by the device it came in by could have gone to the next hop directly. The sender is told, but only
 * if it is itself on that link, since nobody else could act on it (__mkroute_input: fib_validate_source > 0).
 */
function sendRedirect(run: Run, host: string, device: Device, packet: Packet, route: Route): void {
  const { host: config } = run.host(host);
  const back = lookup(config.routes, packet.header.src);
  const gateway = nextHopOf(config, route, packet.header.dst);
  const onLink = device.addresses.some(({ ip, prefixLen }) => contains(prefixOf(ip, prefixLen), gateway));
  if (back === null || back.via !== null || back.dev !== device.name || !onLink) return;
  sendIcmpError(run, host, packet, redirect(REDIRECT_CODE.host, gateway));
}
