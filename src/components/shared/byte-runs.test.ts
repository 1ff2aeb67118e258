import { describe, expect, test } from 'vitest';
import type { Field, FieldName } from '../../engine/wire/types';
import { placesOf, rowsOf } from './byte-runs';

const field = (name: FieldName, at: number, length: number): Field => ({ name, at, length, text: '' });
const names = (fields: readonly Field[], lengthBytes: number): readonly string[] =>
  rowsOf(new Uint8Array(lengthBytes), fields)
    .flatMap(({ halves }) => halves.flat())
    .map((run) => `${run.field?.name ?? '-'} ${placesOf(run).join(' ')}`);

describe('rowsOf', () => {
  test('a field that crosses the middle of a row is two runs', () => {
    expect(names([field('eth.dst', 0, 6), field('eth.src', 6, 6)], 12)).toEqual([
      'eth.dst 0 1 2 3 4 5',
      'eth.src 6 7',
      'eth.src 8 9 10 11',
    ]);
  });
  test('the flag is what its byte stands for, not the reserved bit beside it nor the offset behind it', () => {
    const fields = [
      field('ip.flags.rb', 0, 1),
      field('ip.flags.df', 0, 1),
      field('ip.flags.mf', 0, 1),
      field('ip.frag_offset', 0, 2),
    ];
    expect(names(fields, 2)).toEqual(['ip.flags.df 0', 'ip.frag_offset 1']);
  });
  test('bytes that no header claims are a run without a field', () => {
    expect(names([field('ip.ttl', 0, 1)], 3)).toEqual(['ip.ttl 0', '- 1 2']);
  });
  test('every byte is in one run, in order', () => {
    const places = rowsOf(new Uint8Array(98), [field('eth.dst', 0, 6), field('data', 42, 56)])
      .flatMap(({ halves }) => halves.flat())
      .flatMap(placesOf);
    expect(places).toEqual(Array.from({ length: 98 }, (_, i) => i));
  });
});
