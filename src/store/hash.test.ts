import { describe, expect, test } from 'vitest';
import { readHash, writeHash } from './hash';
import { INITIAL } from './store';

describe('readHash', () => {
  test('takes what a link says', () => {
    expect(readHash('#step=21&lang=zh&panel=ladder&size=hop')).toEqual({
      stepIndex: 20,
      lang: 'zh',
      panel: 'ladder',
      stepSize: 'hop',
    });
  });
  test('takes what a lecture shows, and an embedding with the origin that may lead it', () => {
    expect(readHash('#present=1&lecture=questions%3Attl')).toEqual({ presenting: true, lecture: 'questions:ttl' });
    expect(readHash('#embed=1')).toEqual({ lecture: 'embed' });
    expect(readHash('#embed=https%3A%2F%2Fcourse.example')).toEqual({ lecture: 'embed:https://course.example' });
    expect(readHash('#present=yes')).toEqual({});
  });
  test('takes a command with its blanks', () => {
    expect(readHash('#command=pod1%3A+ping+-c+1+10.244.2.2')).toEqual({
      command: 'pod1: ping -c 1 10.244.2.2',
      typed: true,
    });
  });
  test.each([
    '',
    '#',
    '#step=0',
    '#step=-3',
    '#step=2.5',
    '#step=abc',
    '#step=',
    '#lang=fr',
    '#panel=9',
    '#size=',
    '#scenario=gone',
    '#nonsense',
    '#%',
  ])('passes over %j', (hash) => expect(readHash(hash)).toEqual({}));
  test('one bad value does not spoil the others', () => {
    expect(readHash('#step=x&lang=zh')).toEqual({ lang: 'zh' });
  });
});

describe('writeHash', () => {
  test('a fresh page has none', () => expect(writeHash(INITIAL, INITIAL)).toBe(''));
  test('writes steps as they are shown, from 1', () => {
    expect(writeHash({ ...INITIAL, stepIndex: 20 }, INITIAL)).toBe('#step=21');
  });
  test('what is written is read back', () => {
    const state = {
      ...INITIAL,
      stepIndex: 6,
      lang: 'zh',
      panel: 'ladder',
      stepSize: 'packet',
      command: 'pod2: ping -c 3 10.244.1.4',
      presenting: true,
      lecture: 'fault:7-abc',
    } as const;
    expect(readHash(writeHash(state, INITIAL))).toEqual({
      stepIndex: 6,
      lang: 'zh',
      panel: 'ladder',
      stepSize: 'packet',
      command: 'pod2: ping -c 3 10.244.1.4',
      typed: true,
      presenting: true,
      lecture: 'fault:7-abc',
    });
  });
  test('a language that is not the reader’s own is kept', () => {
    expect(writeHash({ ...INITIAL, lang: 'en' }, { ...INITIAL, lang: 'zh' })).toBe('#lang=en');
  });
});
