/**
 * A Linux bridge such as cni0: learn, then forward, flood or hand up to the host's own stack.
 * Order after Linux net/bridge/br_input.c (br_handle_frame_finish) and br_device.c (br_dev_xmit): flooded copies leave
 * before the host's own stack gets its one.
 */
import { isMulticast } from '../addr/mac';
import type { Device } from '../net/device';
import { learn, lookup } from '../net/fdb';
import type { Frame } from '../wire/frame';
import { bridgedThroughNetfilter, enteringBridge, upThroughNetfilter } from './bridge-netfilter';
import type { PacketId } from './event';
import { passUp, transmit } from './link';
import type { Run } from './run';
import { fdbIn } from './world';

/** Ports that forward: up, and with a carrier, which a veth has only while its other end is up. */
const portsOf = (run: Run, host: string, bridge: Device): readonly Device[] =>
  run.host(host).host.devices.filter((device) => device.master === bridge.name && device.up && hasCarrier(run, device));

const hasCarrier = (run: Run, { link }: Device): boolean =>
  link.kind !== 'veth' || run.device(link.peer.host, link.peer.dev)?.up === true;

/** A frame came in by a port of the bridge. */
export function bridgeFromPort(
  run: Run,
  host: string,
  bridge: Device,
  port: Device,
  packet: PacketId,
  frame: Frame,
): void {
  if (!bridge.up) {
    run.note({
      kind: 'dropped',
      host,
      packet,
      dev: bridge.name,
      reason: { kind: 'link-down', dev: bridge.name },
      header: null,
    });
    return;
  }
  learnFrom(run, host, bridge, packet, frame, port.name);
  const entering = enteringBridge(run, host, bridge, { packet, frame });
  if (entering !== null) forward(run, host, bridge, port, entering.packet, entering.frame);
}

/** The host's own stack sends by the bridge device. */
export function bridgeFromStack(run: Run, host: string, bridge: Device, packet: PacketId, frame: Frame): void {
  forward(run, host, bridge, null, packet, frame);
}

function learnFrom(run: Run, host: string, bridge: Device, packet: PacketId, frame: Frame, port: string): void {
  const state = run.host(host);
  const before = fdbIn(state, bridge.name);
  const fdb = learn(before, frame.src, port);
  if (fdb === before) return;
  run.update(host, { fdbs: new Map(state.fdbs).set(bridge.name, fdb) });
  run.note({
    kind: 'mac-learned',
    host,
    packet,
    bridge: bridge.name,
    mac: frame.src,
    port,
    before: lookup(before, frame.src),
  });
}

function forward(run: Run, host: string, bridge: Device, inPort: Device | null, packet: PacketId, frame: Frame): void {
  const ports = portsOf(run, host, bridge);
  const group = isMulticast(frame.dst);
  const own = frame.dst === bridge.mac || ports.some((port) => port.mac === frame.dst);
  const known = group || own ? null : lookup(fdbIn(run.host(host), bridge.name), frame.dst);
  const candidates = own ? [] : known === null ? ports : ports.filter((port) => port.name === known);
  const out = candidates.filter((port) => port !== inPort || port.hairpin);
  const toStack = inPort !== null && (group || own);
  run.note({
    kind: 'bridged',
    host,
    packet,
    bridge: bridge.name,
    mac: frame.dst,
    inPort: inPort?.name ?? null,
    known,
    outPorts: out.map((port) => port.name),
    toStack,
    hairpin: inPort !== null && out.includes(inPort),
  });
  if (out.length === 0 && !toStack) {
    run.note({
      kind: 'dropped',
      host,
      packet,
      dev: bridge.name,
      reason: { kind: 'no-port', mac: frame.dst },
      header: frame.body.kind === 'ipv4' ? frame.body.header : null,
    });
    return;
  }
  const leaving =
    inPort === null || out.length === 0
      ? [{ packet, frame }]
      : bridgedThroughNetfilter(run, host, bridge, { packet, frame });
  for (const port of out) for (const one of leaving) transmit(run, host, port, one.packet, one.frame);
  if (!toStack) return;
  const up = own ? upThroughNetfilter(run, host, bridge, { packet, frame }) : { frame, prerouted: false };
  if (up !== null) passUp(run, host, bridge, packet, up.frame, up.prerouted);
}
