/** The lessons that come with the page, in the order they build on each other. */
import { invariant } from '../engine/base/result';
import article from './article.json?raw';
import fourCaptures from './four-captures.json?raw';
import { type Lesson, readLesson } from './lesson';
import onTheWire from './on-the-wire.json?raw';
import oneSegment from './one-segment.json?raw';
import packetsLost from './packets-lost.json?raw';

export interface Shipped {
  readonly id: string;
  readonly lesson: Lesson;
}

function shipped(id: string, source: string): Shipped {
  const read = readLesson(source);
  invariant(read.ok, `the lesson ${id} is one of ours`);
  return { id, lesson: read.value };
}

export const SHIPPED: readonly Shipped[] = [
  shipped('article', article),
  shipped('one-segment', oneSegment),
  shipped('on-the-wire', onTheWire),
  shipped('packets-lost', packetsLost),
  shipped('four-captures', fourCaptures),
];
