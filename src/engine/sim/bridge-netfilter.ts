/**
 * br_netfilter: with net.bridge.bridge-nf-call-iptables=1 even frames that a bridge forwards by itself pass iptables'
 * FORWARD chain, although they are never routed. Kubernetes asks for it. Source: Linux net/bridge/br_netfilter_hooks.c.
 */
import type { Device } from '../net/device';
import type { Frame } from '../wire/frame';
import type { PacketId } from './event';
import { runHook } from './netfilter';
import type { Run } from './run';

/** The frame if it may pass, else null. ARP is not asked about. */
export function bridgedThroughNetfilter(
  run: Run,
  host: string,
  bridge: Device,
  packet: PacketId,
  frame: Frame,
): Frame | null {
  const { body } = frame;
  const { sysctls, netfilter } = run.host(host).host;
  const hasRules = [...netfilter.filter.values()].some((chain) => chain.rules.length > 0 || chain.policy === 'drop');
  if (body.kind !== 'ipv4' || !sysctls.bridgeNfCallIptables || !hasRules) return frame;
  const inside = { id: packet, header: body.header, payload: body.payload, inDev: bridge.name };
  const passed = runHook(run, host, 'FORWARD', inside, { inDev: bridge.name, outDev: bridge.name, bridged: true });
  return passed === null ? null : frame;
}
