/** Texts to facts: each block is given to the format that its command prints, or cut by the shape of its lines. */
import type { Fact, Source } from './facts';
import { FORMATS } from './formats';
import type { Importer, UnreadWhy } from './importer';
import { type Block, blocksOf } from './transcript';

/** A piece of text taken for one format, and what came of it. */
export interface Piece {
  readonly host: string | null;
  readonly command: string | null;
  readonly format: string | null; // null: no format knows it
  readonly source: Source; // its first line
  readonly lineCount: number;
  readonly facts: readonly { readonly fact: Fact; readonly source: Source }[];
  readonly unread: readonly { readonly text: string; readonly why: UnreadWhy; readonly source: Source }[];
}

export const readTexts = (texts: readonly string[]): readonly Piece[] => blocksOf(texts).flatMap(piecesOf);

function piecesOf(block: Block): readonly Piece[] {
  const known = block.words.length === 0 ? undefined : FORMATS.find((format) => format.prints(block.words));
  if (known !== undefined) return [pieceOf(block, known, 0, block.lines.length)];
  return byShape(block);
}

/** A new piece begins wherever a line belongs to another format than the lines above it. */
function byShape(block: Block): readonly Piece[] {
  const pieces: Piece[] = [];
  let format: Importer | null = null;
  let from = 0;
  block.lines.forEach((line, at) => {
    if (line.trim() === '' || format?.starts(line) === true) return;
    const other = FORMATS.find((one) => one.starts(line));
    if (other === undefined) return;
    if (at > from && block.lines.slice(from, at).some((above) => above.trim() !== '')) {
      pieces.push(pieceOf(block, format, from, at));
    }
    format = other;
    from = at;
  });
  pieces.push(pieceOf(block, format, from, block.lines.length));
  return pieces;
}

function pieceOf(block: Block, format: Importer | null, from: number, to: number): Piece {
  const lines = block.lines.slice(from, to);
  const sourceOf = (at: number): Source => ({ text: block.source.text, line: block.source.line + from + at });
  const reading = format?.read(lines, block.words) ?? { facts: [], unread: unknownLines(lines) };
  return {
    host: block.host,
    command: block.command,
    format: format?.name ?? null,
    source: sourceOf(0),
    lineCount: lines.length,
    facts: reading.facts.map(({ fact, at }) => ({ fact, source: sourceOf(at) })),
    unread: reading.unread.map(({ at, why }) => ({ text: lines[at] ?? '', why, source: sourceOf(at) })),
  };
}

const unknownLines = (lines: readonly string[]) =>
  lines.flatMap((line, at) => (line.trim() === '' ? [] : [{ at, why: 'unknown' as const }]));
