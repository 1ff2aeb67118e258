import { expect, test } from 'vitest';
import { toCsv, toMarkdown } from './take-home';

test('CSV quotes what must be quoted, and no cell is a formula', () => {
  expect(
    toCsv([
      ['a', 'says "b", twice'],
      ['=1+1', 'plain'],
    ]),
  ).toBe('\ufeffa,"says ""b"", twice"\r\n\'=1+1,plain\r\n');
});

test('Markdown has one line a row, and a bar inside a cell does not end it', () => {
  expect(
    toMarkdown([
      ['n', 'text'],
      ['1', 'a | b'],
    ]),
  ).toBe('| n | text |\n| --- | --- |\n| 1 | a \\| b |\n');
});
