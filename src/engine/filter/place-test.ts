/** A question about the headers at one place, and two ways of putting such questions together. */
import type { Place } from './place';
import type { Direction } from './types';

/** Null: a byte that it asks for is not in the captured part. */
export type Answer = boolean | null;
export type PlaceTest = (place: Place) => Answer;
export type Side = 'src' | 'dst';

/** Begins with a look at the EtherType. */
export const behindLink =
  (test: PlaceTest): PlaceTest =>
  (place) =>
    place.isCut ? null : test(place);

/** Each side is asked for only as far as the answer depends on it. */
export function inDirection(direction: Direction, testOf: (side: Side) => PlaceTest): PlaceTest {
  if (direction === 'src' || direction === 'dst') return testOf(direction);
  const [src, dst] = [testOf('src'), testOf('dst')];
  const enough = direction === 'either';
  return (place) => {
    const first = src(place);
    return first === null || first === enough ? first : dst(place);
  };
}
