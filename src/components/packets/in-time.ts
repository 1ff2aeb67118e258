/** The packets of all open files in the order of time: each file is put in order once, and all are merged. */
import type { InParts } from '../../engine/base/in-parts';
import { byTime, merged, type Ordered } from './order';
import { offsetOf, type Source, timesOf, totalOf } from './sources';

/** By what holds a file's packets: they stay in order while other files come and go. */
const known = new WeakMap<object, Pick<Ordered, 'times' | 'order'>>();

/** Numbers of the packets of all files, earliest first. `ahead`: by how much files' clocks are known to be ahead. */
export function* inTimeOf(sources: readonly Source[], ahead: ReadonlyMap<string, number>): InParts<Uint32Array> {
  const files: Ordered[] = [];
  for (const source of sources) {
    const held = source.opened?.index ?? source.packets ?? source;
    let own = known.get(held);
    if (own === undefined) {
      const times = yield* timesOf(source);
      own = { times, order: yield* byTime(times) };
      known.set(held, own);
    }
    files.push({ ...own, first: source.first, offset: offsetOf(source, sources[0] ?? source, ahead) });
  }
  const [only] = files;
  return only !== undefined && files.length === 1 ? only.order : yield* merged(files, totalOf(sources));
}
