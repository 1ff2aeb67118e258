import { expect, test } from 'vitest';
import { hashOfText, Positions } from './positions';

const names = Array.from({ length: 5000 }, (_, i) => `pod-${i}`);
const filled = (expected: number, hashOf = hashOfText) => {
  const positions = new Positions(expected, hashOf, (at) => names[at] ?? '');
  names.forEach((name, at) => {
    positions.add(name, at);
  });
  return positions;
};

test.each([
  ['as many as were expected', filled(5000)],
  ['many more', filled(1)],
  ['all of one hash', filled(5000, (name) => name.length)],
])('finds every member, and no other: %s', (_, positions) => {
  expect(names.every((name, at) => positions.find(name) === at)).toBe(true);
  expect(positions.find('pod-5000')).toBe(-1);
});

test('of several with one key the first is kept', () => {
  const keys = [7, 7, 8];
  const positions = new Positions<number>(
    3,
    (key) => key,
    (at) => keys[at] ?? 0,
  );
  keys.forEach((key, at) => {
    positions.add(key, at);
  });
  expect([positions.find(7), positions.find(8)]).toEqual([0, 2]);
});
