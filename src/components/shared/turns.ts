/**
 * What the first screen can do without comes after it, one part after another: each begins once the one before has been
 * painted, so that a key pressed meanwhile is answered between two of them.
 */
import { startTransition } from 'react';

type Show = () => void;

let waiting: readonly Show[] = [];
let drawn: Show | null = null; // whose turn it is
let begun = false;
let over = false;

/** True once all parts have had their turn: what is opened later is drawn at once. */
export const areTurnsOver = (): boolean => over;

/** `show` is called when it is this part's turn. The function returned says that the part is drawn, or is gone. */
export function awaitTurn(show: Show): () => void {
  if (over) afterPaint(next); // of another first screen: begins anew
  over = false;
  waiting = [...waiting, show];
  return () => {
    waiting = waiting.filter((one) => one !== show);
    if (drawn !== show) return;
    drawn = null;
    afterPaint(next);
  };
}

/** Comes with the turn of something that is fetched, not drawn: it makes nobody wait. */
export const turn = (): Promise<void> =>
  new Promise((resolve) => {
    const drawn = awaitTurn(() => {
      drawn();
      resolve();
    });
  });

/** The first screen stands. */
export function beginTurns(): void {
  if (begun) return;
  begun = true;
  afterPaint(next);
}

function next(): void {
  drawn = waiting[0] ?? null;
  if (drawn === null) over = true;
  else startTransition(drawn);
}

/** A window nobody sees is not painted. */
function afterPaint(act: () => void): void {
  if (document.hidden) setTimeout(act);
  else requestAnimationFrame(() => setTimeout(act));
}
