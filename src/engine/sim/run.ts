/**
 * A run in progress: the world now, and the steps so far. Kernel functions read and replace `world` and note every
 * decision as they make it; each note keeps the world as it stands then. Outside a run nothing is ever changed in place.
 */
import type { Device } from '../net/device';
import { deviceNamed } from '../topology/topology';
import type { Arp } from '../wire/arp';
import type { Frame } from '../wire/frame';
import type { Icmp } from '../wire/icmp';
import type { Event, PacketId } from './event';
import type { Task } from './task';
import { firesAtUs, JIFFY_US } from './timer-wheel';
import type { Step } from './trace';
import { type HostState, hostIn, type Packet, type World, withHost } from './world';

/** Timers that expire in one tick run one after another, and each takes about this long. */
const TIMER_RUN_US = 60;

/**
 * The layers of a host's network stack call each other in circles: a bridge hands frames up, a tunnel sends them down
 * again. Calls towards the wire are plain imports; the calls back up go through this table, which `kernel.ts` fills.
 */
export interface Layers {
  bridgeFromPort(run: Run, host: string, bridge: Device, port: Device, packet: PacketId, frame: Frame): void;
  bridgeFromStack(run: Run, host: string, bridge: Device, packet: PacketId, frame: Frame): void;
  tunnelTransmit(run: Run, host: string, device: Device, packet: PacketId, frame: Frame): void;
  receiveArp(run: Run, host: string, device: Device, packet: PacketId, arp: Arp): void;
  ipInput(run: Run, host: string, device: Device, packet: Packet): void;
  linkFailure(run: Run, host: string, packet: Packet): void;
  rejectWith(run: Run, host: string, about: Packet, message: Icmp): void;
  resetWith(run: Run, host: string, about: Packet): void;
}

export class Run {
  world: World;
  readonly layers: Layers;
  readonly steps: Step[] = [];
  /** Notes are kept only when on: commands before the capture run unseen. */
  recording = true;

  constructor(initial: World, layers: Layers) {
    this.world = initial;
    this.layers = layers;
  }

  note(event: Event): void {
    if (!this.recording) return;
    this.steps.push({ index: this.steps.length, atUs: this.world.nowUs, event, after: this.world });
  }

  host(name: string): HostState {
    return hostIn(this.world, name);
  }

  device(host: string, dev: string): Device | null {
    return deviceNamed(this.host(host).host, dev);
  }

  update(name: string, change: Partial<HostState>): void {
    this.world = withHost(this.world, { ...this.host(name), ...change });
  }

  newPacket(): PacketId {
    const id = this.world.nextPacket;
    this.world = { ...this.world, nextPacket: id + 1 };
    return id;
  }

  /** Remembers that `outer` carries `inner`, or a part of it. */
  carry(outer: PacketId, inner: PacketId): void {
    this.world = { ...this.world, carries: new Map(this.world.carries).set(outer, inner) };
  }

  /** Counts as `nstat` would. */
  count(name: string, counter: string): void {
    const { counters } = this.host(name);
    this.update(name, { counters: new Map(counters).set(counter, (counters.get(counter) ?? 0) + 1) });
  }

  /** Whether any frame is between two devices now. */
  isFrameUnderWay(): boolean {
    return this.world.pending.some(({ task: { kind } }) => kind === 'frame-arrives' || kind === 'frame-at-switch');
  }

  /** Schedules a task after an exact delay. */
  later(delayUs: number, task: Task): void {
    this.schedule(this.world.nowUs + delayUs, task);
  }

  /** Schedules a task by a kernel timer, which fires late as the timer wheel has it; `thenUs` more pass before anyone acts on it. */
  byTimer(delayUs: number, task: Task, thenUs = 0): void {
    const tickUs = firesAtUs(this.world.nowUs, delayUs);
    const sameTick = this.world.pending.filter(({ atUs }) => atUs >= tickUs && atUs < tickUs + JIFFY_US).length;
    this.schedule(tickUs + sameTick * TIMER_RUN_US + thenUs, task);
  }

  private schedule(atUs: number, task: Task): void {
    const { pending, nextOrder } = this.world;
    let at = pending.length;
    while (at > 0 && (pending[at - 1]?.atUs ?? 0) > atUs) at -= 1;
    const made = { atUs, order: nextOrder, task };
    this.world = {
      ...this.world,
      pending: [...pending.slice(0, at), made, ...pending.slice(at)],
      nextOrder: nextOrder + 1,
    };
  }
}
