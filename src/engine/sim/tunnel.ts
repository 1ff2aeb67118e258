/**
 * Tunnels, for contrast with host-gw: vxlan as flannel sets it up (flannel.1 with fixed neighbour and FDB entries) and
 * IP in IP. host-gw itself uses neither. RFC 7348 section 4 and 5; RFC 2003 section 3; Linux drivers/net/vxlan.
 */

import { ZERO_MAC } from '../addr/mac';
import { hash32 } from '../base/random';
import type { Device } from '../net/device';
import { type Frame, readFrame, serializeFrame } from '../wire/frame';
import * as ipv4 from '../wire/ipv4';
import * as udp from '../wire/udp';
import * as vxlan from '../wire/vxlan';
import type { PacketId } from './event';
import { sendIp } from './ip-output';
import { arrive } from './link';
import type { Run } from './run';
import type { Packet } from './world';

/** A tunnel device is given a frame: it becomes the payload of a packet of this host's own. */
export function tunnelTransmit(run: Run, host: string, device: Device, packet: PacketId, frame: Frame): void {
  const { link } = device;
  if (link.kind === 'vxlan') {
    const { tunnelFdb } = run.host(host).host;
    const remote = tunnelFdb.find(({ dev, mac }) => dev === device.name && mac === frame.dst)?.remote;
    if (remote === undefined) {
      run.note({
        kind: 'dropped',
        host,
        packet,
        dev: device.name,
        reason: { kind: 'no-tunnel-peer', mac: frame.dst },
        header: null,
      });
      return;
    }
    const inner = serializeFrame(frame);
    const srcPort = flowPort(run, frame);
    const data = vxlan.serialize(vxlan.vxlan(link.vni), inner);
    encapsulate(run, host, device, packet, () =>
      sendIp(run, host, {
        what: { kind: 'tunnel', how: 'vxlan' },
        cause: packet,
        src: link.local,
        dst: remote,
        protocol: ipv4.PROTOCOL.udp,
        ttl: 64,
        tos: 0,
        pmtu: 'dont',
        id: 'draw',
        purpose: 'send',
        payload: (src) => {
          const header = { srcPort, dstPort: link.port, length: udp.HEADER_LENGTH + data.length, checksum: 0 };
          return udp.serialize(udp.withChecksum(header, data, src, remote), data);
        },
      }),
    );
  } else if (link.kind === 'ipip' && frame.body.kind === 'ipv4') {
    const inner = ipv4.serialize(frame.body.header, frame.body.payload);
    encapsulate(run, host, device, packet, () =>
      sendIp(run, host, {
        what: { kind: 'tunnel', how: 'ipip' },
        cause: packet,
        src: link.local,
        dst: link.remote,
        protocol: ipv4.PROTOCOL.ipip,
        ttl: 64,
        tos: 0,
        pmtu: 'want', // pmtudisc is on by default: DF is always set (ip-tunnel(8), net/ipv4/ip_tunnel.c)
        id: 'draw',
        purpose: 'send',
        payload: () => inner,
      }),
    );
  }
}

function encapsulate(run: Run, host: string, device: Device, packet: PacketId, send: () => unknown): void {
  const outer = run.world.nextPacket; // the id that sendIp takes next
  run.carry(outer, packet);
  run.note({ kind: 'encapsulated', host, packet, dev: device.name, outer });
  send();
}

/** The outer source port is a hash of the inner flow, so that equal flows take equal ways (RFC 7348 section 5). */
function flowPort(run: Run, frame: Frame): number {
  const { body } = frame;
  const flow =
    body.kind === 'ipv4'
      ? [Math.min(body.header.src, body.header.dst), Math.max(body.header.src, body.header.dst)]
      : [0, 0];
  return 49152 + (hash32(run.world.draws.seed, 'vxlan', ...flow) % 16384);
}

/** A UDP datagram for a vxlan device's port: what it carries arrives at that device. False if no device wants it. */
export function receiveVxlan(run: Run, host: string, packet: Packet, dstPort: number, data: Uint8Array): boolean {
  const parsed = vxlan.parse(data, 0);
  const device = run
    .host(host)
    .host.devices.find(
      ({ link }) => link.kind === 'vxlan' && link.port === dstPort && parsed.ok && link.vni === parsed.value.header.vni,
    );
  if (device === undefined || !parsed.ok) return false;
  const frame = readFrame(data.subarray(parsed.value.payloadAt));
  if (frame === null) return false;
  const inner = run.world.carries.get(packet.id) ?? run.newPacket();
  run.note({ kind: 'decapsulated', host, packet: packet.id, dev: device.name, inner });
  arrive(run, host, device.name, inner, frame);
  return true;
}

/** An IP-in-IP packet for this host: the packet inside arrives at the tunnel device. */
export function receiveIpip(run: Run, host: string, packet: Packet): void {
  const device = run
    .host(host)
    .host.devices.find(({ link }) => link.kind === 'ipip' && link.remote === packet.header.src);
  const parsed = ipv4.parse(packet.payload, 0);
  if (device === undefined || !parsed.ok) return;
  const { header, payloadAt } = parsed.value;
  const inner = run.world.carries.get(packet.id) ?? run.newPacket();
  run.note({ kind: 'decapsulated', host, packet: packet.id, dev: device.name, inner });
  const body = { kind: 'ipv4', header, payload: packet.payload.subarray(payloadAt, header.totalLength) } as const;
  arrive(run, host, device.name, inner, { dst: ZERO_MAC, src: ZERO_MAC, body });
}
