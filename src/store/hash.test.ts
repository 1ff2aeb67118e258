import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Edit } from '../engine/topology/edits';
import { FAULTS } from '../engine/topology/faults';
import { changesIn, type Kept, readHash, writeHash } from './hash';
import { pack, unpack } from './packed-text';
import { INITIAL, MODES } from './store';

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

const word = fc.stringMatching(/^[a-z0-9.-]{1,12}$/);
const edit = fc.oneof(
  // A configuration command holds no `|`, which stands between commands.
  fc
    .tuple(word, fc.stringMatching(/^[^|\n]{1,60}$/))
    .map(([at, said]): Edit => ({ kind: 'line', line: `${at}: ${said}` })),
  word.map((host): Edit => ({ kind: 'split-lan', host })),
  fc.tuple(word, word).map(([a, b]): Edit => ({ kind: 'second-link', a, b })),
  fc.tuple(word, fc.boolean()).map(([segment, on]): Edit => ({ kind: 'source-guard', segment, on })),
  word.map((node): Edit => ({ kind: 'add-pod', node })),
  fc.tuple(word, word, fc.option(word)).map(([host, dev, segment]): Edit => ({ kind: 'plug', host, dev, segment })),
  fc
    .tuple(word, fc.integer({ min: -500, max: 500 }))
    .map(([host, dx]): Edit => ({ kind: 'place', host, dx, dy: -dx - 1 })),
  fc
    .tuple(word, fc.integer({ min: 1, max: 65_535 }), fc.boolean())
    .map(([host, port, echo]): Edit => ({ kind: 'listen', host, listener: { protocol: 'udp', port, echo } })),
);
const change = fc
  .tuple(fc.option(fc.constantFrom(...FAULTS.map(({ id }) => id))), fc.array(edit, { minLength: 1, maxLength: 3 }))
  .map(([fault, edits]) => ({ fault, edits, isRepair: false, asks: null }));
const state: fc.Arbitrary<Kept> = fc
  .record({
    command: fc.string({ unit: 'grapheme', minLength: 1, maxLength: 80 }),
    mode: fc.constantFrom(...MODES),
    changes: fc.array(change, { minLength: 1, maxLength: 150 }),
    stepIndex: fc.nat(1000),
    lang: fc.constantFrom('en', 'zh'),
    lecture: fc.option(word),
  })
  .map((kept) => ({ ...INITIAL, ...kept }));

describe('any state', () => {
  test('is the same when read back, in plain and packed, however many its changes are', async () => {
    await fc.assert(
      fc.asyncProperty(state, async (shown) => {
        const plain = writeHash(shown, INITIAL);
        const again = await unpack((await pack(plain)) ?? '');
        expect(again).toEqual({ ok: true, value: plain });
        expect(writeHash({ ...INITIAL, ...readHash(plain) }, INITIAL)).toBe(plain);
        expect(readHash(plain).changes).toEqual(shown.changes);
        expect(changesIn(plain)).toBe(shown.changes.length);
      }),
      { numRuns: 60 },
    );
  });
});
