/**
 * A frame as the simulator holds it: addresses and a readable body. `decode.ts` is the other reader, for people:
 * it keeps every layer, every byte range and everything wrong.
 */
import type { Mac } from '../addr/mac';
import { unreachable } from '../base/result';
import type { Arp } from './arp';
import * as arp from './arp';
import * as ethernet from './ethernet';
import type { Ipv4Header } from './ipv4';
import * as ipv4 from './ipv4';

export type Body =
  | { readonly kind: 'arp'; readonly arp: Arp }
  /** `payload` is what stands after the IP header: transport header and data, or a fragment's part of them. */
  | { readonly kind: 'ipv4'; readonly header: Ipv4Header; readonly payload: Uint8Array }
  | { readonly kind: 'other'; readonly etherType: number; readonly bytes: Uint8Array };

export interface Frame {
  readonly dst: Mac;
  readonly src: Mac;
  readonly body: Body;
}

/** The bytes as they leave a virtual interface: not padded, no frame check sequence. */
export function serializeFrame(frame: Frame): Uint8Array {
  const { etherType, bytes } = serializeBody(frame.body);
  return ethernet.serialize({ dst: frame.dst, src: frame.src, etherType }, bytes);
}

function serializeBody(body: Body): { readonly etherType: number; readonly bytes: Uint8Array } {
  switch (body.kind) {
    case 'arp':
      return { etherType: ethernet.ETHERTYPE.arp, bytes: arp.serialize(body.arp) };
    case 'ipv4':
      return { etherType: ethernet.ETHERTYPE.ipv4, bytes: ipv4.serialize(body.header, body.payload) };
    case 'other':
      return body;
    default:
      return unreachable(body);
  }
}

/**
 * The frame in these bytes; null if a header is cut or unreadable, or if the IP packet is longer than the frame.
 * Padding is left out; checksums are not judged.
 */
export function readFrame(bytes: Uint8Array): Frame | null {
  const outer = ethernet.parse(bytes, 0);
  if (!outer.ok) return null;
  const { header, payloadAt } = outer.value;
  const body = readBody(header.etherType, bytes, payloadAt);
  return body === null ? null : { dst: header.dst, src: header.src, body };
}

function readBody(etherType: number, bytes: Uint8Array, at: number): Body | null {
  if (etherType === ethernet.ETHERTYPE.arp) {
    const parsed = arp.parse(bytes, at);
    return parsed.ok ? { kind: 'arp', arp: parsed.value.header } : null;
  }
  if (etherType !== ethernet.ETHERTYPE.ipv4) return { kind: 'other', etherType, bytes: bytes.subarray(at) };
  const parsed = ipv4.parse(bytes, at);
  if (!parsed.ok) return null;
  const { header, payloadAt } = parsed.value;
  const end = at + header.totalLength;
  if (end < payloadAt || end > bytes.length) return null;
  return { kind: 'ipv4', header, payload: bytes.subarray(payloadAt, end) };
}
