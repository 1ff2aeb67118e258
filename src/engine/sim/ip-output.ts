/**
 * IPv4 packets on their way out: made here or forwarded. Source, header, OUTPUT, POSTROUTING, fragments, next hop.
 * Order after Linux net/ipv4/ip_output.c (ip_queue_xmit, ip_output, ip_finish_output, ip_do_fragment).
 */
import type { Ipv4 } from '../addr/ipv4';
import { ZERO_MAC } from '../addr/mac';
import { NO_BYTES } from '../base/bytes';
import type { Device } from '../net/device';
import { mtuOf, type Route } from '../net/route';
import { HEADER_LENGTH_MIN, type Ipv4Header, PROTOCOL, withChecksum } from '../wire/ipv4';
import { nextHopOf, routeFor, sourceFor } from './addresses';
import type { DropReason } from './drop';
import type { PacketId, PacketKind } from './event';
import { cut, sizeItCameIn } from './fragments';
import { CABLE_US, transmit } from './link';
import { sendToNeighbour } from './neighbours';
import { runHook } from './netfilter';
import { nextIpId } from './next-draw';
import { withPartialChecksum } from './offload';
import type { Run } from './run';
import type { Packet } from './world';

/** What a sender asks for. `pmtu` is Linux's IP_MTU_DISCOVER: do = never fragment, want = DF unless too big, dont = no DF. */
export interface Outgoing {
  readonly what: PacketKind;
  readonly cause: PacketId | null;
  readonly src: Ipv4 | null; // null = as the route says
  readonly dst: Ipv4;
  readonly protocol: number;
  readonly ttl: number;
  readonly tos: number;
  readonly pmtu: 'do' | 'want' | 'dont';
  readonly id: number | 'draw';
  readonly purpose: 'send' | 'answer';
  /** The stack sums it itself, whatever the device offers: TCP resets (ip_send_unicast_reply). */
  readonly summed?: boolean;
  /** Transport header and data; the source address is known by then. */
  readonly payload: (src: Ipv4) => Uint8Array;
}

/** Why nothing was sent: the error a process gets from its socket. */
export type SendError =
  | { readonly kind: 'net-unreachable' }
  | { readonly kind: 'host-unreachable' }
  | { readonly kind: 'prohibited' }
  | { readonly kind: 'invalid' }
  | { readonly kind: 'message-too-long'; readonly mtuBytes: number };

/** Makes a packet and sends it. Returns why not, or null. */
export function sendIp(run: Run, host: string, wanted: Outgoing): SendError | null {
  const { host: config, pathMtus } = run.host(host);
  const { table, route } = routeFor(config, wanted.dst);
  const refused = refusal(route);
  const out = route?.dev == null ? null : run.device(host, route.dev);
  const src = wanted.src ?? (route === null ? null : sourceFor(config, route, wanted.dst));
  const id = run.newPacket();
  if (refused !== null || out === null || src === null || route === null) {
    run.note({ kind: 'packet-made', host, packet: id, what: wanted.what, cause: wanted.cause, header: null });
    run.note({
      kind: 'route-looked-up',
      host,
      packet: id,
      dst: wanted.dst,
      purpose: wanted.purpose,
      table,
      route,
      inDev: null,
    });
    const { error, reason } = refused ?? NO_ROUTE;
    run.note({ kind: 'dropped', host, packet: id, dev: null, reason: reasonFor(reason, wanted.dst), header: null });
    return error;
  }
  const full = wanted.payload(src);
  const totalLength = HEADER_LENGTH_MIN + full.length;
  const ownMtu = mtuOf(route, out.mtuBytes);
  const mtuBytes = Math.min(ownMtu, pathMtus.get(wanted.dst) ?? ownMtu);
  const fits = totalLength <= mtuBytes || isCutByDevice(out, wanted.protocol);
  const offloaded = out.txChecksumOffload && fits && wanted.summed !== true;
  const payload = offloaded ? withPartialChecksum(full, wanted.protocol, src, wanted.dst) : full;
  const header = headerOf(run, host, wanted, src, totalLength, wanted.pmtu !== 'dont' && fits);
  const packet: Packet = { id, header, payload, inDev: null };
  run.note({ kind: 'packet-made', host, packet: id, what: wanted.what, cause: wanted.cause, header });
  run.note({
    kind: 'route-looked-up',
    host,
    packet: id,
    dst: wanted.dst,
    purpose: wanted.purpose,
    table,
    route,
    inDev: null,
  });
  if (!fits && wanted.pmtu === 'do') {
    const reason = { kind: 'too-big', packetBytes: totalLength, mtuBytes } as const;
    run.note({ kind: 'dropped', host, packet: id, dev: out.name, reason, header });
    return { kind: 'message-too-long', mtuBytes };
  }
  const passed = runHook(run, host, 'OUTPUT', packet, { inDev: null, outDev: out.name });
  // A tunnel's own packets are sent on behalf of whoever sent the packet inside.
  const byProcess = wanted.purpose === 'send' && wanted.what.kind !== 'tunnel';
  if (passed !== null) rerouted(run, host, passed, packet, out, route, { mtuBytes, byProcess });
  return null;
}

/** Devices with offload take TCP segments larger than their MTU and cut them themselves (TSO); nothing else. */
const isCutByDevice = (out: Device, protocol: number): boolean => out.txChecksumOffload && protocol === PROTOCOL.tcp;

/** OUTPUT may have changed the destination (DNAT): then the routing decision is made again (ip_route_me_harder). */
function rerouted(run: Run, host: string, passed: Packet, before: Packet, out: Device, route: Route, how: How): void {
  const { dst } = passed.header;
  if (dst === before.header.dst) {
    const device = route.type === 'local' ? loopbackOf(run, host, out) : out;
    finishOutput(run, host, passed, device, nextHopOf(run.host(host).host, route, dst), how);
    return;
  }
  const { host: config } = run.host(host);
  const again = routeFor(config, dst).route;
  const device = again?.dev == null ? null : run.device(host, again.dev);
  if (again !== null && device !== null) finishOutput(run, host, passed, device, nextHopOf(config, again, dst));
}

const loopbackOf = (run: Run, host: string, other: Device): Device =>
  run.host(host).host.devices.find((device) => device.link.kind === 'loopback') ?? other;

function headerOf(run: Run, host: string, wanted: Outgoing, src: Ipv4, totalLength: number, df: boolean): Ipv4Header {
  return withChecksum({
    dscpEcn: wanted.tos,
    totalLength,
    id: wanted.id === 'draw' ? nextIpId(run, host) : wanted.id,
    reservedFlag: false,
    df,
    mf: false,
    fragmentOffset: 0,
    ttl: wanted.ttl,
    protocol: wanted.protocol,
    checksum: 0,
    src,
    dst: wanted.dst,
    options: NO_BYTES,
  });
}

type Refused = {
  readonly error: SendError;
  readonly reason: 'no-route' | 'blackhole-route' | 'prohibit-route' | 'unreachable-route';
};
const NO_ROUTE: Refused = { error: { kind: 'net-unreachable' }, reason: 'no-route' };
const reasonFor = (kind: Refused['reason'], dst: Ipv4): DropReason => ({ kind, dst });

/** The socket error a route that refuses gives to local senders (net/ipv4/fib_semantics.c, fib_props). */
function refusal(route: Route | null): Refused | null {
  switch (route?.type) {
    case 'blackhole':
      return { error: { kind: 'invalid' }, reason: 'blackhole-route' };
    case 'prohibit':
      return { error: { kind: 'prohibited' }, reason: 'prohibit-route' };
    case 'unreachable':
      return { error: { kind: 'host-unreachable' }, reason: 'unreachable-route' };
    default:
      return null;
  }
}

/** The largest packet, where that is not the device's MTU; and whether a program sends, not the stack in answer to a packet. */
interface How {
  readonly mtuBytes: number;
  readonly byProcess: boolean;
}

/** POSTROUTING, then fragments where the device's MTU asks for them, then the next hop. */
export function finishOutput(
  run: Run,
  host: string,
  packet: Packet,
  out: Device,
  nextHop: Ipv4,
  { mtuBytes, byProcess }: How = { mtuBytes: out.mtuBytes, byProcess: false },
): void {
  const passed = runHook(run, host, 'POSTROUTING', packet, { inDev: null, outDev: out.name });
  if (passed === null) return;
  const largestBytes = Math.min(mtuBytes, sizeItCameIn(run, host, packet.id) ?? mtuBytes);
  if (passed.header.totalLength <= largestBytes || isCutByDevice(out, passed.header.protocol)) {
    toNextHop(run, host, out, nextHop, passed);
    return;
  }
  const parts = cut(run, passed, largestBytes);
  run.note({ kind: 'fragmented', host, packet: passed.id, dev: out.name, into: parts.map((part) => part.id) });
  for (const part of parts) run.carry(part.id, passed.id);
  sendParts(run, { host, dev: out.name, nextHop, of: passed.id, parts, byProcess });
}

/** Parts of a packet that still have to be sent. */
export interface Parts {
  readonly host: string;
  readonly dev: string;
  readonly nextHop: Ipv4;
  readonly of: PacketId;
  readonly parts: readonly Packet[];
  readonly byProcess: boolean;
}

/**
 * In a stack that answers, parts leave one behind the other. Where a program sends, the kernel takes in what a part sets
 * off before it goes on to the next: softirqs run as soon as the device has the frame (__dev_queue_xmit, local_bh_enable).
 */
export function sendParts(run: Run, waiting: Parts): void {
  const { host, dev, nextHop, of, parts, byProcess } = waiting;
  const out = run.device(host, dev);
  if (out === null) return;
  if (byProcess && run.isFrameUnderWay()) {
    run.later(CABLE_US, { kind: 'send-parts', waiting });
    return;
  }
  const now = byProcess ? parts.slice(0, 1) : parts;
  for (const part of now) {
    const { header } = part;
    const what = { kind: 'fragment', offsetBytes: header.fragmentOffset, more: header.mf } as const;
    run.note({ kind: 'packet-made', host, packet: part.id, what, cause: of, header });
    toNextHop(run, host, out, nextHop, part);
  }
  if (now.length < parts.length)
    run.later(CABLE_US, { kind: 'send-parts', waiting: { ...waiting, parts: parts.slice(now.length) } });
}

/** Tunnels without a link layer and the loopback device know no neighbours. */
function toNextHop(run: Run, host: string, out: Device, nextHop: Ipv4, packet: Packet): void {
  if (out.link.kind !== 'loopback' && out.link.kind !== 'ipip') {
    sendToNeighbour(run, host, out, nextHop, packet);
    return;
  }
  const body = { kind: 'ipv4', header: packet.header, payload: packet.payload } as const;
  transmit(run, host, out, packet.id, { dst: ZERO_MAC, src: ZERO_MAC, body });
}
