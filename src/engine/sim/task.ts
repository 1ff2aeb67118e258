/** What is still to happen. Tasks are data, so a world can be kept, compared and shown. */
import type { Ipv4 } from '../addr/ipv4';
import type { Port } from '../net/device';
import type { Arp } from '../wire/arp';
import type { Frame } from '../wire/frame';
import type { PacketId } from './event';
import type { Parts } from './ip-output';

export type Task =
  /** A frame reaches the far end of a cable. */
  | { readonly kind: 'frame-arrives'; readonly to: Port; readonly packet: PacketId; readonly frame: Frame }
  /** A frame reaches the switch of a segment. */
  | {
      readonly kind: 'frame-at-switch';
      readonly segment: string;
      readonly from: Port;
      readonly packet: PacketId;
      readonly frame: Frame;
    }
  /** A neighbour entry's timer; out of date if the slot's `timer` has another number. */
  | { readonly kind: 'neighbour-timer'; readonly host: string; readonly key: string; readonly timer: number }
  /** A program's packet had to be cut up; the rest of its parts. */
  | { readonly kind: 'send-parts'; readonly waiting: Parts }
  /** A proxy ARP answer after its delay. */
  | {
      readonly kind: 'proxy-answer';
      readonly host: string;
      readonly dev: string;
      readonly request: Arp;
      readonly cause: PacketId;
    }
  /** The next command of the script. */
  | { readonly kind: 'next-command' }
  /** A process has something in its inbox and runs again. */
  | { readonly kind: 'wake'; readonly process: number }
  /** A TCP socket repeats what was not acknowledged; out of date if the socket's `timer` has another number. */
  | { readonly kind: 'retransmit'; readonly host: string; readonly socket: number; readonly timer: number }
  /** A process wants to run; out of date if its `alarm` has another number. */
  | { readonly kind: 'alarm'; readonly process: number; readonly alarm: number };

export interface Pending {
  readonly atUs: number;
  readonly order: number; // ties go to the one scheduled first
  readonly task: Task;
}

/** An ICMP error as a process hears of it. */
export interface HeardError {
  readonly from: Ipv4;
  readonly type: number;
  readonly code: number;
  readonly rest: number; // MTU or gateway, by type
}
