/**
 * What reading any layer has in common: where its bytes end, and how a header, a payload or a failure is recorded.
 */
import { hex, NO_BYTES } from '../base/bytes';
import type { Result } from '../base/result';
import * as ah from './ah';
import * as arp from './arp';
import * as ethernet from './ethernet';
import * as geneve from './geneve';
import * as gre from './gre';
import * as icmp from './icmp';
import * as icmpv6 from './icmpv6';
import * as ipv4 from './ipv4';
import * as ipv6 from './ipv6';
import * as ipv6Extension from './ipv6-extension';
import * as ipv6Fragment from './ipv6-fragment';
import type { ChecksumStatus, HeaderKind, Headers, Layer, PayloadRole, UnreadableReason } from './layers';
import * as loopback from './loopback';
import * as neighbourDiscovery from './neighbour-discovery';
import * as sll from './sll';
import * as sll2 from './sll2';
import * as tcp from './tcp';
import type { Field, Issue, Parsed, WireError } from './types';
import * as udp from './udp';
import * as vlan from './vlan';
import * as vxlan from './vxlan';

/** Enough for any tunnel in use; keeps a frame of nothing but nested headers from nesting without end. */
export const LAYERS_MAX = 32;

export interface Decoding {
  readonly bytes: Uint8Array;
  readonly layers: Layer[];
  readonly issues: Issue[];
  readonly into: Into;
}

export type Read = (decoding: Decoding, region: Region) => void;

/** The readers that a tunnel or a quote starts again, handed down so that no file imports in a circle. */
export interface Into {
  readonly ethernet: Read;
  readonly ipv4: Read;
  readonly ipv6: Read;
  readonly arp: Read;
}

/** The bytes one layer and everything inside it may use. */
export interface Region {
  readonly at: number;
  /** First byte after the captured part. */
  readonly end: number;
  /** First byte after it on the wire; Infinity if the rest is elsewhere: in other fragments, or left out of a quote. */
  readonly limit: number;
  readonly quoted: boolean;
}

export const isWhole = (region: Region): boolean => region.end === region.limit;

/** What a checksum says, and the rule it breaks if that is not told yet. */
export interface ChecksumVerdict {
  readonly status: ChecksumStatus;
  readonly issue: Issue | null;
}

export const UNVERIFIED: ChecksumVerdict = { status: 'unverified', issue: null };

interface Reader<H> {
  parse(frame: Uint8Array, at: number): Result<Parsed<H>, WireError>;
  describe(header: H, at: number): readonly Field[];
  /** What stands in for the missing bytes of a cut header, where zeros would be no header at all. */
  readonly BLANK?: Uint8Array;
}

/** Reads one header, records its layer and its issues; null if there is no going on behind it. */
export function readHeader<K extends HeaderKind>(
  decoding: Decoding,
  region: Region,
  kind: K,
  reader: Reader<Headers[K]>,
  judge?: (parsed: Parsed<Headers[K]>) => ChecksumVerdict,
): Parsed<Headers[K]> | null {
  const { layers, bytes } = decoding;
  if (layers.length >= LAYERS_MAX) {
    pushUnreadable(decoding, region, kind, { kind: 'too-deep', layersMax: LAYERS_MAX });
    return null;
  }
  const { at, quoted } = region;
  const parsed = reader.parse(bytes.subarray(0, region.end), at);
  if (!parsed.ok) {
    pushError(decoding, region, kind, reader, parsed.error);
    return null;
  }
  const { header, payloadAt, issues } = parsed.value;
  const verdict = judge?.(parsed.value) ?? null;
  const checksum = verdict?.status ?? null;
  const span = { at, length: payloadAt - at };
  layers.push({ kind, header, checksum, ...span, fields: reader.describe(header, at), quoted } as Layer);
  if (!quoted) decoding.issues.push(...issues);
  if (!quoted && verdict !== null && verdict.issue !== null) decoding.issues.push(verdict.issue);
  return parsed.value;
}

/** A cut header is an issue only if the frame, and not the capture or a quote, ends there. */
function pushError<H>(
  decoding: Decoding,
  region: Region,
  expected: HeaderKind,
  reader: Reader<H>,
  error: WireError,
): void {
  const known = fieldsBefore(decoding.bytes.subarray(region.at, region.end), region.at, reader);
  if (error.kind === 'malformed') {
    if (!region.quoted) decoding.issues.push(error.issue);
    pushUnreadable(decoding, region, expected, error, known);
    return;
  }
  const { need, have } = error;
  if (isWhole(region) && !region.quoted) {
    const span = { at: region.at, length: have };
    decoding.issues.push({ ...span, rule: 'header-cut', source: SOURCES[expected], values: { need, have } });
  }
  pushUnreadable(decoding, region, expected, { kind: 'truncated', need, have }, known);
}

/** The fields before the cut, or before a value that no header may have. A stand-in for the rest is read with them. */
function fieldsBefore<H>(bytes: Uint8Array, at: number, reader: Reader<H>, need = bytes.length): readonly Field[] {
  const padded = new Uint8Array(need);
  padded.set(reader.BLANK?.subarray(0, need) ?? NO_BYTES);
  padded.set(bytes);
  const parsed = reader.parse(padded, 0);
  if (parsed.ok) {
    return reader.describe(parsed.value.header, at).filter((field) => field.at + field.length <= at + bytes.length);
  }
  const { error } = parsed;
  if (error.kind === 'truncated') return error.need > need ? fieldsBefore(bytes, at, reader, error.need) : [];
  return error.issue.at < bytes.length ? fieldsBefore(bytes.subarray(0, error.issue.at), at, reader) : [];
}

const SOURCES: Readonly<Record<HeaderKind, string>> = {
  ethernet: ethernet.SOURCE,
  vlan: vlan.SOURCE,
  loopback: loopback.SOURCE,
  sll: sll.SOURCE,
  sll2: sll2.SOURCE,
  arp: arp.SOURCE,
  ipv4: ipv4.SOURCE,
  ipv6: ipv6.SOURCE,
  'ipv6-hop-by-hop': ipv6Extension.SOURCE,
  'ipv6-destination': ipv6Extension.SOURCE,
  'ipv6-routing': ipv6Extension.SOURCE,
  'ipv6-fragment': ipv6Fragment.SOURCE,
  ah: ah.SOURCE,
  icmp: icmp.SOURCE,
  icmpv6: icmpv6.SOURCE,
  'neighbour-discovery': neighbourDiscovery.SOURCE,
  udp: udp.SOURCE,
  tcp: tcp.SOURCE,
  vxlan: vxlan.SOURCE,
  geneve: geneve.SOURCE,
  gre: gre.SOURCE,
};

export const inside = (region: Region, at: number): Region => ({ ...region, at });

export function pushPayload(decoding: Decoding, region: Region, role: PayloadRole): void {
  if (region.at >= region.end) return;
  const { quoted } = region;
  const span = { at: region.at, length: region.end - region.at };
  decoding.layers.push({ kind: 'payload', role, ...span, fields: dataField(decoding, region), quoted });
}

/** Also recorded when no byte is left, so that a frame of no bytes still says what is missing. */
export function pushUnreadable(
  decoding: Decoding,
  region: Region,
  expected: HeaderKind | null,
  reason: UnreadableReason,
  known: readonly Field[] = [],
): void {
  const { quoted } = region;
  const span = { at: region.at, length: region.end - region.at };
  const fields = known.length > 0 ? known : dataField(decoding, region);
  decoding.layers.push({ kind: 'unreadable', expected, reason, ...span, fields, quoted });
}

function dataField(decoding: Decoding, { at, end }: Region): readonly Field[] {
  if (at >= end) return [];
  return [{ name: 'data', text: hex(decoding.bytes.subarray(at, end)), at, length: end - at }];
}
