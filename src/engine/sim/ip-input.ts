/**
 * An IPv4 packet enters a host's stack: PREROUTING, the routing decision with its checks, then deliver or forward.
 * Order after Linux net/ipv4/ip_input.c (ip_rcv, ip_rcv_finish) and route.c (ip_route_input_slow, __mkroute_input).
 */
import type { Device } from '../net/device';
import type { Route } from '../net/route';
import type { Host } from '../topology/topology';
import { headerChecksum, isFragment } from '../wire/ipv4';
import { isLocal, routeFor, sourceCheck } from './addresses';
import type { DropReason } from './drop';
import { reassemble } from './fragments';
import { routeError } from './icmp-error';
import { forwardPacket } from './ip-forward';
import { deliverLocally } from './ip-local';
import { runHook, tracksConnections } from './netfilter';
import type { Run } from './run';
import type { Packet } from './world';

export function ipInput(run: Run, host: string, device: Device, arrived: Packet): void {
  if (headerChecksum(arrived.header) !== arrived.header.checksum) {
    drop(run, host, device, arrived, { kind: 'bad-checksum' });
    return;
  }
  const tracked = isFragment(arrived.header) && tracksConnections(run.host(host).host.netfilter);
  const whole = tracked ? reassemble(run, host, arrived) : arrived;
  if (whole === null) return;
  const hooked =
    whole.prerouted === true ? whole : runHook(run, host, 'PREROUTING', whole, { inDev: device.name, outDev: null });
  if (hooked === null) return;
  const { host: config } = run.host(host);
  const { table, route } = routeFor(config, hooked.header.dst);
  run.note({
    kind: 'route-looked-up',
    host,
    packet: hooked.id,
    dst: hooked.header.dst,
    purpose: 'receive',
    table,
    route,
    inDev: device.name,
  });
  if (device.link.kind !== 'loopback' && isLocal(config, hooked.header.src)) {
    drop(run, host, device, hooked, { kind: 'martian-source', src: hooked.header.src, dev: device.name });
    return;
  }
  if (route?.type === 'local' || route?.type === 'broadcast') {
    if (sourcePasses(run, host, device, hooked)) deliverLocally(run, host, device, hooked);
    return;
  }
  decideForward(run, host, device, hooked, route);
}

/** Not for us. Without forwarding nothing is said to anyone; without a route the sender is told. */
function decideForward(run: Run, host: string, device: Device, packet: Packet, route: Route | null): void {
  const { dst } = packet.header;
  const on = forwardingOn(run.host(host).host, device.name);
  run.note({ kind: 'forwarding-checked', host, packet: packet.id, dev: device.name, on });
  if (!on) {
    run.count(host, 'IpInAddrErrors');
    drop(run, host, device, packet, { kind: 'forwarding-off', dev: device.name });
    return;
  }
  if (route === null) {
    run.count(host, 'IpInNoRoutes');
    drop(run, host, device, packet, { kind: 'no-route', dst });
    routeError(run, host, packet, 'net');
    return;
  }
  switch (route.type) {
    case 'blackhole':
      drop(run, host, device, packet, { kind: 'blackhole-route', dst });
      return;
    case 'prohibit':
      drop(run, host, device, packet, { kind: 'prohibit-route', dst });
      routeError(run, host, packet, 'communicationProhibited');
      return;
    case 'unreachable':
      drop(run, host, device, packet, { kind: 'unreachable-route', dst });
      routeError(run, host, packet, 'host');
      return;
    default:
      if (sourcePasses(run, host, device, packet)) forwardPacket(run, host, device, packet, route);
  }
}

/** ip_forward of the device a packet came in by (IN_DEV_FORWARD); the host-wide switch sets all of them. */
export const forwardingOn = (host: Host, dev: string): boolean =>
  host.sysctls.perDevice.get(dev)?.forwarding ?? host.sysctls.ipForward;

/** Is the source one that may come in by this device? */
function sourcePasses(run: Run, host: string, device: Device, packet: Packet): boolean {
  const { src } = packet.header;
  const check = sourceCheck(run.host(host).host, device.name, src);
  if (check === null) return true;
  const { mode, route, passed } = check;
  run.note({ kind: 'source-checked', host, packet: packet.id, src, dev: device.name, mode, route, passed });
  if (!passed) {
    run.count(host, 'TcpExtIPReversePathFilter');
    drop(run, host, device, packet, { kind: 'source-not-reachable', src, dev: device.name, mode });
  }
  return passed;
}

function drop(run: Run, host: string, device: Device, packet: Packet, reason: DropReason): void {
  run.note({ kind: 'dropped', host, packet: packet.id, dev: device.name, reason, header: packet.header });
}
