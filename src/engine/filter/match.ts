/** Whether a decoded frame passes a filter. */
import type { DecodedFrame } from '../wire/layers';
import { matchesPrimitive } from './match-primitive';
import type { Filter } from './types';

/** `point`: the name of the capture point the frame was seen at, for the primitive of that name. */
export const matches = (filter: Filter, decoded: DecodedFrame, point?: string): boolean =>
  answer(filter, decoded, point ?? null) === true;

/**
 * Null: a byte that the filter asks for is not in the captured part. As in a BPF program, that ends the whole filter, and
 * the packet does not pass, whatever `not` or `or` stand around it.
 */
function answer(filter: Filter, decoded: DecodedFrame, point: string | null): boolean | null {
  switch (filter.kind) {
    case 'all':
      return true;
    case 'not': {
      const inner = answer(filter.of, decoded, point);
      return inner === null ? null : !inner;
    }
    case 'and':
    case 'or': {
      const left = answer(filter.left, decoded, point);
      if (left === null || left === (filter.kind === 'or')) return left;
      return answer(filter.right, decoded, point);
    }
    case 'point':
      return filter.name === point;
    default:
      return matchesPrimitive(filter, decoded);
  }
}
