import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { openCapture } from '../../engine/capture/open';
import { openSession, type SessionCapture } from '../../engine/comparison/session';
import { article } from '../../engine/topology/scenarios/article';
import { inTimeOf } from './in-time';
import { nextNumbered } from './jump';
import { marksOf } from './marks';
import { byHop, byTime, merged, passing } from './order';
import { nanosecondsSince, placeOf, type Source, sourcesOf, timesOf, totalOf } from './sources';

const SAMPLES = new URL('../../../public/samples/article-ping/', import.meta.url);
const captures = ['pod1', 'node1', 'node2', 'pod2'].map((role): SessionCapture => {
  const opened = openCapture(new Uint8Array(readFileSync(new URL(`${role}.cap`, SAMPLES))));
  if (!opened.ok) throw new Error(JSON.stringify(opened.error));
  return { id: role, name: `${role}.cap`, capture: opened.value, role };
});
const sources = sourcesOf(captures);
const { comparison, roles } = openSession({ topology: article, command: 'pod1: ping -c 1 10.244.2.2', captures });
const marks = marksOf(comparison, roles, sources);

function finished<T>(work: Generator<void, T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done === true) return value;
  }
}
const inTime = finished(inTimeOf(sources, new Map()));

/** 'pod1#4' */
const nameOf = (number: number): string => {
  const place = placeOf(sources, number);
  return place === null ? '?' : `${place.source.id}#${place.i + 1}`;
};

describe('the packets of the sample', () => {
  test('are numbered through all files', () => {
    expect(sources.map(({ first, count }) => [first, count])).toEqual([
      [0, 7],
      [7, 6],
      [13, 6],
      [19, 6],
    ]);
    expect(totalOf(sources)).toBe(25);
    expect([6, 7, 24, 25].map(nameOf)).toEqual(['pod1#7', 'node1#1', 'pod2#6', '?']);
  });

  test('stand in the order of their time stamps', () => {
    const stamps = [...inTime].map((number) => {
      const packet = captures.flatMap(({ capture }) => capture.packets)[number];
      return BigInt(packet?.seconds ?? 0) * 1_000_000_000n + BigInt(packet?.nanoseconds ?? 0);
    });
    expect(stamps).toEqual([...stamps].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0)));
    expect(new Set(inTime).size).toBe(25);
  });

  test('by hop, a request is followed from its sender, an answer back to it', () => {
    const order = [...byHop(inTime, marks)].map(nameOf);
    const at = order.indexOf('pod1#4'); // the echo request
    expect(order.slice(at, at + 4).map((name) => name.split('#')[0])).toEqual(['pod1', 'node1', 'node2', 'pod2']);
    const back = order.map((name) => name.split('#')[0]).join(' ');
    expect(back).toContain('pod2 node2 node1 pod1');
  });

  test('a journey has one number at all capture points, and every packet is compared', () => {
    expect(marks.size).toBe(25);
    const request = [...marks].filter(([number]) => marks.get(0) !== undefined && nameOf(number) === 'pod1#4')[0]?.[1];
    const seen = [...marks].filter(([, { journey }]) => journey === request?.journey).map(([number]) => nameOf(number));
    expect(seen.map((name) => name.split('#')[0]).sort()).toEqual(['node1', 'node2', 'pod1', 'pod2']);
    expect([...marks.values()].every(({ verdict, step }) => verdict === 'agrees' && step !== null)).toBe(true);
  });

  test('those that pass keep their order', () => {
    const passes = new Uint8Array(25);
    passes[3] = 1;
    passes[7] = 1;
    expect([...passing(inTime, passes, 2)].map(nameOf)).toEqual(['pod1#4', 'node1#1']);
  });

  test('a number leads from file to file', () => {
    const first = nextNumbered(sources, inTime, 6, null);
    const second = nextNumbered(sources, inTime, 6, first);
    expect(first).not.toBe(second);
    expect(new Set([first, second].map((number) => nameOf(number ?? -1).split('#')[1]))).toEqual(new Set(['6']));
    expect(nextNumbered(sources, inTime, 8, null)).toBeNull();
  });
});

describe('byTime', () => {
  const sorted = (times: readonly number[]) => [...finished(byTime(Float64Array.from(times)))];

  test('leaves what is in order, and equal times as they were', () => {
    expect(sorted([1, 1, 2, 2])).toEqual([0, 1, 2, 3]);
    expect(sorted([1, 2, 1, 2])).toEqual([0, 2, 1, 3]); // two files whose clocks agree
  });

  test('sorts what is not, several runs of it', () => {
    expect(sorted([5, 1, 2, 0, 9, 3, 3])).toEqual([3, 1, 2, 5, 6, 0, 4]);
    expect(sorted([3, 2, 1])).toEqual([2, 1, 0]);
    expect(sorted([])).toEqual([]);
  });

  test('puts packets in place that are late by few places or by many', () => {
    const times = [0, 60].flatMap((first) => Array.from({ length: 100 }, (_, i) => first + Math.floor(i / 2)));
    for (const [i, late] of [3, 15, 16, 17, 18, 40].entries()) times.splice(30 * (i + 1), 0, 15 * (i + 1) - late);
    const expected = times.map((_, i) => i).sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0) || a - b);
    expect(sorted(times)).toEqual(expected);
  });

  test('gives way on the way', () => {
    const times = Float64Array.from({ length: 200_000 }, (_, i) => (i * 7919) % 200_000);
    const work = byTime(times);
    let slices = 0;
    let step = work.next();
    for (; step.done !== true; step = work.next()) slices += 1;
    expect(slices).toBeGreaterThan(10);
    expect(step.value.every((number, i) => times[number] === i)).toBe(true);
  });
});

test('files are merged by their times and what their clocks are ahead, equal times in the order of the files', () => {
  const file = (first: number, offset: number, ...times: readonly number[]) => {
    const held = Float64Array.from(times);
    return { first, offset, times: held, order: finished(byTime(held)) };
  };
  const files = [file(0, 0, 1, 5, 3), file(3, -10, 11, 15), file(5, 0), file(5, 0.5, 0, 9)];
  expect([...finished(merged(files, 7))]).toEqual([5, 0, 3, 2, 1, 4, 6]);
});

test('a clock that is ahead moves all packets of its file', () => {
  const hour = 3600e9;
  const last = finished(inTimeOf(sources, new Map([['pod1', -hour]]))).subarray(-7);
  expect([...last].map((number) => placeOf(sources, number)?.source.id)).toEqual(Array(7).fill('pod1'));
});

test('a packet without a time has none, and stands where it is in the file', () => {
  const start = { seconds: 10, nanoseconds: 500 };
  expect(nanosecondsSince(start, { seconds: 11, nanoseconds: 0 })).toBe(999_999_500);
  expect(nanosecondsSince(start, { seconds: 0, nanoseconds: 0 })).toBeNull();
  const timesIn = (sinceStart: Float64Array) => {
    const source = { count: sinceStart.length, opened: { index: { sinceStart } } } as unknown as Source;
    return finished(timesOf(source));
  };
  expect([...timesIn(Float64Array.of(Number.NaN, 5, Number.NaN, 3))]).toEqual([0, 5, 5, 3]);
  const whole = Float64Array.of(0, 5, 3);
  expect(timesIn(whole)).toBe(whole); // no copy
});
