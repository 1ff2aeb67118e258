/**
 * Reads a whole captured frame for showing. Never fails: what cannot be read becomes an 'unreadable' layer, and what
 * breaks a rule is kept and named in `issues`. Layer by layer: read-link.ts, read-network.ts, read-transport.ts and, for
 * what carries whole packets, read-tunnel.ts.
 */
import { type Decoding, type Into, pushUnreadable, type Read, type Region } from './decoding';
import type { DecodedFrame } from './layers';
import { readArp, readEthernet, readLoopback, readSll, readSll2 } from './read-link';
import { readIp, readIpv4, readIpv6 } from './read-network';
import type { Field } from './types';

/** How a frame starts, by the capture's link type: https://www.tcpdump.org/linktypes.html. */
const FIRST_LAYER: ReadonlyMap<number, Read> = new Map([
  [0, readLoopback],
  [1, readEthernet],
  [12, readIp], // RAW, as BSD numbers it; most systems write 101
  [14, readIp], // RAW of OpenBSD
  [101, readIp], // as recorded on a tunnel interface, which has no link-layer header
  [108, readLoopback],
  [113, readSll],
  [228, readIpv4],
  [229, readIpv6],
  [276, readSll2],
]);

const INTO: Into = { ethernet: readEthernet, ipv4: readIpv4, ipv6: readIpv6, arp: readArp };

export function decodeFrame(
  bytes: Uint8Array,
  options: { readonly linkType: number; readonly originalLength: number },
): DecodedFrame {
  const layers: Decoding['layers'] = [];
  const issues: Decoding['issues'] = [];
  const decoding: Decoding = { bytes, layers, issues, into: INTO };
  const limit = Math.max(bytes.length, options.originalLength);
  const region: Region = { at: 0, end: bytes.length, limit, quoted: false };
  const first = FIRST_LAYER.get(options.linkType);
  if (first === undefined) pushUnreadable(decoding, region, null, { kind: 'link-type', linkType: options.linkType });
  else first(decoding, region);
  return { layers, issues, bytes, originalLength: options.originalLength, truncated: limit > bytes.length };
}

/**
 * All fields of the frame in the order of its layers; those of a quoted packet are prefixed. A name comes twice
 * where a layer does, as in a tunnel: the outer one is first.
 */
export const fieldsOf = (decoded: DecodedFrame): readonly Field[] =>
  decoded.layers.flatMap((layer) => (layer.quoted ? layer.fields.map(quotedField) : layer.fields));

const quotedField = (field: Field): Field =>
  field.name.startsWith('quoted.') ? field : { ...field, name: `quoted.${field.name}` as Field['name'] };
