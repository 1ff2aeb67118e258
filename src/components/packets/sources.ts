/**
 * The packets that a list shows, of all open files, numbered through: packet `i` of a source is number `first + i`. Times
 * and lengths are at hand for every packet; its bytes may have to be read from the file again.
 */
import type { InParts } from '../../engine/base/in-parts';
import { packetAt } from '../../engine/capture/packet-index';
import type { AddressName, CapturedPacket, CaptureFile } from '../../engine/capture/types';
import type { OpenedFile } from '../../store/capture-client';
import type { LoadedFile } from '../../store/files';
import { SLICE } from './order';

/** Everything about a packet but its bytes. */
export type PacketFacts = Omit<CapturedPacket, 'bytes'>;

export interface Source {
  readonly id: string; // of the file
  readonly name: string;
  readonly first: number; // number of its first packet among all
  readonly count: number;
  readonly start: Instant; // of its first packet that has a time
  facts(i: number): PacketFacts;
  /** What the file calls addresses, by the text of the address. */
  readonly names: ReadonlyMap<string, string>;
  /** In memory, or to be read: `opened`. */
  readonly packets: readonly CapturedPacket[] | null;
  readonly opened: OpenedFile | null;
}

interface Instant {
  readonly seconds: number;
  readonly nanoseconds: number;
}

/** What a source is made of: an opened file, or a capture that came with the page. */
export type Opened = Pick<LoadedFile, 'id' | 'name' | 'capture'> & Partial<Pick<LoadedFile, 'opened'>>;

export function sourcesOf(files: readonly Opened[]): readonly Source[] {
  let first = 0;
  return files.flatMap((file) => {
    const source = sourceOf(file, first);
    if (source === null) return [];
    first += source.count;
    return [source];
  });
}

export const totalOf = (sources: readonly Source[]): number => {
  const last = sources.at(-1);
  return last === undefined ? 0 : last.first + last.count;
};

function sourceOf({ id, name, capture, opened = null }: Opened, first: number): Source | null {
  if (capture === null) return null;
  // What was read in a worker may still be here as a whole.
  if (opened === null || opened.index.count === capture.packets.length) return inMemory({ id, name, first }, capture);
  const { index } = opened;
  const { count, start } = index;
  const names = byAddress(index.names);
  return { id, name, first, count, start, facts: (i) => packetAt(index, i), names, packets: null, opened };
}

function inMemory(named: Pick<Source, 'id' | 'name' | 'first'>, { packets, names }: CaptureFile): Source {
  const start = packets.find(hasTime) ?? { seconds: 0, nanoseconds: 0 };
  const facts = (i: number): PacketFacts => packets[i] ?? NO_PACKET;
  return { ...named, count: packets.length, start, facts, names: byAddress(names), packets, opened: null };
}

/** Of several names of one address the last, as in tshark. */
const byAddress = (names: readonly AddressName[]): ReadonlyMap<string, string> =>
  new Map(names.map(({ address, name }) => [address, name]));

const NO_PACKET: PacketFacts = {
  index: 0,
  seconds: 0,
  nanoseconds: 0,
  capturedLength: 0,
  originalLength: 0,
  fileOffset: 0,
  interface: 0,
  linkType: 0,
};

/** A file may have no time for a packet: both parts are then 0. */
const hasTime = ({ seconds, nanoseconds }: Instant): boolean => seconds !== 0 || nanoseconds !== 0;

const BILLION = 1_000_000_000;

/** Null where the file has no time for it. */
export const nanosecondsSince = (start: Instant, at: Instant): number | null =>
  hasTime(at) ? (at.seconds - start.seconds) * BILLION + (at.nanoseconds - start.nanoseconds) : null;

/** The source of a packet by its number among all, and which of its packets it is. */
export function placeOf(
  sources: readonly Source[],
  number: number,
): { readonly source: Source; readonly i: number } | null {
  let [low, high] = [0, sources.length - 1];
  while (low <= high) {
    const middle = (low + high) >> 1;
    const source = sources[middle];
    if (source === undefined) return null;
    if (number < source.first) high = middle - 1;
    else if (number >= source.first + source.count) low = middle + 1;
    else return { source, i: number - source.first };
  }
  return null;
}

/** By how many nanoseconds a source begins after the first one; `ahead`: how much its clock is known to show too much. */
export const offsetOf = ({ id, start }: Source, first: Source, ahead: ReadonlyMap<string, number>): number =>
  (nanosecondsSince(first.start, start) ?? 0) - (ahead.get(id) ?? 0);

/** Nanoseconds of every packet since the source's first; one without a time stands with the one before it. */
export function* timesOf(source: Source): InParts<Float64Array> {
  const since = source.opened?.index.sinceStart ?? null;
  if (since !== null && !(yield* hasGaps(since))) return since;
  const times = new Float64Array(source.count);
  let last = 0;
  for (let i = 0; i < source.count; i += 1) {
    if (i % SLICE === 0) yield;
    const own = since === null ? nanosecondsSince(source.start, source.facts(i)) : (since[i] ?? Number.NaN);
    if (own !== null && !Number.isNaN(own)) last = own;
    times[i] = last;
  }
  return times;
}

function* hasGaps(times: Float64Array): InParts<boolean> {
  for (let i = 0; i < times.length; i += 1) {
    if (i % SLICE === 0) yield;
    if (Number.isNaN(times[i])) return true;
  }
  return false;
}
