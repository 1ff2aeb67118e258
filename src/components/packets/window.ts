/**
 * Browsers draw no element taller than some 17 million pixels (Firefox: 17.9, Chromium: 33.5), and at 26 pixels a row a
 * million rows are more. So a longer list scrolls through fewer places than it has rows: between two places lie several
 * rows, and all rows in sight still follow one another.
 */

const PLACES_MAX = 300_000; // at up to 52 pixels a row

export interface Extent {
  readonly rows: number; // in the list
  readonly inSight: number; // rows at a time, at least 1; one that is cut off counts
}

export const placesOf = ({ rows }: Extent): number => Math.min(rows, PLACES_MAX);

/** The first row in sight when a place is at the top. */
export function rowAtTop(extent: Extent, place: number): number {
  const { rows, inSight } = extent;
  const places = placesOf(extent);
  if (rows <= places) return place;
  const last = Math.max(1, places - inSight);
  return Math.min(rows - inSight, Math.round((Math.min(place, last) / last) * (rows - inSight)));
}

/** A place at the top, and the row that is then the first in sight, which need not be the one it has by itself. */
export interface Anchor {
  readonly place: number;
  readonly row: number;
}

/** Where to scroll so that a row comes into sight by the shortest way; null where it is. `first` is in sight now. */
export function anchorFor(extent: Extent, first: number, row: number): Anchor | null {
  const { rows, inSight } = extent;
  if (row >= first && row < first + inSight - 1) return null; // the last one may be cut off below
  const last = Math.max(0, rows - inSight);
  const wanted = Math.min(last, Math.max(0, row < first ? row : row - inSight + 2));
  if (wanted === first) return null;
  const places = placesOf(extent);
  const place = rows <= places ? wanted : Math.round((wanted / last) * Math.max(1, places - inSight));
  return { place, row: wanted };
}
