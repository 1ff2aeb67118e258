import { useEffect, useState } from 'react';
import { beginBusy } from '../../store/environment';
import { awaitTurn } from './turns';

export type Gestures = typeof import('./gestures');

let loaded: Gestures | null = null;

/** Null for a moment after the page has opened: until then nothing zooms, and a packet jumps. */
export function useGestures(): Gestures | null {
  const [gestures, setGestures] = useState(loaded);
  useEffect(() => {
    if (loaded !== null) return;
    const rested = beginBusy();
    const begun = awaitTurn(() => {
      begun();
      void import('./gestures')
        .then((module) => {
          loaded = module;
          setGestures(module);
        })
        .finally(rested);
    });
    return () => {
      begun();
      rested();
    };
  }, []);
  return gestures;
}
