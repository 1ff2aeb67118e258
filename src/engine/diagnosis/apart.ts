/** Packets that the same files hold, parted: answered or not, passed while the next file was being written or not. */
import { type Bucket, SAMPLES_MAX } from '../matching/flows-seen';
import { type Course, onCourse } from './course';
import { columnOf, originIn, type Seen } from './seen';
import { windowOf } from './seen-clock';

const ICMP = 1;

/** Those that were not answered first. */
export const byAnswer = (seen: Seen, course: Course, bucket: Bucket): readonly [Bucket, Bucket] =>
  apart(bucket, (group) => !isAnswered(seen, course, group));

/** Those first that another router would have passed on: the others' TTL is used up. */
export const byLife = (seen: Seen, course: Course, bucket: Bucket): readonly [Bucket, Bucket] =>
  apart(bucket, (group) => (onCourse(seen, course, group).at(-1)?.ttl ?? 0) > 1);

/** Lost packets apart by whether the next file was being written; an empty file was, for all we know. */
export function byWindow(seen: Seen, course: Course, lost: Bucket, last: number): readonly [Bucket, Bucket] {
  const next = course.path[last + 1] ?? -1;
  const mayBeOutside = next >= 0 && hasPassed(course, next);
  return apart(lost, (group) => mayBeOutside && ['starts-later', 'ends-earlier'].includes(windowOf(seen, group, next)));
}

/** Packet by packet where all are known; else the first few speak for the rest. */
function apart(bucket: Bucket, isFirst: (group: number) => boolean): readonly [Bucket, Bucket] {
  const { mask, count, samples, groups } = bucket;
  if (groups === null) {
    const chosen = samples.filter(isFirst);
    const others = samples.filter((group) => !chosen.includes(group));
    const part = (own: readonly number[], rest: number): Bucket => ({
      mask,
      count: own.length === 0 ? 0 : count - rest,
      samples: [...own],
      groups: null,
    });
    return [part(chosen, others.length), part(others, chosen.length)];
  }
  const parts: readonly [number[], number[]] = [[], []];
  for (const group of groups.subarray(0, count)) parts[isFirst(group) ? 0 : 1].push(group);
  return [partOf(mask, Int32Array.from(parts[0])), partOf(mask, Int32Array.from(parts[1]))];
}

const partOf = (mask: number, groups: Int32Array): Bucket => ({
  mask,
  count: groups.length,
  samples: [...groups.subarray(0, SAMPLES_MAX)],
  groups,
});

function isAnswered(seen: Seen, { flow, about }: Course, group: number): boolean {
  if (about === 'reply') return false;
  const { file, row } = originIn(seen, group);
  const t = columnOf(seen, file);
  if (flow.protocol === ICMP) return flow.replied.has((t.dstPort[row] ?? 0) * 65_536 + (t.seq[row] ?? 0));
  return flow.back.count > 0;
}

export const hasPassed = (course: Course, next: number): boolean =>
  [...course.direction.buckets.values()].some(({ mask }) => ((mask >>> next) & 1) === 1);
