/** The hop matrix as a drawing: all of it, nothing cut, addresses hidden where asked. */
import { describe, expect, test } from 'vitest';
import { anonymiser } from '../../engine/export/hide-addresses';
import { en } from '../../i18n/en';
import { zh } from '../../i18n/zh';
import type { BigCell, MatrixFacts } from './BigMatrix';
import { along, LINE, matrixSheet, PAD } from './matrix-sheet';

const cell = (value: string, more: Partial<BigCell> = {}): BigCell => ({
  predicted: value,
  captured: value,
  verdict: 'agrees',
  sinceLastPoint: 'same',
  ...more,
});

const FACTS: MatrixFacts = {
  points: ['① pod1 eth0', '② node1 ens33', '③ node2 ens33'],
  passes: [true, true, false],
  current: 1,
  name: 'echo request seq 1',
  rows: [
    {
      field: 'eth.dst',
      cells: [
        cell('5e:c1:b9:a7:b8:56', { sinceLastPoint: null }),
        cell('00:0c:29:d7:0c:82', { sinceLastPoint: 'changed' }),
        null,
      ],
    },
    { field: 'ip.src', cells: [cell('10.244.1.4'), cell('10.244.1.4'), null] },
    { field: 'ip.ttl', cells: [cell('64'), cell('63', { captured: '61', verdict: 'differs' }), null] },
  ],
};
const same = (text: string): string => text;
const textsOf = (sheet: ReturnType<typeof matrixSheet>): string =>
  [...sheet.cells.flatMap(({ lines }) => lines), ...sheet.captions.map(({ parts }) => parts)]
    .map((parts) => parts.map(({ text }) => text).join(' '))
    .join('\n');

describe.each([
  ['English', en],
  ['Chinese', zh],
])('matrixSheet in %s', (_, text) => {
  const sheet = matrixSheet(FACTS, text, same);
  test('holds every value, both where they differ, and where the packet does not pass', () => {
    const said = textsOf(sheet);
    for (const value of ['5e:c1:b9:a7:b8:56', '00:0c:29:d7:0c:82', '10.244.1.4', '63', '61', text.matrix.doesNotPass])
      expect(said).toContain(value);
  });

  test('no text leaves its cell, no cell the picture, and no two cells overlap', () => {
    for (const { x, y, width, height, lines } of sheet.cells) {
      for (const line of lines) expect(along(line).width).toBeLessThanOrEqual(width - 2 * PAD.x + 0.01);
      expect(lines.length * LINE).toBeLessThanOrEqual(height);
      expect(x + width).toBeLessThanOrEqual(sheet.width);
      expect(y + height).toBeLessThanOrEqual(sheet.height);
    }
    for (const { x, parts } of sheet.captions) expect(x + along(parts).width).toBeLessThanOrEqual(sheet.width);
    const overlaps = sheet.cells.flatMap((a, i) =>
      sheet.cells
        .slice(i + 1)
        .filter(
          (b) =>
            a.x < b.x + b.width - 0.01 && b.x < a.x + a.width - 0.01 && a.y < b.y + b.height && b.y < a.y + a.height,
        ),
    );
    expect(overlaps).toEqual([]);
  });

  test('shows no address where they are hidden', () => {
    expect(textsOf(matrixSheet(FACTS, text, anonymiser()))).not.toMatch(/10\.244\.|5e:c1|00:0c/);
  });
});
