import { useEffect, useState } from 'react';
import { whileBusy } from '../../store/environment';
import { turn } from './turns';

export type Gestures = typeof import('./gestures');

let loaded: Gestures | null = null;

/** Null for a moment after the page has opened: until then nothing zooms, and a packet jumps. */
export function useGestures(): Gestures | null {
  const [gestures, setGestures] = useState(loaded);
  useEffect(() => {
    if (loaded !== null) return;
    void whileBusy(turn().then(() => import('./gestures'))).then((module) => {
      loaded = module;
      setGestures(module);
    });
  }, []);
  return gestures;
}
