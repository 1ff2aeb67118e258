/**
 * What a diagnosis says, as data. The kinds are closed lists: src/i18n has the sentences of each, docs/diagnosis.md a row,
 * and a test holds the three together.
 */
import type { Proof } from '../verdict/proof';
import type { Repair } from '../verdict/repair';

/** Something the packets show that an operator has to know. */
export const FAULT_KINDS = [
  'no-packets', // no file holds an IP packet
  'lost-between', // seen at one point, not at the next, and never answered
  'reply-missing', // the destination was handed the packet and no answer was sent
  'icmp-error',
  'arp-unanswered',
  'other-next-hop', // handed to a host that is not the next node
  'hidden-router', // the TTL falls by more than the known routers account for
  'asymmetric-path', // one direction leaves out a point that the other passes
  'loop', // the same packet by the same point, its TTL lower each time
  'redirect',
  'source-rewritten',
  'destination-rewritten',
  'tunnel',
  'fragmented',
  'retransmission',
  'reset',
  'zero-window',
  'handshake-incomplete',
  'duplicate-address',
  'duplicate-mac',
] as const;

/** Something that looks like a fault and is none, or that limits what the files can say. */
export const NOTE_KINDS = [
  'all-well',
  'absence-unproven', // went on or was answered, so this file just does not hold it
  'trace', // TTL errors that a traceroute asked for
  'errors-rate-limited',
  'hairpin-echo',
  'checksum-offloaded',
  'frames-over-mtu',
  'padding',
  'several-devices', // -i any: one packet, several rows
  'cut-short', // by a snap length
  'flooded', // unicast between two other hosts
  'late-arp-probe',
  'same-at-two-points', // the same frame, unchanged, as at a veth and its bridge
] as const;

export const FINDING_KINDS = [...FAULT_KINDS, ...NOTE_KINDS] as const;
export type FindingKind = (typeof FINDING_KINDS)[number];

export const CAUSE_KINDS = [
  'route-missing', // the host has no route of its own for that network: its default took the packet, or nothing did
  'wrong-next-hop',
  'nodes-not-adjacent',
  'gateway-no-route',
  'route-blackhole',
  'route-prohibit',
  'route-unreachable',
  'taken-for-neighbour', // an end looks for a far destination on its own link
  'no-local-route', // the sender itself has none: not one packet leaves
  'forwarding-off',
  'forward-drop',
  'forward-reject',
  'bridge-netfilter', // FORWARD DROP for what is only bridged
  'rp-filter',
  'source-guard',
  'next-hop-down',
  'destination-absent',
  'destination-down',
  'veth-off-bridge',
  'bridge-down',
  'mtu-smaller',
  'receiver-mtu',
  'ttl-too-small',
  'routing-loop',
  'port-closed',
  'destination-silent',
  'no-way-back', // the destination has no route to the sender's network
  'masquerade',
  'dnat',
  'overlay-vxlan',
  'overlay-ipip',
  'peer-closed',
  'receiver-full',
  'packets-dropped', // on the way, now and then
  'duplicate-owner',
  'capture-started-late',
  'capture-ended-early',
  'captured-elsewhere', // other interface, other filter
] as const;
export type CauseKind = (typeof CAUSE_KINDS)[number];

export type Values = Readonly<Record<string, string | number>>;

export interface Cause {
  readonly kind: CauseKind;
  readonly host: string | null; // where the fault is; null: outside what was captured
  readonly dev: string | null;
  readonly values: Values;
  readonly check: readonly Proof[];
  readonly repair: readonly Repair[];
  /** What it rests on: packets alone, or a model of the given cluster whose prediction the captures agree with. */
  readonly from: 'captures' | 'model';
}

/** A packet of a file: the proof of what a finding says. */
export interface Evidence {
  readonly point: string;
  readonly file: string;
  readonly packet: number; // 0-based; shown as packet + 1
}

export interface FlowName {
  readonly protocol: string;
  readonly src: string;
  readonly dst: string;
  readonly port: number | null; // of the service
}

export interface Finding {
  readonly kind: FindingKind;
  readonly severity: 'error' | 'warning' | 'note';
  readonly flow: FlowName | null;
  readonly host: string | null;
  readonly values: Values;
  readonly evidence: readonly Evidence[];
  readonly causes: readonly Cause[]; // likeliest first
}

/** One conversation: how far its packets came. */
export interface FlowReport extends FlowName {
  readonly requests: number;
  readonly replies: number;
  readonly answered: boolean;
  /** Last point that holds a request, and how many requests were last seen there; likewise for replies. */
  readonly requestsLastSeen: readonly { readonly point: string; readonly packets: number }[];
  readonly repliesLastSeen: readonly { readonly point: string; readonly packets: number }[];
}
