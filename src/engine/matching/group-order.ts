/**
 * Groups of the same files in another order. Which packets are one does not depend on it; the compared part has the files
 * as they were opened, the diagnosis as the capture points stand.
 */
import { invariant } from '../base/result';
import type { Groups } from './group';
import type { PacketTable } from './packet-table';

/** Takes the groups over: what was given is in the old order no more, and is not to be used again. */
export function inOrder(groups: Groups, files: readonly PacketTable[]): Groups {
  const { table, seen } = groups;
  const from = files.map((file) => table.files.indexOf(file)); // by new place the old one
  const points = files.length;
  invariant(points === table.files.length && !from.includes(-1), 'the files are those of the groups');
  if (from.every((old, now) => old === now)) return groups;
  const to = table.files.map((file) => files.indexOf(file));
  for (let group = 0; group < table.count; group += 1) {
    const bits = seen[group] ?? 0;
    let turned = 0;
    for (let file = 0; file < points; file += 1) turned |= ((bits >>> (from[file] ?? 0)) & 1) << file;
    seen[group] = turned;
    table.file[group] = to[table.file[group] ?? 0] ?? 0;
  }
  const turn = <T>(byFile: readonly T[]): T[] => from.flatMap((old) => byFile.slice(old, old + 1));
  return { ...groups, table: { ...table, files, rows: turn(table.rows), again: turn(table.again) } };
}
