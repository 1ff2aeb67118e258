/**
 * Second pass of matching, over what the first left incomplete: packets whose addresses or ports NAT has rewritten, and
 * packets whose IP ID changed on the way. Two groups become one if no file holds both.
 */
import { isSameTranslated } from './group-same';
import { type GroupTable, Slots } from './group-table';

/** So many incomplete packets of equal content are tried; more would be guessing. */
const TRIED_MAX = 16;

export function groupTranslated(groups: GroupTable, seen: Uint32Array): void {
  const points = groups.files.length;
  const all = 2 ** points - 1;
  const slots = new Slots();
  const later = new Int32Array(groups.count).fill(-1);
  const latest = new Int32Array(groups.count);
  for (let group = 0; group < groups.count; group += 1) {
    if (seen[group] === all) continue;
    const t = groups.files[groups.file[group] ?? 0];
    const row = groups.row[group] ?? 0;
    if (t === undefined) continue;
    const key = t.looseKey[row] ?? 0;
    const head = slots.find(key, (one) => groups.files[groups.file[one] ?? 0]?.looseKey[groups.row[one] ?? 0] === key);
    if (head < 0) {
      slots.add(key, group);
      latest[group] = group;
      continue;
    }
    let tried = 0;
    let joined = false;
    for (let one = head; one >= 0 && tried < TRIED_MAX && !joined; one = later[one] ?? -1) {
      tried += 1;
      const other = groups.files[groups.file[one] ?? 0];
      const isApart = ((seen[one] ?? 0) & (seen[group] ?? 0)) === 0 && seen[one] !== 0;
      if (!isApart || other === undefined || !isSameTranslated(other, groups.row[one] ?? 0, t, row)) continue;
      join(groups, seen, one, group);
      joined = true;
    }
    if (!joined) {
      later[latest[head] ?? head] = group;
      latest[head] = group;
    }
  }
}

/** `from` keeps its number and holds nothing any more. */
function join(groups: GroupTable, seen: Uint32Array, into: number, from: number): void {
  const points = groups.files.length;
  for (let file = 0; file < points; file += 1) {
    const row = groups.rows[from * points + file] ?? -1;
    if (row < 0) continue;
    groups.rows[into * points + file] = row;
    groups.rows[from * points + file] = -1;
  }
  seen[into] = (seen[into] ?? 0) | (seen[from] ?? 0);
  seen[from] = 0;
}
