import type { Arp } from './arp';
import type { Ethernet } from './ethernet';
import type { Icmp } from './icmp';
import type { Ipv4Header } from './ipv4';
import type { Tcp } from './tcp';
import type { Field, Issue, Span } from './types';
import type { Udp } from './udp';
import type { Vlan } from './vlan';
import type { Vxlan } from './vxlan';

/** The header that each kind of layer holds. */
export interface Headers {
  readonly ethernet: Ethernet;
  readonly vlan: Vlan;
  readonly arp: Arp;
  readonly ipv4: Ipv4Header;
  readonly icmp: Icmp;
  readonly udp: Udp;
  readonly tcp: Tcp;
  readonly vxlan: Vxlan;
}

export type HeaderKind = keyof Headers;

interface LayerBase extends Span {
  readonly fields: readonly Field[];
  /** True for what an ICMP error quotes: it was sent earlier, by somebody else, and is shown but not judged. */
  readonly quoted: boolean;
}

/** `at` and `length` cover the header alone. */
type HeaderLayer = { [K in HeaderKind]: LayerBase & { readonly kind: K; readonly header: Headers[K] } }[HeaderKind];

/**
 * data: bytes of an application or of an echo. fragment: part of a transport payload whose rest is in other packets.
 * padding: bytes after the end that the packet's own length gives. unknown: of a protocol that is not read here.
 */
export type PayloadRole = 'data' | 'fragment' | 'padding' | 'unknown';

interface PayloadLayer extends LayerBase {
  readonly kind: 'payload';
  readonly role: PayloadRole;
}

/** Bytes that should have been a header. */
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
