/**
 * Where a packet stands in the three block types that hold one, draft-ietf-opsawg-pcapng sections 4.3, 4.4 and A.
 *
 *   offset  enhanced                   of old files                     simple
 *        8  interface (4)              interface (2), drops (2)         original length (4)
 *       12  time stamp, high and low (4 + 4)                            packet
 *       20  captured length, original length (4 + 4)
 *       28  packet, padded to four bytes, then options
 */
import type { Window } from './chunks';
import type { Clock } from './pcapng-time';
import type { Report } from './report';

export const BLOCK = {
  section: 0x0a0d_0d0a,
  interface: 1,
  oldPacket: 2,
  simplePacket: 3,
  names: 4,
  statistics: 5,
  packet: 6,
} as const;

/** What blocks of one section refer to. */
export interface Section {
  readonly little: boolean;
  readonly firstInterface: number; // index in the file of the section's interface 0
  readonly interfaces: { readonly snapLength: number; readonly lengthMax: number; readonly clock: Clock }[];
}

/** Filled in for each packet anew, so that a packet costs no object. */
export interface PacketPlace {
  interface: number;
  captured: number;
  original: number;
  dataAt: number; // bytes from the start of the block
  hasTime: boolean;
  high: number;
  low: number;
  hasOptions: boolean;
}

export const PLACE_UNKNOWN: Readonly<PacketPlace> = {
  interface: 0,
  captured: 0,
  original: 0,
  dataAt: 0,
  hasTime: false,
  high: 0,
  low: 0,
  hasOptions: false,
};

const FIXED_LENGTH = 28; // bytes before the packet
const SIMPLE_FIXED_LENGTH = 12;
const TRAILER_LENGTH = 4;

/** Fills in `place`; answers 1, or as a machine does: minus the bytes it has to see first, or STOP. */
export function packetIn(
  type: number,
  section: Section,
  { view, base }: Window,
  at: number,
  place: PacketPlace,
  report: Report,
): number {
  const { little, interfaces } = section;
  const isSimple = type === BLOCK.simplePacket;
  place.dataAt = isSimple ? SIMPLE_FIXED_LENGTH : FIXED_LENGTH;
  if (view.byteLength - at < place.dataAt) return -place.dataAt;
  place.interface = isSimple
    ? 0
    : type === BLOCK.packet
      ? view.getUint32(at + 8, little)
      : view.getUint16(at + 8, little);
  const from = interfaces[place.interface];
  const packet = report.packets + 1;
  if (from === undefined) {
    const missing = { interface: place.interface, interfaces: interfaces.length };
    return report.stop({ kind: 'no-such-interface', severity: 'error', packet, offset: base + at + 8, ...missing });
  }
  place.hasTime = !isSimple;
  place.hasOptions = !isSimple;
  place.original = view.getUint32(at + (isSimple ? 8 : 24), little);
  if (isSimple) {
    const { snapLength } = from;
    place.captured = snapLength === 0 ? place.original : Math.min(place.original, snapLength);
  } else {
    place.high = view.getUint32(at + 12, little);
    place.low = view.getUint32(at + 16, little);
    place.captured = view.getUint32(at + 20, little);
  }
  const room = view.getUint32(at + 4, little) - place.dataAt - TRAILER_LENGTH;
  const limit = Math.min(from.lengthMax, room);
  if (place.captured <= limit) return 1;
  const span = { offset: base + at + (isSimple ? 8 : 20), length: place.captured, limit };
  return report.stop({ kind: 'implausible-length', severity: 'error', packet, ...span });
}
