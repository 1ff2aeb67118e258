/** Which packet a number leads to. Every file counts its own packets from 1, so a number may lead to several. */
import type { Source } from './sources';

/** Of the packets in the list, the one of that number whose row comes next after `from`, round the end; null: none is listed. */
export function nextNumbered(
  sources: readonly Source[],
  numbers: Uint32Array,
  wanted: number,
  from: number | null,
): number | null {
  const named = new Set(sources.filter(({ count }) => wanted <= count).map(({ first }) => first + wanted - 1));
  const rows: number[] = [];
  for (let row = 0; row < numbers.length && rows.length < named.size; row += 1) {
    if (named.has(numbers[row] ?? -1)) rows.push(row);
  }
  const at = from === null ? -1 : numbers.indexOf(from);
  const row = rows.find((one) => one > at) ?? rows[0];
  return row === undefined ? null : (numbers[row] ?? null);
}
