/**
 * Second pass of matching, over what the first left incomplete: packets whose addresses or ports NAT has rewritten, and
 * packets whose IP ID changed on the way. Two groups become one if no file holds both.
 */
import { isSameTranslated } from './group-same';
import { type GroupTable, Slots } from './group-table';
import { looseKeyOf } from './packet-keys';

/** So many incomplete packets of equal content are tried; more would be guessing. */
const TRIED_MAX = 16;

/** Answers which groups others were joined to, each once and in rising order: in all others no file shows other addresses. */
export function groupTranslated(groups: GroupTable, seen: Uint32Array): Int32Array {
  const translated = new Set<number>();
  const all = 2 ** groups.files.length - 1;
  const slots = new Slots(0);
  const later = new Int32Array(groups.count); // of equal key, or 0: memory that few groups write to
  const latest = new Int32Array(groups.count);
  for (let group = 0; group < groups.count; group += 1) {
    if (seen[group] === all) continue;
    const t = groups.files[groups.file[group] ?? 0];
    const row = groups.row[group] ?? 0;
    if (t === undefined) continue;
    const key = looseKeyOf(t, row);
    const place = slots.first(key);
    if (place < 0) {
      slots.add(key, group);
      latest[group] = group;
      continue;
    }
    const head = slots.at(place);
    let tried = 0;
    let joined = false;
    for (let one = head; one >= 0 && tried < TRIED_MAX && !joined; one = (later[one] ?? 0) || -1) {
      tried += 1;
      const other = groups.files[groups.file[one] ?? 0];
      const isApart = ((seen[one] ?? 0) & (seen[group] ?? 0)) === 0 && seen[one] !== 0;
      if (!isApart || other === undefined || !isSameTranslated(other, groups.row[one] ?? 0, t, row)) continue;
      join(groups, seen, one, group);
      translated.add(one);
      joined = true;
    }
    if (!joined) {
      later[latest[head] ?? head] = group;
      latest[head] = group;
    }
  }
  return Int32Array.from(translated).sort();
}

/** `from` keeps its number and holds nothing any more. */
function join(groups: GroupTable, seen: Uint32Array, into: number, from: number): void {
  for (const rows of groups.rows) {
    const row = rows[from] ?? -1;
    if (row < 0) continue;
    rows[into] = row;
    rows[from] = -1;
  }
  seen[into] = (seen[into] ?? 0) | (seen[from] ?? 0);
  seen[from] = 0;
}
