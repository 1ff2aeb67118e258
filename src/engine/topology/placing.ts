/** Where a host stands in the picture once somebody has moved it there. It changes nothing of what happens in the cluster. */
import type { Edit } from './edits';

export interface Placing {
  readonly host: string;
  readonly dx: number; // px at a text size of 13, from where it would stand by itself
  readonly dy: number;
}

/** Farther than any picture is wide. */
export const PLACING_MAX = 10_000;

/** The picture's places after edits: each host's last one counts, and laying out anew forgets them all. */
export function placingsAfter(before: readonly Placing[], edits: readonly Edit[]): readonly Placing[] {
  let now = before;
  for (const edit of edits) {
    if (edit.kind === 'lay-out') now = [];
    if (edit.kind !== 'place') continue;
    const { host, dx, dy } = edit;
    now = [...now.filter((one) => one.host !== host), ...(dx === 0 && dy === 0 ? [] : [{ host, dx, dy }])];
  }
  return now;
}
