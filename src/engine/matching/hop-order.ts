/**
 * The files in the order of the hops, by TTL and MACs; the given order stands where packets do not say otherwise. Also which
 * of two MACs of a link is on which file's side.
 */
import type { GroupTable } from './group-table';
import { rowAt } from './group-table';
import type { PacketColumns } from './packet-columns';
import { srcMacOf } from './packet-table';
import { sightingsOf } from './sightings';

const SAMPLES_MAX = 20_000; // packets looked at: a path shows in the first ones

/** The packet seen at most points decides; which end comes first is as given. */
export function hopOrder(groups: GroupTable): readonly number[] {
  const given = groups.files.map((_, file) => file);
  let longest: readonly number[] = [];
  for (let group = 0; group < Math.min(groups.count, SAMPLES_MAX) && longest.length < given.length; group += 1) {
    const held = given.filter((file) => rowAt(groups, group, file) >= 0);
    if (held.length <= longest.length) continue;
    longest = [...new Set(sightingsOf(groups, group, (file) => file).map(({ file }) => file))];
  }
  const ends = [longest[0] ?? 0, longest.at(-1) ?? 0];
  const onward = inTime(groups, (ends[0] ?? 0) <= (ends[1] ?? 0) ? longest : turned(groups, longest));
  const places = given.filter((file) => onward.includes(file));
  return given.map((file) => (places.includes(file) ? (onward[places.indexOf(file)] ?? file) : file));
}

/** The other way round, files of one link in their given order again. */
function turned(groups: GroupTable, files: readonly number[]): readonly number[] {
  const ttl = ttlIn(groups, files);
  return [...files].reverse().sort((a, b) => ttl(a) - ttl(b) || a - b);
}

/** Two files of one link in the order in which they saw its packets. */
function inTime(groups: GroupTable, files: readonly number[]): readonly number[] {
  const ordered = [...files];
  const ttl = ttlIn(groups, files);
  for (let i = 0; i + 1 < ordered.length; i += 1) {
    const [x = 0, y = 0] = [ordered[i], ordered[i + 1]];
    if (ttl(x) === ttl(y) && isLater(groups, ordered, x, y)) [ordered[i], ordered[i + 1]] = [y, x];
  }
  return ordered;
}

/** Of the first packet that all of them hold. */
function ttlIn(groups: GroupTable, files: readonly number[]): (file: number) => number {
  const group = firstWith(groups, files);
  return (file) => groups.files[file]?.ttl[rowAt(groups, group, file)] ?? 0;
}

/**
 * Of two files of one link, whether the first is further on than the second. Forth and back together cannot take less than
 * no time, whatever the clocks show.
 */
function isLater(groups: GroupTable, path: readonly number[], x: number, y: number): boolean {
  const ends = [path[0] ?? x, path.at(-1) ?? x];
  const forth: number[] = [];
  const back: number[] = [];
  for (let group = 0; group < Math.min(groups.count, SAMPLES_MAX); group += 1) {
    const [i, j] = [rowAt(groups, group, x), rowAt(groups, group, y)];
    if (i < 0 || j < 0) continue;
    const ttl = groups.files[x]?.ttl[i] ?? 0;
    const [first, last] = ends.map((end) => groups.files[end]?.ttl[rowAt(groups, group, end)] ?? ttl);
    const later = (groups.files[y]?.atNs[j] ?? 0) - (groups.files[x]?.atNs[i] ?? 0);
    if ((first ?? ttl) > ttl || (last ?? ttl) < ttl) forth.push(later);
    else if ((first ?? ttl) < ttl || (last ?? ttl) > ttl) back.push(-later);
  }
  return median(forth) + median(back) < 0;
}

/** Infinite where there is none. A single packet may be stamped late, as when a busy machine gets round to it. */
function median(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[sorted.length >> 1] ?? Number.POSITIVE_INFINITY;
}

function firstWith(groups: GroupTable, files: readonly number[]): number {
  for (let group = 0; group < groups.count; group += 1) {
    if (files.every((file) => rowAt(groups, group, file) >= 0)) return group;
  }
  return 0;
}

/**
 * Two files of one link: whose MAC is `macs[0]`? A packet that another file holds with a higher TTL comes from that side.
 * Failing that, times: between the two files a frame takes its delay forth and back, so what the first shows later than the
 * second, summed over both directions, has one sign, whatever the clocks say.
 */
export function linkSides(files: readonly PacketColumns[], groups: GroupTable) {
  return ([first, second]: readonly [number, number], [a, b]: readonly [number, number]): readonly [number, number] => {
    const straight = [a, b] as const;
    const crossed = [b, a] as const;
    const [x, y] = [files[first], files[second]];
    if (x === undefined || y === undefined) return straight;
    const fromA: number[] = [];
    const fromB: number[] = [];
    let firstSender: number | null = null;
    for (let group = 0; group < Math.min(groups.count, SAMPLES_MAX); group += 1) {
      const [i, j] = [rowAt(groups, group, first), rowAt(groups, group, second)];
      const [t, row] = i >= 0 ? ([x.table, i] as const) : ([y.table, j] as const);
      if (row < 0) continue;
      const sender = srcMacOf(t, row);
      if (sender !== a && sender !== b) continue;
      for (let other = 0; other < files.length; other += 1) {
        const k = other === first || other === second ? -1 : rowAt(groups, group, other);
        const [ttl, there] = [t.ttl[row] ?? 0, files[other]?.table.ttl[k] ?? 0];
        if (k < 0 || there === ttl) continue;
        const comesFromFirst = other < first === there > ttl;
        return comesFromFirst === (sender === a) ? straight : crossed;
      }
      firstSender ??= sender;
      if (i < 0 || j < 0) continue;
      const later = (y.table.atNs[j] ?? 0) - (x.table.atNs[i] ?? 0);
      if (sender === a) fromA.push(later);
      else fromB.push(-later);
    }
    const both = median(fromA) + median(fromB);
    if (Number.isFinite(both) && both !== 0) return both > 0 ? straight : crossed;
    return firstSender === b ? crossed : straight;
  };
}
