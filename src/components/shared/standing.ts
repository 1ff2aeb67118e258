import type { ComparedFrame, FrameVerdict } from '../../engine/comparison/comparison';

/** A verdict, or why there cannot be one: no file for the point, or the file ended before the frame. */
export type Standing = FrameVerdict | 'not-loaded' | 'after-end';

export function standingOf({ verdict, artefacts }: ComparedFrame): Standing {
  if (verdict !== 'not-captured') return verdict;
  if (artefacts.includes('capture-not-loaded')) return 'not-loaded';
  return artefacts.includes('after-capture-end') ? 'after-end' : verdict;
}
