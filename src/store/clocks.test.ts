import { beforeEach, expect, test } from 'vitest';
import { aheadOf, clockOf, setClock } from './clocks';
import { INITIAL, useApp } from './store';

beforeEach(() => useApp.setState(INITIAL));

const set = () => useApp.getState().clocks;

test('a file’s clock is as far ahead as all pairs on the way to it say', () => {
  setClock({ from: 'a', to: 'b' }, 5);
  setClock({ from: 'b', to: 'c' }, -7);
  setClock({ from: 'd', to: 'c' }, 1);
  expect(Object.fromEntries(aheadOf(set()))).toEqual({ a: 0, b: 5, c: -2, d: -3 });
});

test('a pair is set again, and left as it is', () => {
  setClock({ from: 'a', to: 'b' }, 5);
  setClock({ from: 'a', to: 'b' }, 6);
  expect(clockOf(set(), { from: 'a', to: 'b' })).toBe(6);
  setClock({ from: 'a', to: 'b' }, null);
  expect(set()).toEqual([]);
});
