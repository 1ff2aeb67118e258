/**
 * File header of a classic capture file, draft-ietf-opsawg-pcap section 4. 24 bytes. The byte order is the writer's;
 * the magic number tells it.
 *
 *   offset  bytes  field
 *        0      4  magic number
 *        4      4  major, minor version (2 + 2)
 *        8      8  reserved
 *       16      4  snap length
 *       20      4  link type (16 bits), reserved (10), FCS length is present (1), reserved (1), FCS length (4)
 */
import { hex, hexNumber } from '../base/bytes';
import type { Result } from '../base/result';
import { err, ok } from '../base/result';
import { packetLengthMax } from './link-types';
import type { CaptureProblem, PcapVariant } from './types';

export const FILE_HEADER_LENGTH = 24; // bytes
const LCAP_LENGTH = 4; // bytes more: how long the records are together

/** Magic numbers that libpcap or Wireshark read, as the writer's own byte order has them. */
const MAGIC: ReadonlyMap<number, { readonly resolution: 'us' | 'ns'; readonly variant: PcapVariant | null }> = new Map([
  [0xa1b2c3d4, { resolution: 'us', variant: null }],
  [0xa1b23c4d, { resolution: 'ns', variant: null }],
  [0xa1b2cd34, { resolution: 'us', variant: 'modified' }],
  [0x1c0001ac, { resolution: 'ns', variant: 'lcap' }], // Ixia, hardware capture
  [0x1c0001ab, { resolution: 'us', variant: 'lcap' }], // Ixia, software capture
]);

const LINK_TYPE_BITS = 0xffff;
const RESERVED_BITS = 0x03ff_0000;

/** AIX writes ifType numbers of RFC 1573 in files of version 2.2: Ethernet, token ring, FDDI, loopback. */
const AIX_LINK_TYPE: ReadonlyMap<number, number> = new Map([
  [6, 1],
  [9, 6],
  [15, 10],
  [24, 0],
]);

export interface PcapHeader {
  readonly little: boolean;
  readonly resolution: 'us' | 'ns';
  readonly variant: PcapVariant | null;
  /** True where only the records tell whether they have the usual form: see pcap-variants.ts. */
  readonly mayVary: boolean;
  readonly version: { readonly major: number; readonly minor: number };
  readonly snapLength: number;
  readonly linkType: number;
  readonly lengthMax: number; // of a packet
  /** Which of the two lengths of a record comes first; `by-size`: the smaller one is the captured length. */
  readonly lengths: 'captured-first' | 'original-first' | 'by-size';
  readonly length: number; // of this header, bytes
}

interface Magic {
  readonly little: boolean;
  readonly resolution: 'us' | 'ns';
  readonly variant: PcapVariant | null;
}

export function magicOf(view: DataView, at: number): Magic | null {
  for (const little of [true, false]) {
    const known = MAGIC.get(view.getUint32(at, little));
    if (known !== undefined) return { little, ...known };
  }
  return null;
}

/** How long the header is; null if the magic number is not one of these. The first four bytes are there. */
export function headerLength(view: DataView, at: number): number | null {
  const magic = magicOf(view, at);
  return magic === null ? null : FILE_HEADER_LENGTH + (magic.variant === 'lcap' ? LCAP_LENGTH : 0);
}

/** The whole header is there. */
export function readHeader(view: DataView, at: number, magic: Magic): Result<PcapHeader, CaptureProblem> {
  const { little } = magic;
  const version = { major: view.getUint16(at + 4, little), minor: view.getUint16(at + 6, little) };
  const field = view.getUint32(at + 20, little);
  if (version.major < 2) {
    const said = `${version.major}.${version.minor}`;
    return err({ kind: 'unsupported-version', severity: 'error', offset: 4, format: 'pcap', version: said });
  }
  const isPlain = magic.variant === null && magic.resolution === 'us';
  const aix = isPlain && version.major === 2 && version.minor === 2 ? AIX_LINK_TYPE.get(field) : undefined;
  if (aix === undefined && (field & RESERVED_BITS) !== 0) {
    return err({ kind: 'reserved-bits', severity: 'error', offset: 20, linkTypeField: hexNumber(field, 8) });
  }
  const linkType = aix ?? field & LINK_TYPE_BITS;
  const lengths = lengthsOf(version);
  return ok({
    ...magic,
    ...(aix === undefined ? {} : { variant: 'aix', resolution: 'ns' }),
    mayVary: lengths === 'captured-first' && aix === undefined && (isPlain || magic.variant === 'modified'),
    version,
    snapLength: view.getUint32(at + 16, little),
    linkType,
    lengthMax: packetLengthMax(linkType),
    lengths,
    length: FILE_HEADER_LENGTH + (magic.variant === 'lcap' ? LCAP_LENGTH : 0),
  });
}

/** The two lengths changed places in version 2.3, though some writers had not heard of it; DG/UX writes 543.0. */
function lengthsOf({ major, minor }: PcapHeader['version']): PcapHeader['lengths'] {
  if (major === 543 || (major === 2 && minor < 3)) return 'original-first';
  return major === 2 && minor === 3 ? 'by-size' : 'captured-first';
}

export const magicText = (bytes: Uint8Array): string => hex(bytes.subarray(0, 4));
