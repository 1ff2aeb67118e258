import { type ReactNode, useEffect, useState } from 'react';
import { beginBusy } from '../../store/environment';
import { useApp } from '../../store/store';
import { areTurnsOver, awaitTurn } from './turns';

/**
 * Around parts that the first screen can do without (see turns.ts), or the first one of another cluster: the page counts
 * as busy until they are drawn.
 */
export function Afterwards({ children }: { readonly children: ReactNode }) {
  const own = useApp((s) => s.own);
  const [drawnOf, setDrawnOf] = useState(areTurnsOver() ? own : undefined);
  const isHere = drawnOf === own;
  useEffect(() => {
    if (isHere) return;
    const drawn = awaitTurn(() => setDrawnOf(own));
    const rested = beginBusy();
    return () => {
      drawn();
      rested();
    };
  }, [isHere, own]);
  return isHere ? children : null;
}
