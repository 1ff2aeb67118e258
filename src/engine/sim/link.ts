/**
 * Frames on and off devices: what a device does with a frame it is given, and what happens to one that arrives.
 * Every frame that tcpdump on a device would show is noted here, and nowhere else.
 */
import { isMulticast } from '../addr/mac';
import type { Device } from '../net/device';
import { segmentNamed } from '../topology/topology';
import { type Frame, serializeFrame } from '../wire/frame';
import { PROTOCOL } from '../wire/ipv4';
import type { PacketId } from './event';
import { withFullChecksum } from './offload';
import type { Run } from './run';

/** Time a frame takes to the other end of a cable or veth pair, and through a stack. Only the order matters. */
export const CABLE_US = 5;
const ETHERNET_BYTES = 14;
const VLAN_BYTES = 4; // a device takes a frame with one tag more than its MTU (Linux is_skb_forwardable)

/** Gives a frame to a device to send. */
export function transmit(run: Run, host: string, device: Device, packet: PacketId, given: Frame): void {
  const dev = device.name;
  const frame = device.txChecksumOffload ? given : summed(given);
  if (!device.up) {
    run.note({ kind: 'dropped', host, packet, dev, reason: { kind: 'link-down', dev }, header: headerOf(frame) });
    return;
  }
  run.note({ kind: 'frame-sent', host, dev, packet, frame });
  const { link } = device;
  switch (link.kind) {
    case 'veth':
      run.later(CABLE_US, { kind: 'frame-arrives', to: link.peer, packet, frame });
      return;
    case 'nic':
      if (link.segment === null || segmentNamed(run.world.topology, link.segment) === null) {
        run.note({ kind: 'dropped', host, packet, dev, reason: { kind: 'no-cable', dev }, header: headerOf(frame) });
        return;
      }
      run.later(CABLE_US, { kind: 'frame-at-switch', segment: link.segment, from: { host, dev }, packet, frame });
      return;
    case 'bridge':
      run.layers.bridgeFromStack(run, host, device, packet, frame);
      return;
    case 'vxlan':
    case 'ipip':
      run.layers.tunnelTransmit(run, host, device, packet, frame);
      return;
    case 'loopback':
      run.later(CABLE_US, { kind: 'frame-arrives', to: { host, dev }, packet, frame });
      return;
  }
}

/** A device without offload gets its sums made before it gets the frame (validate_xmit_skb, skb_checksum_help). */
function summed(frame: Frame): Frame {
  const { body } = frame;
  if (body.kind !== 'ipv4') return frame;
  const payload = withFullChecksum(body.header, body.payload);
  return payload === body.payload ? frame : { ...frame, body: { ...body, payload } };
}

/** A frame comes off the wire into a device. */
export function arrive(run: Run, host: string, dev: string, packet: PacketId, frame: Frame): void {
  const device = run.device(host, dev);
  if (device === null) return;
  if (!device.up) {
    run.note({ kind: 'dropped', host, packet, dev, reason: { kind: 'link-down', dev }, header: headerOf(frame) });
    return;
  }
  const frameBytes = lengthOf(frame);
  const isSegment = device.txChecksumOffload && headerOf(frame)?.protocol === PROTOCOL.tcp; // to be cut later: passes whole
  if (frameBytes > device.mtuBytes + ETHERNET_BYTES + VLAN_BYTES && !isSegment) {
    const reason = { kind: 'receiver-mtu', frameBytes, mtuBytes: device.mtuBytes } as const;
    run.note({ kind: 'dropped', host, packet, dev, reason, header: headerOf(frame) });
    return;
  }
  run.note({ kind: 'frame-received', host, dev, packet, frame });
  const master = device.master === null ? null : run.device(host, device.master);
  if (master !== null) run.layers.bridgeFromPort(run, host, master, device, packet, frame);
  else toStack(run, host, device, packet, frame);
}

/** A bridge hands a frame up to its host's own stack: tcpdump on the bridge device sees it now. */
export function passUp(
  run: Run,
  host: string,
  bridge: Device,
  packet: PacketId,
  frame: Frame,
  prerouted: boolean,
): void {
  run.note({ kind: 'frame-received', host, dev: bridge.name, packet, frame });
  toStack(run, host, bridge, packet, frame, prerouted);
}

function toStack(run: Run, host: string, device: Device, packet: PacketId, frame: Frame, prerouted = false): void {
  const { body } = frame;
  if (
    frame.dst !== device.mac &&
    !isMulticast(frame.dst) &&
    device.link.kind !== 'loopback' &&
    device.link.kind !== 'ipip'
  ) {
    const reason = { kind: 'not-for-this-mac', mac: frame.dst } as const;
    run.note({ kind: 'dropped', host, packet, dev: device.name, reason, header: headerOf(frame) });
    return;
  }
  if (body.kind === 'arp') run.layers.receiveArp(run, host, device, packet, body.arp);
  else if (body.kind === 'ipv4') {
    run.layers.ipInput(run, host, device, {
      id: packet,
      header: body.header,
      payload: body.payload,
      inDev: device.name,
      prerouted,
    });
  }
}

const headerOf = (frame: Frame) => (frame.body.kind === 'ipv4' ? frame.body.header : null);

/** Bytes of the frame as tcpdump counts them: Ethernet header included. */
export const lengthOf = (frame: Frame): number =>
  frame.body.kind === 'ipv4' ? ETHERNET_BYTES + frame.body.header.totalLength : serializeFrame(frame).length;
