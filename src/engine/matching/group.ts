/**
 * Matching: which rows of which files show one and the same packet. Linear in the packets; all answers are typed arrays. A
 * group is one packet, by number; `rowAt` tells its row in a file.
 */
import { invariant } from '../base/result';
import { joinDatagrams } from './group-datagrams';
import { groupExact } from './group-exact';
import { coverRanges } from './group-ranges';
import { type GroupTable, newGroups, rowAt } from './group-table';
import { groupTranslated } from './group-translated';
import type { PacketTable } from './packet-table';

/** Bits of a word say which files hold a packet; who asks for more files is refused before. */
export const FILES_MAX = 31;

export interface Groups {
  readonly table: GroupTable;
  /** Bit f: file f holds the packet, or all of its bytes in other segments or pieces. 0: joined to another group. */
  readonly seen: Uint32Array;
  /** For a fragment the group of its datagram; for anything else the group itself. Null: there are no fragments. */
  readonly whole: Int32Array | null;
  /** Groups whose packet may have another address or port in one file than in another: NAT rewrote it. */
  readonly translated: Int32Array;
}

/** The group that stands for the packet that this one shows, or shows a piece of. */
export const wholeOf = ({ whole }: Groups, group: number): number => whole?.[group] ?? group;

export function groupPackets(files: readonly PacketTable[]): Groups {
  invariant(files.length <= FILES_MAX, `${files.length} files are more than the bits of a word`);
  const table = newGroups(files);
  groupExact(table);
  const seen = new Uint32Array(table.count);
  for (let group = 0; group < table.count; group += 1) seen[group] = heldBy(table, group);
  const translated = groupTranslated(table, seen);
  coverRanges(table, seen);
  const whole = joinDatagrams(table, seen);
  return { table, seen, whole, translated };
}

function heldBy(table: GroupTable, group: number): number {
  let bits = 0;
  for (let file = 0; file < table.files.length; file += 1) if (rowAt(table, group, file) >= 0) bits |= 1 << file;
  return bits;
}
