import type { Result } from '../base/result';

/** Byte range in the frame on the wire: `at` counts from the frame's first byte, length in bytes. */
export interface Span {
  readonly at: number;
  readonly length: number;
}

/** Stable keys of the header fields, spelled as Wireshark's display filters spell them. Labels live in `i18n`. */
export const FIELD_NAMES = [
  'eth.dst',
  'eth.src',
  'eth.type',
  'eth.len',
  'null.family',
  'sll.pkttype',
  'sll.hatype',
  'sll.halen',
  'sll.src.eth',
  'sll.src.other',
  'sll.ifindex',
  'sll.etype',
  'vlan.priority',
  'vlan.dei',
  'vlan.id',
  'vlan.etype',
  'arp.hw.type',
  'arp.proto.type',
  'arp.hw.size',
  'arp.proto.size',
  'arp.opcode',
  'arp.src.hw_mac',
  'arp.src.proto_ipv4',
  'arp.dst.hw_mac',
  'arp.dst.proto_ipv4',
  'ip.version',
  'ip.hdr_len',
  'ip.dsfield',
  'ip.len',
  'ip.id',
  'ip.flags.rb',
  'ip.flags.df',
  'ip.flags.mf',
  'ip.frag_offset',
  'ip.ttl',
  'ip.proto',
  'ip.checksum',
  'ip.src',
  'ip.dst',
  'ip.options',
  'ipv6.version',
  'ipv6.tclass',
  'ipv6.flow',
  'ipv6.plen',
  'ipv6.nxt',
  'ipv6.hlim',
  'ipv6.src',
  'ipv6.dst',
  'ipv6.hopopts.nxt',
  'ipv6.hopopts.len',
  'ipv6.dstopts.nxt',
  'ipv6.dstopts.len',
  'ipv6.routing.nxt',
  'ipv6.routing.len',
  'ipv6.routing.type',
  'ipv6.routing.segleft',
  'ipv6.fraghdr.nxt',
  'ipv6.fraghdr.offset',
  'ipv6.fraghdr.more',
  'ipv6.fraghdr.ident',
  'ah.next_header',
  'ah.length',
  'ah.spi',
  'ah.sequence',
  'ah.icv',
  'icmp.type',
  'icmp.code',
  'icmp.checksum',
  'icmp.ident',
  'icmp.seq',
  'icmp.mtu',
  'icmp.gateway',
  'icmpv6.type',
  'icmpv6.code',
  'icmpv6.checksum',
  'icmpv6.echo.identifier',
  'icmpv6.echo.sequence_number',
  'icmpv6.mtu',
  'icmpv6.pointer',
  'icmpv6.nd.ra.cur_hop_limit',
  'icmpv6.nd.ra.flag',
  'icmpv6.nd.ra.router_lifetime',
  'icmpv6.nd.ra.reachable_time',
  'icmpv6.nd.ra.retrans_timer',
  'icmpv6.nd.ns.target_address',
  'icmpv6.nd.na.flag.r',
  'icmpv6.nd.na.flag.s',
  'icmpv6.nd.na.flag.o',
  'icmpv6.nd.na.target_address',
  'icmpv6.nd.rd.target_address',
  'icmpv6.rd.na.destination_address',
  'icmpv6.opt',
  'icmpv6.opt.src_linkaddr',
  'icmpv6.opt.target_linkaddr',
  'icmpv6.opt.prefix',
  'icmpv6.opt.mtu',
  'udp.srcport',
  'udp.dstport',
  'udp.length',
  'udp.checksum',
  'tcp.srcport',
  'tcp.dstport',
  'tcp.seq',
  'tcp.ack',
  'tcp.hdr_len',
  'tcp.flags',
  'tcp.window_size',
  'tcp.checksum',
  'tcp.urgent_pointer',
  'tcp.options',
  'vxlan.flags',
  'vxlan.vni',
  'geneve.version',
  'geneve.flags',
  'geneve.proto_type',
  'geneve.vni',
  'geneve.options',
  'gre.flags_and_version',
  'gre.proto',
  'gre.checksum',
  'gre.key',
  'gre.key.payload_length',
  'gre.key.call_id',
  'gre.sequence_number',
  'gre.ack_number',
  'data',
] as const;

export type HeaderFieldName = (typeof FIELD_NAMES)[number];

/** `quoted.` marks a field of the packet that an ICMP error quotes. */
export type FieldName = HeaderFieldName | `quoted.${HeaderFieldName}`;

/** One header field as people read it. Hex view, header diff and packet list all read these. */
export interface Field extends Span {
  readonly name: FieldName;
  readonly text: string;
}

/** Every rule that a readable or unreadable header can break. */
export type IssueRule =
  | 'header-cut'
  | 'arp-hardware-type'
  | 'arp-protocol-type'
  | 'arp-address-sizes'
  | 'ipv4-version'
  | 'ipv4-header-length'
  | 'ipv4-total-length'
  | 'ipv4-total-length-zero'
  | 'ipv4-reserved-flag'
  | 'ipv4-checksum'
  | 'ipv6-version'
  | 'ipv6-payload-length'
  | 'ah-length'
  | 'icmp-checksum'
  | 'icmpv6-checksum'
  | 'icmpv6-option'
  | 'udp-length'
  | 'udp-checksum'
  | 'udp-checksum-zero'
  | 'tcp-header-length'
  | 'tcp-options'
  | 'tcp-checksum'
  | 'checksum-offloaded'
  | 'vxlan-vni-flag'
  | 'geneve-version'
  | 'gre-version'
  | 'gre-routing'
  | 'gre-checksum';

/** A rule of an RFC that a header breaks: which rule, whose, where, and the numbers. */
export interface Issue extends Span {
  readonly rule: IssueRule;
  readonly source: string; // 'RFC 791 section 3.1'
  readonly values?: Readonly<Record<string, string | number>>;
}

/** The header cannot be read at all: bytes are missing, or it is not of the kind its module reads. */
export type WireError =
  | { readonly kind: 'truncated'; readonly at: number; readonly need: number; readonly have: number }
  | { readonly kind: 'malformed'; readonly issue: Issue };

/** A header and what follows it. `issues` is empty for a header that keeps the rules. */
export interface Parsed<H> {
  readonly header: H;
  readonly payloadAt: number; // bytes from the start of the frame
  readonly issues: readonly Issue[];
}

/**
 * The three verbs each protocol file in `wire/` exports, under these names. `serialize` writes what the header
 * says: wrong lengths and checksums are written as they stand.
 */
export interface WireModule<H> {
  parse(frame: Uint8Array, at: number): Result<Parsed<H>, WireError>;
  serialize(header: H, payload?: Uint8Array): Uint8Array;
  describe(header: H, at: number): readonly Field[];
}
