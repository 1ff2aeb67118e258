/**
 * Why a packet ended before its destination. A closed list: docs/outcomes.md states the condition of each,
 * src/i18n has the sentence of each, and a test holds the three together.
 */
import type { Ipv4 } from '../addr/ipv4';
import type { Mac } from '../addr/mac';
import type { TableName } from '../net/netfilter';

export type DropReason =
  | { readonly kind: 'no-route'; readonly dst: Ipv4 }
  | { readonly kind: 'blackhole-route'; readonly dst: Ipv4 }
  | { readonly kind: 'prohibit-route'; readonly dst: Ipv4 }
  | { readonly kind: 'unreachable-route'; readonly dst: Ipv4 }
  | { readonly kind: 'forwarding-off'; readonly dev: string } // ingress device
  | { readonly kind: 'source-not-reachable'; readonly src: Ipv4; readonly dev: string; readonly mode: 1 | 2 } // rp_filter
  | { readonly kind: 'martian-source'; readonly src: Ipv4; readonly dev: string }
  | { readonly kind: 'ttl-expired'; readonly ttl: number }
  | { readonly kind: 'too-big'; readonly packetBytes: number; readonly mtuBytes: number }
  | {
      readonly kind: 'rule';
      readonly table: TableName;
      readonly hook: Hook;
      readonly rule: string;
      readonly rejected: boolean;
    }
  | { readonly kind: 'policy'; readonly table: TableName; readonly hook: Hook }
  | { readonly kind: 'neighbour-failed'; readonly nextHop: Ipv4; readonly dev: string }
  | { readonly kind: 'not-for-this-mac'; readonly mac: Mac }
  | { readonly kind: 'link-down'; readonly dev: string }
  | { readonly kind: 'no-cable'; readonly dev: string }
  | { readonly kind: 'receiver-mtu'; readonly frameBytes: number; readonly mtuBytes: number }
  | { readonly kind: 'no-tunnel-peer'; readonly mac: Mac }
  | { readonly kind: 'no-port'; readonly mac: Mac } // bridge or switch: nowhere to send it
  | { readonly kind: 'source-guard'; readonly src: Ipv4; readonly segment: string }
  | { readonly kind: 'not-for-this-host'; readonly dst: Ipv4 }
  | { readonly kind: 'no-listener'; readonly protocol: 'udp' | 'tcp'; readonly port: number }
  | { readonly kind: 'no-process'; readonly what: 'echo-reply' | 'icmp-error' | 'tcp' | 'udp' }
  | { readonly kind: 'incomplete-fragments' }
  | { readonly kind: 'bad-checksum' };

export type DropKind = DropReason['kind'];

/** netfilter's five places, in the order a packet can meet them. */
export type Hook = 'PREROUTING' | 'INPUT' | 'FORWARD' | 'OUTPUT' | 'POSTROUTING';

/** Why an ICMP error that the rules call for was not sent. RFC 1122 section 3.2.2; Linux net/ipv4/icmp.c, route.c. */
export type WithheldReason =
  | { readonly kind: 'no-route-to-source'; readonly src: Ipv4 }
  | { readonly kind: 'rate-limited'; readonly to: Ipv4 }
  | { readonly kind: 'about-icmp-error' }
  | { readonly kind: 'about-fragment' }
  | { readonly kind: 'about-broadcast' };
