import type { Ah } from './ah';
import type { Arp } from './arp';
import type { Ethernet } from './ethernet';
import type { Geneve } from './geneve';
import type { Gre } from './gre';
import type { Icmp } from './icmp';
import type { Icmpv6 } from './icmpv6';
import type { Ipv4Header } from './ipv4';
import type { Ipv6Header } from './ipv6';
import type { Ipv6Extension } from './ipv6-extension';
import type { Ipv6Fragment } from './ipv6-fragment';
import type { Loopback } from './loopback';
import type { NeighbourDiscovery } from './neighbour-discovery';
import type { Sll } from './sll';
import type { Sll2 } from './sll2';
import type { Tcp } from './tcp';
import type { Field, Issue, Span } from './types';
import type { Udp } from './udp';
import type { Vlan } from './vlan';
import type { Vxlan } from './vxlan';

/** The header that each kind of layer holds. */
export interface Headers {
  readonly ethernet: Ethernet;
  readonly vlan: Vlan;
  readonly loopback: Loopback;
  readonly sll: Sll;
  readonly sll2: Sll2;
  readonly arp: Arp;
  readonly ipv4: Ipv4Header;
  readonly ipv6: Ipv6Header;
  readonly 'ipv6-hop-by-hop': Ipv6Extension;
  readonly 'ipv6-destination': Ipv6Extension;
  readonly 'ipv6-routing': Ipv6Extension;
  readonly 'ipv6-fragment': Ipv6Fragment;
  readonly ah: Ah;
  readonly icmp: Icmp;
  readonly icmpv6: Icmpv6;
  readonly 'neighbour-discovery': NeighbourDiscovery;
  readonly udp: Udp;
  readonly tcp: Tcp;
  readonly vxlan: Vxlan;
  readonly geneve: Geneve;
  readonly gre: Gre;
}

export type HeaderKind = keyof Headers;

interface LayerBase extends Span {
  readonly fields: readonly Field[];
  /** True for what an ICMP error quotes: it was sent earlier, by somebody else, and raises no issues. */
  readonly quoted: boolean;
}

/**
 * offloaded: left to a network card that has not filled it in, see transport-checksum.ts. absent: the sender computed
 * none. unverified: not all bytes that it covers are here.
 */
export type ChecksumStatus = 'good' | 'bad' | 'offloaded' | 'absent' | 'unverified';

/** `at` and `length` cover the header alone. `checksum` is null for a kind of header without one. */
type HeaderLayer = {
  [K in HeaderKind]: LayerBase & {
    readonly kind: K;
    readonly header: Headers[K];
    readonly checksum: ChecksumStatus | null;
  };
}[HeaderKind];

/**
 * data: bytes of an application or of an echo. fragment: part of a transport payload whose rest is in other packets.
 * padding: bytes after the end that the packet's own length gives. unknown: of a protocol that is not read here.
 */
export type PayloadRole = 'data' | 'fragment' | 'padding' | 'unknown';

interface PayloadLayer extends LayerBase {
  readonly kind: 'payload';
  readonly role: PayloadRole;
}

/** Bytes that should have been a header. Of one that is cut, `fields` has those before the cut. */
export interface UnreadableLayer extends LayerBase {
  readonly kind: 'unreadable';
  readonly expected: HeaderKind | null; // null: it is not known what they are
  readonly reason: UnreadableReason;
}

export type UnreadableReason =
  | { readonly kind: 'link-type'; readonly linkType: number }
  | { readonly kind: 'truncated'; readonly need: number; readonly have: number }
  | { readonly kind: 'malformed'; readonly issue: Issue }
  | { readonly kind: 'too-deep'; readonly layersMax: number };

export type Layer = HeaderLayer | PayloadLayer | UnreadableLayer;

/** A whole frame, read as far as it can be. Every captured byte lies in exactly one layer, unless a quote is cut. */
export interface DecodedFrame {
  readonly layers: readonly Layer[]; // in the order of the bytes
  readonly issues: readonly Issue[];
  readonly bytes: Uint8Array;
  readonly originalLength: number; // bytes on the wire, as the capture states it
  readonly truncated: boolean; // the capture holds fewer bytes than there were
}
