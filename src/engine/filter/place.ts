/**
 * Where in a frame a primitive finds its headers. It looks at the bytes, as a BPF program does, so that a header that a
 * capture cut still answers for the bytes it has.
 */
import type { DecodedFrame, HeaderKind, Layer } from '../wire/layers';
import type { Level } from './types';

export interface Place {
  /** First byte of the link-layer header, or of what stands in its place. */
  readonly linkAt: number;
  /** Of the Ethernet header; null for a link of another type. */
  readonly ethernetAt: number | null;
  /** What comes behind the link-layer header and the tags that the level skips. */
  readonly network: { readonly kind: HeaderKind | 'other'; readonly at: number } | null;
  /** As the link-layer header or the last tag says it; null where neither does. */
  readonly etherType: number | null;
  readonly tag: number | null; // of the last VLAN that was skipped
  /** Not even the link-layer header is whole, so nobody can say what is in the frame. */
  readonly isCut: boolean;
}

/** The kind that a layer has or, where it cannot be read, should have. */
const kindOf = (layer: Layer | undefined): HeaderKind | 'other' =>
  layer === undefined || layer.kind === 'payload'
    ? 'other'
    : layer.kind === 'unreadable'
      ? (layer.expected ?? 'other')
      : layer.kind;

/** Null if the frame has no such tunnel or tag. */
export function placeIn({ layers, bytes }: DecodedFrame, { tunnels, tags }: Level): Place | null {
  let index = 0;
  for (let i = 0; i < tunnels; i += 1) {
    index =
      1 + layers.findIndex(({ kind, quoted }, at) => at >= index && !quoted && (kind === 'vxlan' || kind === 'geneve'));
    if (index === 0) return null;
  }
  const link = layers[index];
  const isLink = link !== undefined && ['ethernet', 'sll', 'sll2', 'loopback'].includes(kindOf(link));
  if (isLink) index += 1;
  let etherType = isLink ? etherTypeOf(link) : null;
  let vid: number | null = null;
  for (let i = 0; i < tags; i += 1, index += 1) {
    const tag = layers[index];
    if (tag?.kind !== 'vlan') return null;
    etherType = tag.header.etherType;
    vid = tag.header.vid;
  }
  const next = layers[index];
  const kind = !isLink && kindOf(next) === 'ipv4' && !isIp(bytes[next?.at ?? 0]) ? 'other' : kindOf(next);
  return {
    linkAt: link?.at ?? 0,
    ethernetAt: link !== undefined && kindOf(link) === 'ethernet' ? link.at : null,
    network: next === undefined ? null : { kind, at: next.at },
    etherType: etherType ?? impliedBy(kind),
    tag: vid,
    isCut: isLink && link.kind === 'unreadable',
  };
}

/** Without a link-layer header the first four bits say which IP it is, if any. */
const isIp = (first = 0): boolean => first >>> 4 === 4 || first >>> 4 === 6;

function etherTypeOf(link: Layer): number | null {
  if (link.kind === 'ethernet') return link.header.etherType;
  return link.kind === 'sll' || link.kind === 'sll2' ? link.header.protocol : null;
}

/** Raw IP and loopback headers have no EtherType, but what they carry has one. */
const impliedBy = (kind: HeaderKind | 'other'): number | null =>
  kind === 'ipv4' ? 0x0800 : kind === 'ipv6' ? 0x86dd : null;
