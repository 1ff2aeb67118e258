/**
 * What happened, as facts: each step of a trace is one event with the evidence an explanation needs.
 * Every event names its host; those about a packet name the packet, whose id stays the same through every hop.
 * The words are in src/i18n, never here.
 */

import type { Ipv4 } from '../addr/ipv4';
import type { Mac } from '../addr/mac';
import type { Neighbour } from '../net/neighbour';
import type { TableName } from '../net/netfilter';
import type { Route } from '../net/route';
import type { Arp } from '../wire/arp';
import type { Frame } from '../wire/frame';
import type { Ipv4Header } from '../wire/ipv4';
import type { DropReason, Hook, WithheldReason } from './drop';

/** Identity of a packet within one trace, counted from 0. Forwarding keeps it; a reply, an error, a fragment is a new one. */
export type PacketId = number;

/** What a packet is, said once when it is made. */
export type PacketKind =
  | { readonly kind: 'arp-request'; readonly target: Ipv4; readonly sender: Ipv4; readonly unicast: boolean }
  | { readonly kind: 'arp-reply'; readonly target: Ipv4; readonly sender: Ipv4 }
  | { readonly kind: 'echo-request'; readonly seq: number }
  | { readonly kind: 'echo-reply'; readonly seq: number }
  | { readonly kind: 'icmp-error'; readonly type: number; readonly code: number }
  | { readonly kind: 'udp'; readonly srcPort: number; readonly dstPort: number }
  | { readonly kind: 'tcp'; readonly flags: string; readonly payloadBytes: number }
  | { readonly kind: 'fragment'; readonly offsetBytes: number; readonly more: boolean }
  | { readonly kind: 'tunnel'; readonly how: 'vxlan' | 'ipip' };

/** One rule or policy a hook looked at. */
export interface RuleSeen {
  readonly table: TableName;
  readonly chain: string;
  readonly text: string; // as iptables-save prints it; a policy is ':FORWARD DROP'
  readonly matched: boolean;
}

export type NeighbourCause =
  | 'asked' // a request was sent
  | 'answered' // an ARP reply came
  | 'heard-request' // an ARP request told us the asker's MAC
  | 'used-while-stale' // DELAY begins
  | 'delay-over' // PROBE begins
  | 'asked-again'
  | 'no-answer' // FAILED
  | 'aged' // REACHABLE ran out
  | 'configured';

interface At {
  readonly host: string;
}
interface OfPacket extends At {
  readonly packet: PacketId;
}

export type Event =
  // --- the user's side
  | (At & { readonly kind: 'command-started'; readonly command: string })
  | (At & { readonly kind: 'printed'; readonly text: string }) // one line of the command's own output, word for word
  | (At & { readonly kind: 'command-ended'; readonly command: string; readonly status: number })
  | (At & { readonly kind: 'configured'; readonly command: string; readonly refused: string | null })
  // --- a packet's life
  | (OfPacket & {
      readonly kind: 'packet-made';
      readonly what: PacketKind;
      readonly cause: PacketId | null;
      readonly header: Ipv4Header | null;
    })
  | (OfPacket & {
      readonly kind: 'delivered';
      readonly to: 'icmp-echo' | 'ping' | 'icmp-error' | 'udp' | 'tcp' | 'traceroute' | 'ip';
      readonly header: Ipv4Header;
    })
  | (OfPacket & {
      readonly kind: 'dropped';
      readonly dev: string | null;
      readonly reason: DropReason;
      readonly header: Ipv4Header | null;
    })
  | (OfPacket & { readonly kind: 'error-withheld'; readonly why: WithheldReason }) // packet = the one the error would be about
  // --- on a device: what tcpdump on `dev` sees
  | (OfPacket & { readonly kind: 'frame-sent'; readonly dev: string; readonly frame: Frame })
  | (OfPacket & { readonly kind: 'frame-received'; readonly dev: string; readonly frame: Frame })
  // --- layer 2. For a segment's switch, `host` is the segment's name and `bridge` is null.
  | (OfPacket & {
      readonly kind: 'mac-learned';
      readonly bridge: string | null;
      readonly mac: Mac;
      readonly port: string;
      readonly before: string | null;
    })
  | (OfPacket & {
      readonly kind: 'bridged';
      readonly bridge: string | null;
      readonly mac: Mac; // destination looked up
      readonly inPort: string | null; // null = from the host's own stack
      readonly known: string | null; // the FDB's answer; null = flooded or for the host itself
      readonly outPorts: readonly string[];
      readonly toStack: boolean; // handed to the host's own stack
      readonly hairpin: boolean; // one of outPorts is inPort
    })
  | (OfPacket & {
      readonly kind: 'arp-read';
      readonly dev: string;
      readonly arp: Arp;
      readonly verdict: 'answer' | 'proxy' | 'take' | 'ignore';
    })
  // --- neighbour table
  | (OfPacket & {
      readonly kind: 'neighbour-looked-up';
      readonly dev: string;
      readonly ip: Ipv4; // the next hop
      readonly entry: Neighbour | null;
      readonly verdict: 'use' | 'wait' | 'ask';
    })
  | (At & {
      readonly kind: 'neighbour-changed';
      readonly dev: string;
      readonly ip: Ipv4;
      readonly before: Neighbour | null;
      readonly after: Neighbour;
      readonly cause: NeighbourCause;
      readonly packet: PacketId | null; // null = a timer
    })
  // --- layer 3, in the kernel's order
  | (OfPacket & {
      readonly kind: 'route-looked-up';
      readonly dst: Ipv4;
      readonly purpose: 'send' | 'receive' | 'answer';
      readonly table: 'local' | 'main' | null; // null = nothing matched
      readonly route: Route | null;
      readonly inDev: string | null;
    })
  | (OfPacket & {
      readonly kind: 'source-checked';
      readonly src: Ipv4;
      readonly dev: string;
      readonly mode: 1 | 2;
      readonly route: Route | null;
      readonly passed: boolean;
    })
  | (OfPacket & { readonly kind: 'forwarding-checked'; readonly dev: string; readonly on: boolean })
  | (OfPacket & { readonly kind: 'ttl-lowered'; readonly before: Ipv4Header; readonly after: Ipv4Header })
  | (OfPacket & {
      readonly kind: 'mtu-checked';
      readonly dev: string;
      readonly packetBytes: number;
      readonly mtuBytes: number;
      readonly df: boolean;
    })
  | (OfPacket & {
      readonly kind: 'hook-passed';
      readonly hook: Hook;
      readonly bridge: boolean;
      readonly seen: readonly RuleSeen[];
      readonly verdict: 'accept' | 'drop' | 'reject';
    })
  | (OfPacket & {
      readonly kind: 'translated';
      readonly field: 'src' | 'dst';
      readonly before: Ipv4Header;
      readonly after: Ipv4Header;
      readonly reply: boolean;
    })
  | (OfPacket & { readonly kind: 'fragmented'; readonly dev: string; readonly into: readonly PacketId[] })
  | (OfPacket & { readonly kind: 'reassembled'; readonly from: readonly PacketId[] })
  | (OfPacket & { readonly kind: 'encapsulated'; readonly dev: string; readonly outer: PacketId })
  | (OfPacket & { readonly kind: 'decapsulated'; readonly dev: string; readonly inner: PacketId })
  | (OfPacket & { readonly kind: 'path-mtu-learned'; readonly dst: Ipv4; readonly mtuBytes: number });

export type EventKind = Event['kind'];
export type EventOf<K extends EventKind> = Extract<Event, { readonly kind: K }>;

/** The packet an event is about, or null. */
export const packetOf = (event: Event): PacketId | null => ('packet' in event ? event.packet : null);
