/** Texts to facts: each block is given to the format that its command prints, or cut by the shape of its lines. */
import { type Document, documentsOf } from './documents';
import type { Fact, FactKind, Source } from './facts';
import { DOCUMENTS, FORMATS } from './formats';
import type { DocumentImporter, Importer, Reading, UnreadWhy } from './importer';
import { type Block, blocksOf } from './transcript';

/** A piece of text taken for one format, and what came of it. */
export interface Piece {
  readonly host: string | null;
  readonly typedAt: string | null; // the host whose prompt the command stands behind
  readonly command: string | null;
  readonly format: string | null; // null: no format knows it
  readonly source: Source; // its first line
  readonly lineCount: number;
  readonly facts: readonly { readonly fact: Fact; readonly source: Source }[];
  readonly unread: readonly { readonly text: string; readonly why: UnreadWhy; readonly source: Source }[];
}

export const readTexts = (texts: readonly string[]): readonly Piece[] => blocksOf(texts).flatMap(piecesOf);

/** Whether any format makes something of a text. */
export const isUnderstood = (text: string): boolean => readTexts([text]).some(({ facts }) => facts.length > 0);

function piecesOf(block: Block): readonly Piece[] {
  const known = block.words.length === 0 ? undefined : FORMATS.find((format) => format.prints(block.words));
  if (known !== undefined) return [pieceOf(block, known, 0, block.lines.length)];
  const pieces: Piece[] = [];
  let from = 0;
  for (const document of documentsOf(block.lines)) {
    pieces.push(...byShape(block, from, document.from), ...documentPieces(block, document));
    from = document.to;
  }
  return pieces.length === 0 || from < block.lines.length
    ? [...pieces, ...byShape(block, from, block.lines.length)]
    : pieces;
}

/** Values of one format make one piece; a manifest's documents are all Kubernetes'. */
function documentPieces(block: Block, { from, to, values }: Document): readonly Piece[] {
  const byFormat = new Map<DocumentImporter | null, unknown[]>();
  for (const value of values) {
    const format = DOCUMENTS.find((one) => one.takes(value)) ?? null;
    const same = byFormat.get(format);
    if (same === undefined) byFormat.set(format, [value]);
    else same.push(value);
  }
  if (byFormat.size > 1) byFormat.delete(null);
  const lines = block.lines.slice(from, to);
  return [...byFormat].map(([format, own]) =>
    piece(
      block,
      from,
      lines,
      format?.name ?? null,
      format?.read(own, lines) ?? { facts: [], unread: unknownLines(lines) },
    ),
  );
}

/** A new piece begins wherever a line belongs to another format than the lines above it. */
function byShape(block: Block, start: number, end: number): readonly Piece[] {
  const pieces: Piece[] = [];
  let format: Importer | null = null;
  let from = start;
  let isBlank = true; // nothing but blank lines since `from`
  for (let at = start; at < end; at += 1) {
    const line = block.lines[at] ?? '';
    if (line.trim() === '') continue;
    const other: Importer | undefined = belongsTo(format, line) ? undefined : FORMATS.find((one) => one.starts(line));
    if (other !== undefined) {
      if (!isBlank) pieces.push(pieceOf(block, format, from, at));
      format = other;
      from = at;
    }
    isBlank = false;
  }
  if (!isBlank || (pieces.length === 0 && start === 0)) pieces.push(pieceOf(block, format, from, end));
  return pieces;
}

const belongsTo = (format: Importer | null, line: string): boolean => format?.starts(line) === true;

function pieceOf(block: Block, format: Importer | null, from: number, to: number): Piece {
  const lines = block.lines.slice(from, to);
  return piece(
    block,
    from,
    lines,
    format?.name ?? null,
    format?.read(lines, block.words) ?? { facts: [], unread: unknownLines(lines) },
  );
}

function piece(block: Block, from: number, lines: readonly string[], format: string | null, reading: Reading): Piece {
  const sourceOf = (at: number): Source => ({ text: block.source.text, line: block.source.line + from + at });
  return {
    host: block.host,
    typedAt: block.typedAt,
    command: block.command,
    format,
    source: sourceOf(0),
    lineCount: lines.length,
    facts: reading.facts.map(({ fact, at }) => ({ fact, source: sourceOf(at) })),
    unread: reading.unread.map(({ at, why }) => ({ text: lines[at] ?? '', why, source: sourceOf(at) })),
  };
}

const unknownLines = (lines: readonly string[]) =>
  lines.flatMap((line, at) => (line.trim() === '' ? [] : [{ at, why: 'unknown' as const }]));

/** What a piece added, by kind. */
export function countsOf({ facts }: Piece): ReadonlyMap<FactKind, number> {
  const counts = new Map<FactKind, number>();
  for (const { fact } of facts) counts.set(fact.kind, (counts.get(fact.kind) ?? 0) + 1);
  return counts;
}
