/**
 * An ARP packet arrives: RFC 826 "Packet Reception", as Linux does it (net/ipv4/arp.c, arp_process).
 * Any address of the host is answered for, on whatever device the question comes (arp_ignore=0).
 */

import { hash32 } from '../base/random';
import type { Device } from '../net/device';
import { answered, heardFrom } from '../net/neighbour';
import { ARP_OPERATION, type Arp } from '../wire/arp';
import { isLocal, routeFor, sourceCheck } from './addresses';
import { sendArpReply } from './arp-output';
import type { PacketId } from './event';
import { changeNeighbour } from './neighbours';
import type { Run } from './run';
import { neighbourKey } from './world';

/** A proxy waits a random time before it answers, at most this long (proxy_delay, arp(7)). */
const PROXY_DELAY_US = 800_000;

export function receiveArp(run: Run, host: string, device: Device, packet: PacketId, arp: Arp): void {
  const state = run.host(host);
  const request = arp.operation === ARP_OPERATION.request;
  const fromSelf = isLocal(state.host, arp.senderIp); // a martian: for example the hairpin echo of our own broadcast
  const verdict = fromSelf ? 'ignore' : request ? onRequest(run, host, device, arp) : 'take';
  const known = state.neighbours.get(neighbourKey(device.name, arp.senderIp));
  const taken = verdict === 'take' && known !== undefined;
  run.note({
    kind: 'arp-read',
    host,
    dev: device.name,
    packet,
    arp,
    verdict: verdict === 'take' && !taken ? 'ignore' : verdict,
  });
  if (verdict === 'answer' || verdict === 'proxy') {
    const change = heardFrom(known?.entry ?? null, arp.senderMac);
    changeNeighbour(run, host, device, arp.senderIp, change, 'heard-request', packet);
    if (verdict === 'answer') sendArpReply(run, host, device, arp, packet);
    else {
      const waitUs = hash32(run.world.draws.seed, 'proxy-delay', host, packet) % PROXY_DELAY_US;
      run.later(waitUs, { kind: 'proxy-answer', host, dev: device.name, request: arp, cause: packet });
    }
  } else if (taken && !fromSelf) {
    const change = request
      ? heardFrom(known.entry, arp.senderMac)
      : answered(known.entry, arp.senderMac, run.world.nowUs);
    changeNeighbour(run, host, device, arp.senderIp, change, request ? 'heard-request' : 'answered', packet);
  }
}

/** Is the question for us, or for something we stand in for? Not if its sender should not be there (ip_route_input). */
function onRequest(run: Run, host: string, device: Device, arp: Arp): 'answer' | 'proxy' | 'take' {
  const { host: config } = run.host(host);
  if (sourceCheck(config, device.name, arp.senderIp)?.passed === false) return 'take';
  if (isLocal(config, arp.targetIp)) return 'answer';
  const proxy = config.sysctls.perDevice.get(device.name)?.proxyArp === true;
  const { route } = routeFor(config, arp.targetIp);
  if (proxy && config.sysctls.ipForward && route?.type === 'unicast' && route.dev !== device.name) return 'proxy';
  return 'take';
}
