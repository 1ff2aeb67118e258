import { type ReactNode, useEffect, useState } from 'react';
import { beginBusy } from '../../store/environment';
import { areTurnsOver, awaitTurn } from './turns';

/** Around parts that the first screen can do without (see turns.ts): the page counts as busy until they are drawn. */
export function Afterwards({ children }: { readonly children: ReactNode }) {
  const [isHere, setIsHere] = useState(areTurnsOver);
  useEffect(() => {
    if (isHere) return;
    const drawn = awaitTurn(() => setIsHere(true));
    const rested = beginBusy();
    return () => {
      drawn();
      rested();
    };
  }, [isHere]);
  return isHere ? children : null;
}
