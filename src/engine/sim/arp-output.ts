/** ARP packets made here: questions by broadcast or to a MAC still believed in, and answers. RFC 826; Linux net/ipv4/arp.c. */
import type { Ipv4 } from '../addr/ipv4';
import { BROADCAST, type Mac, ZERO_MAC } from '../addr/mac';
import type { Device } from '../net/device';
import { ARP_OPERATION, type Arp } from '../wire/arp';
import { addressTowards, isLocal } from './addresses';
import type { PacketId } from './event';
import { transmit } from './link';
import type { Run } from './run';

/**
 * Asks who has `target`. The sender address is that of the waiting packet if it was made here, else the device's own
 * towards the target (arp_solicit with arp_announce=0).
 */
export function sendArpRequest(
  run: Run,
  host: string,
  device: Device,
  target: Ipv4,
  to: Mac | null, // null = broadcast
  waiting: { readonly id: PacketId; readonly src: Ipv4 } | null,
): void {
  const config = run.host(host).host;
  const senderIp =
    waiting !== null && isLocal(config, waiting.src) ? waiting.src : addressTowards(config, device, target);
  if (senderIp === null) return;
  const arp: Arp = {
    operation: ARP_OPERATION.request,
    senderMac: device.mac,
    senderIp,
    targetMac: ZERO_MAC,
    targetIp: target,
  };
  const packet = run.newPacket();
  const what = { kind: 'arp-request', target, sender: senderIp, unicast: to !== null } as const;
  run.note({ kind: 'packet-made', host, packet, what, cause: waiting?.id ?? null, header: null });
  transmit(run, host, device, packet, { dst: to ?? BROADCAST, src: device.mac, body: { kind: 'arp', arp } });
}

/** Answers a request with this device's own MAC, to the asker alone. */
export function sendArpReply(run: Run, host: string, device: Device, request: Arp, cause: PacketId): void {
  const arp: Arp = {
    operation: ARP_OPERATION.reply,
    senderMac: device.mac,
    senderIp: request.targetIp,
    targetMac: request.senderMac,
    targetIp: request.senderIp,
  };
  const packet = run.newPacket();
  const what = { kind: 'arp-reply', target: request.senderIp, sender: request.targetIp } as const;
  run.note({ kind: 'packet-made', host, packet, what, cause, header: null });
  transmit(run, host, device, packet, { dst: request.senderMac, src: device.mac, body: { kind: 'arp', arp } });
}
