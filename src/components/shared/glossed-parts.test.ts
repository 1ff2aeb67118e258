import { expect, test } from 'vitest';
import { glossary as en } from '../../i18n/en/glossary';
import { glossary as zh } from '../../i18n/zh/glossary';
import { partsOf } from './glossed-parts';

const words = (text: string, glossary = en) =>
  partsOf(text, glossary).flatMap(({ entry }) => (entry === null ? [] : [entry.id]));

test('a word is marked once, the longer one first, and never inside another', () => {
  expect(words('The route table of a router; the router’s route table again.')).toEqual(['route-table', 'router']);
  expect(words('Two MACs, one MAC.')).toEqual(['mac']);
});
test('a word explained before it in the same place is not marked again', () => {
  const before = 'The frame reaches the bridge.';
  expect(partsOf('The bridge looks into its FDB.', en, before).map(({ entry }) => entry?.id ?? '')).toEqual([
    '',
    'fdb',
    '',
  ]);
});
test('not inside bold values, nor in names', () => {
  expect(words('**TTL 64** at host-gw.cap, podsnode')).toEqual([]);
});
test('Chinese words are found without gaps around them', () => {
  expect(words('它的下一跳在邻居表里', zh)).toEqual(['next-hop', 'neighbour-table']);
});
test('nothing of the text is lost', () => {
  const text = 'A **bridge** floods; the FDB says which MAC. Next hop: 10.244.2.2';
  expect(
    partsOf(text, en)
      .map((part) => part.text)
      .join(''),
  ).toBe(text);
});
test('both languages explain the same words, fifty and more', () => {
  expect(zh.map(({ id }) => id)).toEqual(en.map(({ id }) => id));
  expect(new Set(en.map(({ id }) => id)).size).toBe(en.length);
  expect(en.length).toBeGreaterThanOrEqual(50);
});
