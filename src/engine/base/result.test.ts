import { describe, expect, test } from 'vitest';
import { err, invariant, ok, unreachable } from './result';

describe('result', () => {
  test('carries a value or an error', () => {
    expect(ok(1)).toEqual({ ok: true, value: 1 });
    expect(err('cut')).toEqual({ ok: false, error: 'cut' });
  });
  test('a broken invariant throws with its statement', () => {
    expect(() => invariant(false, 'time never runs back')).toThrow('invariant: time never runs back');
    expect(() => invariant(true, 'never seen')).not.toThrow();
  });
  test('an unexpected union member is shown', () => {
    expect(() => unreachable({ kind: 'new' } as never)).toThrow('{"kind":"new"}');
  });
});
