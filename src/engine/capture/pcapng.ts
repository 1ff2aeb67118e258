/**
 * pcapng, draft-ietf-opsawg-pcapng. A file of blocks; each begins with its type and its whole length and ends with
 * that length again, so a block of any type can be passed over.
 *
 *   offset  bytes  every block                  type  what it is
 *        0      4  type                   0x0a0d0d0a  section header: byte order, version; starts counting anew
 *        4      4  total length                    1  interface description: link type, clock
 *        8      -  body                      6, 2, 3  packet: enhanced, of old files, simple
 *        -      4  total length again              5  statistics of an interface
 *                                                4  names of addresses
 *                                            other  secrets, custom, journal, system calls: passed over
 */
import { hexNumber } from '../base/bytes';
import { type Machine, STOP, type Window } from './chunks';
import { isKnownLinkType, packetLengthMax } from './link-types';
import { BLOCK, type PacketPlace, PLACE_UNKNOWN, packetIn, type Section } from './pcapng-blocks';
import { NAMES_BLOCK_LENGTH_MAX, NAMES_MAX, readNames } from './pcapng-names';
import { applicationOf, commentsOf, interfaceOptions, type Options, readOptions } from './pcapng-options';
import { newClock, setClock } from './pcapng-time';
import type { Report } from './report';
import type { CaptureSink } from './sink';

export const SECTION_HEADER_LENGTH_MIN = 28; // bytes
const BLOCK_LENGTH_MIN = 12; // bytes
/** As long as the longest packet with its options; longer blocks are not put together in memory but passed over. */
const BLOCK_LENGTH_MAX = 256 * 1024 * 1024; // bytes
const BYTE_ORDER = 0x1a2b3c4d;

/** Shortest block of a type whose body is read. */
const LENGTH_MIN: ReadonlyMap<number, number> = new Map([
  [BLOCK.section, SECTION_HEADER_LENGTH_MIN],
  [BLOCK.interface, 20],
  [BLOCK.oldPacket, 32],
  [BLOCK.simplePacket, 16],
  [BLOCK.names, BLOCK_LENGTH_MIN],
  [BLOCK.statistics, 24],
  [BLOCK.packet, 32],
]);

/** Reads the file from its first section header on, whose type the caller has seen. */
export function pcapngMachine(sink: CaptureSink, report: Report): Machine {
  let section: Section = { little: true, firstInterface: 0, interfaces: [] };
  let interfaces = 0; // of all sections
  let names = 0; // of all sections
  let announced = false;
  let trailer: { readonly type: number; readonly length: number; readonly start: number } | null = null;
  const place: PacketPlace = { ...PLACE_UNKNOWN };

  const packet = (): number => report.packets + 1;

  function next(window: Window, at: number): number {
    if (trailer !== null) return passOver(window, at, trailer);
    const { view, base } = window;
    const left = view.byteLength - at;
    if (left < BLOCK_LENGTH_MIN) return -BLOCK_LENGTH_MIN;
    const type = view.getUint32(at, section.little);
    if (type === BLOCK.section && !takeByteOrder(view, at)) {
      const found = hexNumber(view.getUint32(at + 8), 8);
      return report.stop({ kind: 'bad-byte-order', severity: 'error', packet: packet(), offset: base + at + 8, found });
    }
    const min = LENGTH_MIN.get(type) ?? BLOCK_LENGTH_MIN;
    const stated = view.getUint32(at + 4, section.little);
    const isRead = type === BLOCK.names ? stated <= NAMES_BLOCK_LENGTH_MAX : LENGTH_MIN.has(type);
    if (stated < min || (isRead && stated > BLOCK_LENGTH_MAX)) {
      const values = { blockType: type, length: stated, min, max: BLOCK_LENGTH_MAX };
      return report.stop({
        kind: 'bad-block-length',
        severity: 'error',
        packet: packet(),
        offset: base + at + 4,
        ...values,
      });
    }
    const length = stated + (-stated & 3); // some writers leave the padding out of it
    if (!isRead) {
      trailer = { type, length: stated, start: base + at };
      return length - 4;
    }
    if (isPacket(type)) {
      const wanted = packetIn(type, section, window, at, place, report);
      if (wanted <= STOP) return wanted;
    }
    if (left < length) return -length;
    const last = view.getUint32(at + length - 4, section.little);
    if (last !== stated) return lengthsDiffer(base + at, stated, last);
    return readBlock(type, window, at, length);
  }

  const isPacket = (type: number): boolean =>
    type === BLOCK.packet || type === BLOCK.simplePacket || type === BLOCK.oldPacket;

  function lengthsDiffer(offset: number, first: number, last: number): number {
    return report.stop({ kind: 'block-lengths-differ', severity: 'error', packet: packet(), offset, first, last });
  }

  /** The end of a block whose body nobody reads. */
  function passOver({ view }: Window, at: number, { length, start }: { length: number; start: number }): number {
    if (view.byteLength - at < 4) return -4;
    const last = view.getUint32(at, section.little);
    if (last !== length) return lengthsDiffer(start, length, last);
    trailer = null;
    return 4;
  }

  /** A section has its own byte order: the magic number at its start reads right in one of the two. */
  function takeByteOrder(view: DataView, at: number): boolean {
    const little = view.getUint32(at + 8, true) === BYTE_ORDER;
    if (!little && view.getUint32(at + 8, false) !== BYTE_ORDER) return false;
    section = { little, firstInterface: interfaces, interfaces: [] };
    return true;
  }

  function readBlock(type: number, window: Window, at: number, length: number): number {
    if (type === BLOCK.section) return readSection(window, at, length);
    if (type === BLOCK.interface) readInterface(window, at, length);
    else if (type === BLOCK.names) giveNames(window, at, length);
    else if (type === BLOCK.statistics)
      optionsOf(window.view, window.base, at + 20, at + length - 4); // whether they are whole
    else givePacket(window, at, length);
    return length;
  }

  function readSection({ bytes, view, base }: Window, at: number, length: number): number {
    const { little } = section;
    const version = { major: view.getUint16(at + 12, little), minor: view.getUint16(at + 14, little) };
    if (version.major !== 1 || (version.minor !== 0 && version.minor !== 2)) {
      const said = { format: 'pcapng', version: `${version.major}.${version.minor}` } as const;
      return report.stop({ kind: 'unsupported-version', severity: 'error', offset: base + at + 12, ...said });
    }
    const options = optionsOf(view, base, at + 24, at + length - 4);
    if (!announced) {
      announced = true;
      const byteOrder = little ? 'le' : 'be';
      const said = { application: applicationOf(options, bytes), comments: commentsOf(options, bytes) };
      sink.header({ format: 'pcapng', variant: null, byteOrder, version, ...said });
    }
    return length;
  }

  function optionsOf(view: DataView, base: number, start: number, end: number): Options {
    const options = readOptions(view, start, end, section.little);
    if (options.tooLong !== null) {
      const { at, length, left } = options.tooLong;
      report.note({ kind: 'option-too-long', severity: 'error', packet: packet(), offset: base + at, length, left });
    }
    return options;
  }

  function giveNames({ bytes, view, base }: Window, at: number, length: number): void {
    const found = readNames(bytes, view, at + 8, at + length - 4, section.little);
    for (const name of found.names.slice(0, NAMES_MAX - names)) {
      names += 1;
      sink.addressName(name);
    }
    if (found.bad === null) {
      optionsOf(view, base, found.optionsAt, at + length - 4); // whether they are whole
      return;
    }
    const { at: badAt, length: claimed, left } = found.bad;
    const values = { offset: base + badAt, length: claimed, left };
    report.note({ kind: 'bad-name-record', severity: 'error', packet: packet(), ...values });
  }

  function readInterface({ bytes, view, base }: Window, at: number, length: number): void {
    const { little } = section;
    const linkType = view.getUint16(at + 8, little);
    const snapLength = view.getUint32(at + 12, little);
    const options = optionsOf(view, base, at + 16, at + length - 4);
    const said = interfaceOptions(options, bytes, view, little);
    const clock = newClock(said.ticksPerSecond, said.offsetSeconds);
    section.interfaces.push({ snapLength, lengthMax: packetLengthMax(linkType), clock });
    interfaces += 1;
    sink.interface({ linkType, snapLength, ...said });
    if (!isKnownLinkType(linkType)) {
      report.note({ kind: 'unknown-link-type', severity: 'note', offset: base + at + 8, linkType });
    }
  }

  function givePacket({ bytes, view, base }: Window, at: number, length: number): void {
    const clock = section.interfaces[place.interface]?.clock;
    if (clock === undefined) return; // packetIn has stopped there
    if (place.hasTime) setClock(clock, place.high, place.low);
    else [clock.seconds, clock.nanoseconds] = [0, 0];
    const dataAt = at + place.dataAt;
    const { captured, original } = place;
    const index = section.firstInterface + place.interface;
    report.packets += 1;
    sink.packet(bytes, dataAt, captured, original, clock.seconds, clock.nanoseconds, base + dataAt, index);
    const optionsAt = place.dataAt + captured + (-captured & 3);
    if (!place.hasOptions || optionsAt + 8 > length) return;
    for (const text of commentsOf(optionsOf(view, base, at + optionsAt, at + length - 4), bytes))
      sink.packetComment(text);
  }

  function ended({ view, base }: Window, at: number, fileLength: number): void {
    const start = trailer?.start ?? base + at;
    const have = fileLength - start;
    if (!announced && have < SECTION_HEADER_LENGTH_MIN) {
      const cut = { offset: start, have, need: SECTION_HEADER_LENGTH_MIN };
      report.stop({ kind: 'too-short-for-header', severity: 'error', ...cut });
      return;
    }
    const isKnown = trailer === null && view.byteLength - at >= 8;
    const blockType = trailer?.type ?? (isKnown ? view.getUint32(at, section.little) : null);
    const need = trailer?.length ?? (isKnown ? view.getUint32(at + 4, section.little) : BLOCK_LENGTH_MIN);
    const cut = { offset: start, have, need };
    report.stop({ kind: 'cut-in-block', severity: 'error', packet: packet(), blockType, ...cut });
  }

  return { next, ended };
}
