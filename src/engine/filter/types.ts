/**
 * A packet filter, in the language of pcap-filter(7) for what is decoded here, and three words of our own: `ttl`, `id` and
 * `point`. Parsing gives a tree; compile.ts makes it a function of a frame's bytes.
 */
import type { Ipv4 } from '../addr/ipv4';
import type { Ipv6 } from '../addr/ipv6';
import type { Mac } from '../addr/mac';

export type Filter =
  | { readonly kind: 'all' } // of an empty text
  | { readonly kind: 'and' | 'or'; readonly left: Filter; readonly right: Filter }
  | { readonly kind: 'not'; readonly of: Filter }
  | (Primitive & { readonly level: Level });

/**
 * Where in the frame a primitive looks. Each `vlan` on its left moves it behind one tag more, each tunnel into the inner
 * frame: the rule of libpcap (`gen_vlan`, `gen_geneve`), whatever parentheses or `not` stand between.
 */
export interface Level {
  readonly tunnels: number;
  readonly tags: number;
}

export type Network = 'ip' | 'ip6' | 'arp';
export type Direction = 'src' | 'dst' | 'either' | 'both';

/** All addresses that agree with `base` in the first `len` bits. */
export type AddressRange =
  | { readonly version: 4; readonly base: Ipv4; readonly len: number }
  | { readonly version: 6; readonly base: Ipv6; readonly len: number };

export type Primitive =
  | { readonly kind: 'ether-type'; readonly type: number }
  /** `network` null: either IP. */
  | { readonly kind: 'protocol'; readonly network: 'ip' | 'ip6' | null; readonly protocol: number }
  /** `network` null: IP, or ARP's addresses. */
  | {
      readonly kind: 'address';
      readonly network: Network | null;
      readonly direction: Direction;
      readonly range: AddressRange;
    }
  | {
      readonly kind: 'port';
      readonly protocols: readonly number[];
      readonly direction: Direction;
      readonly from: number;
      readonly to: number;
    }
  | { readonly kind: 'mac'; readonly direction: Direction; readonly mac: Mac }
  | { readonly kind: 'broadcast' }
  | { readonly kind: 'multicast'; readonly network: 'ether' | 'ip' | 'ip6' }
  | { readonly kind: 'vlan'; readonly id: number | null }
  | { readonly kind: 'tunnel'; readonly tunnel: 'vxlan' | 'geneve'; readonly vni: number | null }
  | { readonly kind: 'compare'; readonly how: Comparison; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'point'; readonly name: string };

export type Comparison = '=' | '!=' | '<' | '>' | '<=' | '>=';
export type Arithmetic = '+' | '-' | '*' | '/' | '%' | '&' | '|' | '^' | '<<' | '>>';
export type Accessor = 'ether' | 'arp' | 'ip' | 'ip6' | 'icmp' | 'icmp6' | 'tcp' | 'udp';

/** A number of 32 bits. */
export type Expression =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'length' } // of the packet on the wire
  | { readonly kind: 'hop-limit' } // IPv4's TTL or IPv6's hop limit
  | { readonly kind: 'bytes'; readonly of: Accessor; readonly at: Expression; readonly size: 1 | 2 | 4 }
  | {
      readonly kind: 'arithmetic';
      readonly how: Arithmetic;
      readonly left: Expression;
      readonly right: Expression;
    };

/** What could have stood at the place of an error. */
export type Expected =
  | 'primitive'
  | 'address'
  | 'network'
  | 'mac'
  | 'port'
  | 'port-range'
  | 'number'
  | 'protocol'
  | 'point-name'
  | 'comparison'
  | 'size'
  | 'and-or'
  | 'closing-parenthesis'
  | 'closing-bracket';

export interface FilterError {
  readonly at: number; // in the text, in UTF-16 units
  readonly length: number; // 0: at its end
  /**
   * end: something is missing. unexpected: another word is needed here. unknown-word: no word of this language.
   * out-of-range: a number or prefix that cannot be. host-bits: a network with bits behind its prefix.
   */
  readonly kind: 'end' | 'unexpected' | 'unknown-word' | 'out-of-range' | 'host-bits';
  readonly expected: Expected;
}
