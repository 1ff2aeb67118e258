/** A filter as a function that is asked about one frame after the other and reads nothing but its bytes. */
import { compilePrimitive } from './compile-primitive';
import type { Frame } from './place';
import { Seen } from './seen';
import type { Filter } from './types';

/** `point`: the name of the capture point the frame was seen at, for the primitive of that name. */
export type Passes = (frame: Frame, point?: string) => boolean;

export function compileFilter(filter: Filter): Passes {
  const seen = new Seen();
  const test = compile(filter, seen);
  return (frame, point) => {
    seen.turnTo(frame, point ?? null);
    return test() === true;
  };
}

/**
 * Null: a byte that the filter asks for is not in the captured part. As in a BPF program, that ends the whole filter, and
 * the packet does not pass, whatever `not` or `or` stand around it.
 */
type Test = () => boolean | null;

function compile(filter: Filter, seen: Seen): Test {
  switch (filter.kind) {
    case 'all':
      return () => true;
    case 'not': {
      const of = compile(filter.of, seen);
      return () => {
        const inner = of();
        return inner === null ? null : !inner;
      };
    }
    case 'and':
    case 'or': {
      const [left, right] = [compile(filter.left, seen), compile(filter.right, seen)];
      const enough = filter.kind === 'or';
      return () => {
        const first = left();
        return first === null || first === enough ? first : right();
      };
    }
    case 'point':
      return () => seen.point === filter.name;
    default: {
      const at = seen.at(filter.level);
      const test = compilePrimitive(filter);
      return () => {
        const place = at.place();
        return place === null ? false : test(place);
      };
    }
  }
}
