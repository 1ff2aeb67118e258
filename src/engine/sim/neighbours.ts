/**
 * The neighbour table at work: a packet needs its next hop's MAC, an answer came, a timer ran out.
 * The decisions are in net/neighbour.ts; here they are carried out.
 */
import type { Ipv4 } from '../addr/ipv4';
import type { Device } from '../net/device';
import type { Neighbour, NeighbourChange } from '../net/neighbour';
import { confirmed, timeout, use } from '../net/neighbour';
import { nextHopOf, routeFor } from './addresses';
import { sendArpRequest } from './arp-output';
import type { NeighbourCause, PacketId } from './event';
import { transmit } from './link';
import type { Run } from './run';
import { type NeighbourSlot, neighbourKey, type Packet } from './world';

/** Packets that may wait for one neighbour; the oldest goes when more come (about unres_qlen_bytes / an skb's size). */
const QUEUE_MAX = 101;

/** Sends a packet to a next hop on a device: at once if the MAC is known, after ARP otherwise. */
export function sendToNeighbour(run: Run, host: string, device: Device, nextHop: Ipv4, packet: Packet): void {
  const slot = slotOf(run, host, device, nextHop);
  const { send, ...change } = use(slot?.entry ?? null, run.world.nowUs);
  const verdict = send !== null ? 'use' : change.effects.length > 0 ? 'ask' : 'wait';
  run.note({
    kind: 'neighbour-looked-up',
    host,
    packet: packet.id,
    dev: device.name,
    ip: nextHop,
    entry: slot?.entry ?? null,
    verdict,
  });
  if (send === null) enqueue(run, host, device, nextHop, packet, change.entry);
  changeNeighbour(run, host, device, nextHop, change, verdict === 'ask' ? 'asked' : 'used-while-stale', packet.id);
  if (send !== null) {
    const body = { kind: 'ipv4', header: packet.header, payload: packet.payload } as const;
    transmit(run, host, device, packet.id, { dst: send, src: device.mac, body });
  }
}

const slotOf = (run: Run, host: string, device: Device, ip: Ipv4): NeighbourSlot | null =>
  run.host(host).neighbours.get(neighbourKey(device.name, ip)) ?? null;

function put(run: Run, host: string, slot: NeighbourSlot): void {
  const neighbours = new Map(run.host(host).neighbours).set(neighbourKey(slot.dev, slot.ip), slot);
  run.update(host, { neighbours });
}

function enqueue(run: Run, host: string, device: Device, ip: Ipv4, packet: Packet, entry: Neighbour): void {
  const slot = slotOf(run, host, device, ip) ?? { dev: device.name, ip, entry, queue: [], timer: 0 };
  put(run, host, { ...slot, queue: [...slot.queue, packet].slice(-QUEUE_MAX) });
}

/** Carries out a change of an entry: note it, keep it, then do what it asks for. */
export function changeNeighbour(
  run: Run,
  host: string,
  device: Device,
  ip: Ipv4,
  change: NeighbourChange,
  cause: NeighbourCause,
  packet: PacketId | null,
): void {
  const before = slotOf(run, host, device, ip);
  const slot = before ?? { dev: device.name, ip, entry: change.entry, queue: [], timer: 0 };
  const isNew = before === null || before.entry.state !== change.entry.state || macChanged(before.entry, change.entry);
  const firstAsk = cause === 'asked';
  put(run, host, { ...slot, entry: change.entry });
  if (isNew || firstAsk || cause === 'asked-again') {
    const was = firstAsk && before?.entry === change.entry ? null : (before?.entry ?? null);
    run.note({
      kind: 'neighbour-changed',
      host,
      dev: device.name,
      ip,
      before: was,
      after: change.entry,
      cause,
      packet,
    });
  }
  for (const effect of change.effects) {
    switch (effect.kind) {
      case 'ask-broadcast':
        sendArpRequest(run, host, device, ip, null, oldestWaiting(run, host, device, ip));
        break;
      case 'ask-unicast':
        sendArpRequest(run, host, device, ip, effect.mac, null);
        break;
      case 'set-timer':
        setTimer(run, host, device, ip, effect.delayUs);
        break;
      case 'send-queued':
        for (const waiting of takeQueue(run, host, device, ip)) sendToNeighbour(run, host, device, ip, waiting);
        break;
      case 'fail-queued':
        for (const waiting of takeQueue(run, host, device, ip)) {
          run.note({
            kind: 'dropped',
            host,
            packet: waiting.id,
            dev: device.name,
            reason: { kind: 'neighbour-failed', nextHop: ip, dev: device.name },
            header: waiting.header,
          });
          run.layers.linkFailure(run, host, waiting);
        }
        break;
    }
  }
}

const macChanged = (a: Neighbour, b: Neighbour): boolean => 'mac' in a && 'mac' in b && a.mac !== b.mac;

function oldestWaiting(run: Run, host: string, device: Device, ip: Ipv4) {
  const first = slotOf(run, host, device, ip)?.queue[0];
  return first === undefined ? null : { id: first.id, src: first.header.src };
}

function takeQueue(run: Run, host: string, device: Device, ip: Ipv4): readonly Packet[] {
  const slot = slotOf(run, host, device, ip);
  if (slot === null || slot.queue.length === 0) return [];
  put(run, host, { ...slot, queue: [] });
  return slot.queue;
}

function setTimer(run: Run, host: string, device: Device, ip: Ipv4, delayUs: number): void {
  const slot = slotOf(run, host, device, ip);
  if (slot === null) return;
  const timer = slot.timer + 1;
  put(run, host, { ...slot, timer });
  run.byTimer(delayUs, { kind: 'neighbour-timer', host, key: neighbourKey(device.name, ip), timer });
}

/** A neighbour timer fired. */
export function neighbourTimer(run: Run, host: string, key: string, timer: number): void {
  const slot = run.host(host).neighbours.get(key);
  if (slot === undefined || slot.timer !== timer) return;
  const device = run.device(host, slot.dev);
  if (device === null) return;
  const change = timeout(slot.entry, run.world.nowUs);
  changeNeighbour(run, host, device, slot.ip, change, causeOf(slot.entry, change.entry), null);
}

function causeOf(before: Neighbour, after: Neighbour): NeighbourCause {
  if (after.state === 'failed') return 'no-answer';
  if (after.state === 'probe' || after.state === 'incomplete')
    return before.state === 'delay' ? 'delay-over' : 'asked-again';
  return 'aged';
}

/** TCP made progress with a peer: the next hop towards it is alive. */
export function confirmNeighbour(run: Run, host: string, peer: Ipv4): void {
  const { route } = routeFor(run.host(host).host, peer);
  const device = route?.dev == null ? null : run.device(host, route.dev);
  const slot =
    device === null
      ? null
      : slotOf(run, host, device, route === null ? peer : nextHopOf(run.host(host).host, route, peer));
  if (slot !== null) put(run, host, { ...slot, entry: confirmed(slot.entry, run.world.nowUs) });
}
