/**
 * How long the columns of a file are to be made. What has been read tells how many packets the rest may hold, so that they
 * grow a few times and then no more: each time leaves the old ones behind, and copies them. Room that stays unused is
 * memory that was never touched, and costs none.
 */
export const ROOM_AT_FIRST = 256; // packets

/** What was read is a guess at the rest, the better the more of it there is. */
const GROWTH_MAX = 8;
const SPARE = 1.02;

/** For so many packets, which end at this offset of the file; null: nobody knows how long it is. */
export function roomFor(packets: number, fileOffset: number, fileLength: number | null): number {
  const more = packets + Math.max(ROOM_AT_FIRST, packets >>> 1);
  if (fileLength === null || fileOffset <= 0) return more;
  const expected = packets * Math.max(1, fileLength / fileOffset) * SPARE + ROOM_AT_FIRST;
  return Math.ceil(Math.min(expected, packets * GROWTH_MAX));
}
