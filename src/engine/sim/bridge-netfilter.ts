/**
 * br_netfilter: with net.bridge.bridge-nf-call-iptables=1 even frames that a bridge forwards by itself pass iptables'
 * chains, although they are never routed. Kubernetes asks for it. Where connections are tracked, that puts fragments
 * together before the bridge device sees them, and cuts them again behind it.
 * Source: Linux net/bridge/br_netfilter_hooks.c (br_nf_pre_routing, br_nf_forward, br_nf_dev_queue_xmit).
 */
import type { Device } from '../net/device';
import { chainsOf, isIdle } from '../net/netfilter';
import type { Frame } from '../wire/frame';
import { isFragment } from '../wire/ipv4';
import type { PacketId } from './event';
import { cut, reassemble, sizeItCameIn } from './fragments';
import { runHook, tracksConnections } from './netfilter';
import type { Run } from './run';
import type { Packet } from './world';

/** A frame with the packet it carries. */
export interface Bridged {
  readonly packet: PacketId;
  readonly frame: Frame;
}

type Ipv4Body = Extract<Frame['body'], { kind: 'ipv4' }>;

const packetIn = ({ header, payload }: Ipv4Body, id: PacketId, bridge: Device): Packet => ({
  id,
  header,
  payload,
  inDev: bridge.name,
});

const bodyOf = ({ header, payload }: Packet): Ipv4Body => ({ kind: 'ipv4', header, payload });

/** A frame as it goes on into the bridge; null while the packet it carries a part of is not whole. */
export function enteringBridge(run: Run, host: string, bridge: Device, came: Bridged): Bridged | null {
  const { packet, frame } = came;
  const { sysctls, netfilter } = run.host(host).host;
  const { body } = frame;
  if (body.kind !== 'ipv4' || !isFragment(body.header)) return came;
  if (!sysctls.bridgeNfCallIptables || !tracksConnections(netfilter)) return came;
  const whole = reassemble(run, host, packetIn(body, packet, bridge));
  return whole === null ? null : { packet: whole.id, frame: { ...frame, body: bodyOf(whole) } };
}

/**
 * A frame for the host's own stack: PREROUTING is passed at the bridge, and not again behind it. So a capture on the bridge
 * device shows addresses as DNAT made them, or as a reply gets them back; null: nothing of it, since a rule dropped it.
 * Source: br_nf_pre_routing, ip_sabotage_in. Model limit: a frame for another port passes it too, and here does not.
 */
export function upThroughNetfilter(run: Run, host: string, bridge: Device, { packet, frame }: Bridged) {
  const { body } = frame;
  if (body.kind !== 'ipv4' || !run.host(host).host.sysctls.bridgeNfCallIptables) return { frame, prerouted: false };
  const inside = packetIn(body, packet, bridge);
  const passed = runHook(run, host, 'PREROUTING', inside, { inDev: bridge.name, outDev: null });
  if (passed === null) return null;
  if (passed === inside) return { frame, prerouted: true };
  return { frame: { ...frame, body: bodyOf(passed) }, prerouted: true };
}

/** What leaves by other ports: the frame, its parts, or nothing if it may not pass. ARP is not asked about. */
export function bridgedThroughNetfilter(
  run: Run,
  host: string,
  bridge: Device,
  { packet, frame }: Bridged,
): readonly Bridged[] {
  const { body } = frame;
  const { sysctls, netfilter } = run.host(host).host;
  if (body.kind !== 'ipv4' || !sysctls.bridgeNfCallIptables) return [{ packet, frame }];
  const inside = packetIn(body, packet, bridge);
  if (!chainsOf(netfilter).every(isIdle)) {
    const through = { inDev: bridge.name, outDev: bridge.name, bridged: true };
    if (runHook(run, host, 'FORWARD', inside, through) === null) return [];
  }
  const largestBytes = sizeItCameIn(run, host, packet);
  if (largestBytes === null) return [{ packet, frame }];
  const parts = cut(run, inside, largestBytes);
  run.note({ kind: 'fragmented', host, packet, dev: bridge.name, into: parts.map(({ id }) => id) });
  return parts.map(({ id, header, payload }) => {
    run.carry(id, packet);
    const what = { kind: 'fragment', offsetBytes: header.fragmentOffset, more: header.mf } as const;
    run.note({ kind: 'packet-made', host, packet: id, what, cause: packet, header });
    return { packet: id, frame: { ...frame, body: { ...body, header, payload } } };
  });
}
