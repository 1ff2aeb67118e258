/** One packet over the files: where it was seen, in the order of its hops. The TTL tells the order, not a clock. */
import type { GroupTable } from './group-table';
import { againAt, rowAt } from './group-table';
import { dstMacOf, srcMacOf } from './packet-table';

export interface Sighting {
  readonly file: number;
  readonly row: number;
  readonly ttl: number;
  readonly src: number; // MACs of the frame
  readonly dst: number;
}

/** Highest TTL first; on one link in the order of `rank`, which may be turned round. */
export function sightingsOf(groups: GroupTable, group: number, rank: (file: number) => number): readonly Sighting[] {
  const found: Sighting[] = [];
  for (const [file, t] of groups.files.entries()) {
    for (let row = rowAt(groups, group, file); row >= 0; row = againAt(groups, file, row)) {
      found.push({ file, row, ttl: t.ttl[row] ?? 0, src: srcMacOf(t, row), dst: dstMacOf(t, row) });
    }
  }
  return found.sort((a, b) => b.ttl - a.ttl || rank(a.file) - rank(b.file) || a.row - b.row);
}

/** The row nearest to where the packet was made: that with the highest TTL. */
export function originOf(groups: GroupTable, group: number): { readonly file: number; readonly row: number } {
  const file = originFileOf(groups, group);
  const row = rowAt(groups, group, file);
  return { file, row: row < 0 ? (groups.row[group] ?? 0) : row };
}

/** By group the file of that row: asked for by every pass over all groups. */
export function originFiles(groups: GroupTable): Uint8Array {
  const files = new Uint8Array(groups.count);
  for (let group = 0; group < groups.count; group += 1) files[group] = originFileOf(groups, group);
  return files;
}

/** The file of that row. */
function originFileOf(groups: GroupTable, group: number): number {
  let best = groups.file[group] ?? 0;
  let highest = -1;
  for (let file = 0; file < groups.files.length; file += 1) {
    const row = rowAt(groups, group, file);
    const ttl = row < 0 ? -1 : (groups.files[file]?.ttl[row] ?? -1);
    if (ttl <= highest) continue;
    highest = ttl;
    best = file;
  }
  return best;
}
