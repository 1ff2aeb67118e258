import { describe, expect, test, vi } from 'vitest';
import { askedBy, leaderIn } from './embed';

vi.stubGlobal('location', { origin: 'https://own.example' });

describe('who may lead an embedded page', () => {
  test.each([
    ['embed', 'https://own.example'],
    ['embed:https://course.example', 'https://course.example'],
    ['embed:https://course.example/path?x', 'https://course.example'],
    ['embed:javascript:alert(1)', 'https://own.example'],
    ['embed:*', 'https://own.example'],
    [null, 'https://own.example'],
  ])('%j: %s', (lecture, origin) => expect(leaderIn(lecture)).toBe(origin));
});

describe('a message', () => {
  test.each([{ hopscope: 'forward' }, { hopscope: 'back' }, { hopscope: 'step', step: 30 }])('%j is obeyed', (data) => {
    expect(askedBy(data)).not.toBeNull();
  });
  test.each([
    null,
    'forward',
    {},
    { hopscope: 'eval' },
    { hopscope: 'step', step: 0 },
    { hopscope: 'step', step: 'x' },
  ])('%j is none of ours', (data) => expect(askedBy(data)).toBeNull());
});
