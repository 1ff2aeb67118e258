/** The hop matrix laid out as a drawing: every text whole, columns as wide as their widest, so nothing is ever cut. */
import type { Catalogue } from '../../i18n';
import { textWidth } from '../shared/text-width';
import type { BigCell, MatrixFacts } from './BigMatrix';

export type Tone = 'plain' | 'quiet' | 'changed' | 'agrees' | 'wrong';

/** A run of text in a line of a cell. */
export interface Part {
  readonly text: string;
  readonly tone: Tone;
  readonly mono: boolean;
  readonly bold: boolean;
}

export interface SheetCell {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly fill: 'none' | 'head' | 'changed' | 'wrong';
  readonly lines: readonly (readonly Part[])[];
}

export interface MatrixSheet {
  readonly width: number;
  readonly height: number;
  readonly cells: readonly SheetCell[]; // the table's, row by row
  readonly captions: readonly { readonly x: number; readonly y: number; readonly parts: readonly Part[] }[]; // baseline
}

export const SIZE = 13; // px
export const PAD = { x: 8, y: 5 };
export const LINE = 18;
const GAP = 7; // between the parts of a line
const EDGE = 14;

const SINCE = { changed: '≠', same: '=' } as const;
const MARKS = { agrees: '✓', differs: '✗', drawn: '~', 'one-sided': '–' } as const;
const MARK_TONE = { agrees: 'agrees', differs: 'wrong', drawn: 'quiet', 'one-sided': 'quiet' } as const;

const part = (text: string, tone: Tone = 'plain', style: { mono?: boolean; bold?: boolean } = {}): Part => ({
  text,
  tone,
  mono: style.mono ?? false,
  bold: style.bold ?? false,
});

const widthOf = ({ text, mono, bold }: Part): number => textWidth(text, { size: SIZE, mono, bold });

/** Where each part of a line begins, and how long the line is. */
export function along(parts: readonly Part[]): { readonly starts: readonly number[]; readonly width: number } {
  const starts: number[] = [];
  let x = 0;
  for (const one of parts) {
    starts.push(x);
    x += widthOf(one) + GAP;
  }
  return { starts, width: Math.max(0, x - GAP) };
}

type Hide = (text: string) => string;

export function matrixSheet(facts: MatrixFacts, { matrix, fields }: Catalogue, hide: Hide): MatrixSheet {
  const { points, rows, passes, current, name } = facts;
  const body = rows.map(({ field, cells }) => ({
    head: [[part(fields.name(field))]],
    cells: points.map((_, i) => {
      const cell = cells[i] ?? null;
      if (passes[i] === false) return null;
      return { fill: fillOf(cell), lines: linesOf(cell, field, { matrix, fields }, hide) };
    }),
  }));
  const longest = (lines: readonly (readonly Part[])[]) => Math.max(0, ...lines.map((line) => along(line).width));
  const first = Math.max(...body.map(({ head }) => longest(head)), 0) + 2 * PAD.x;
  const nothing = [[part(matrix.doesNotPass, 'quiet')]];
  const columns = points.map((point, i) => {
    const wide = body.map(({ cells }) => longest(cells[i]?.lines ?? []));
    return (
      Math.max(
        along([part(point, 'plain', { bold: true })]).width,
        longest(passes[i] === false ? nothing : []),
        ...wide,
      ) +
      2 * PAD.x
    );
  });
  const at = [EDGE + first];
  for (const width of columns) at.push((at.at(-1) ?? 0) + width);
  const title = [part(hide(matrix.caption(name)), 'plain', { bold: true })];
  const legend = matrix.legend.flatMap(([mark, meaning]) => [
    part(mark, 'plain', { bold: true }),
    part(meaning, 'quiet'),
  ]);
  let y = EDGE + LINE + PAD.y;
  const headHeight = LINE + 2 * PAD.y;
  const cells: SheetCell[] = points.map((point, i) => ({
    x: at[i] ?? 0,
    y,
    width: columns[i] ?? 0,
    height: headHeight,
    fill: i === current ? 'head' : 'none',
    lines: [[part(point, 'plain', { bold: true })]],
  }));
  y += headHeight;
  const top = y;
  for (const row of body) {
    const lines = Math.max(1, ...row.cells.map((cell) => cell?.lines.length ?? 1));
    const height = lines * LINE + 2 * PAD.y;
    cells.push({ x: EDGE, y, width: first, height, fill: 'none', lines: row.head });
    row.cells.forEach((cell, i) => {
      if (cell !== null) cells.push({ x: at[i] ?? 0, y, width: columns[i] ?? 0, height, ...cell });
    });
    y += height;
  }
  points.forEach((_, i) => {
    if (passes[i] === false)
      cells.push({ x: at[i] ?? 0, y: top, width: columns[i] ?? 0, height: y - top, fill: 'none', lines: nothing });
  });
  const wide = Math.max((at.at(-1) ?? 0) - EDGE, along(title).width, along(legend).width);
  return {
    width: Math.ceil(wide + 2 * EDGE),
    height: Math.ceil(y + LINE + PAD.y + EDGE),
    cells,
    captions: [
      { x: EDGE, y: EDGE + SIZE, parts: title },
      { x: EDGE, y: y + PAD.y + LINE, parts: legend },
    ],
  };
}

const fillOf = (cell: BigCell | null): SheetCell['fill'] =>
  cell?.verdict === 'differs' ? 'wrong' : cell?.sinceLastPoint === 'changed' ? 'changed' : 'none';

/** Equal values once; unequal ones both, each on a line of its own. */
function linesOf(
  cell: BigCell | null,
  field: string,
  { matrix, fields }: Pick<Catalogue, 'matrix' | 'fields'>,
  hide: Hide,
): SheetCell['lines'] {
  if (cell === null) return [[part('–', 'quiet')]];
  const { predicted, captured, verdict, sinceLastPoint } = cell;
  const since =
    sinceLastPoint === null ? [] : [part(SINCE[sinceLastPoint], sinceLastPoint === 'changed' ? 'changed' : 'quiet')];
  const mark = part(MARKS[verdict], MARK_TONE[verdict], { bold: true });
  const value = (text: string | null, tone: Tone): Part => part(hide(text ?? matrix.none), tone, { mono: true });
  if (verdict === 'differs')
    return [
      [...since, part(matrix.sides.predicted, 'quiet'), value(predicted, 'plain')],
      [part(matrix.sides.captured, 'quiet'), value(captured, 'wrong'), mark],
    ];
  const meaning = fields.meaning(field, captured ?? predicted ?? '');
  const tone = sinceLastPoint === 'changed' ? 'changed' : 'plain';
  return [[...since, value(captured ?? predicted, tone), ...(meaning === null ? [] : [part(meaning, 'quiet')]), mark]];
}
