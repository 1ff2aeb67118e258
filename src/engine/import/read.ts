/** Texts to facts: each block is given to the format that its command prints, or cut by the shape of its lines. */
import { type Document, documentsOf, opensDocument } from './documents';
import type { Fact, FactKind, Source } from './facts';
import { DOCUMENTS, FORMATS } from './formats';
import type { DocumentImporter, Importer, Reading, UnreadWhy } from './importer';
import { type Block, blocksOf, linesOf } from './transcript';

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

/** Hears how many characters of all texts have been read. */
export type OnRead = (characters: number) => void;

export function readTexts(texts: readonly string[], onRead: OnRead = () => undefined): readonly Piece[] {
  let characters = 0;
  const onLines = (count: number): void => {
    characters += count;
    onRead(characters);
  };
  return blocksOf(texts).flatMap((block) => piecesOf(block, onLines));
}

/** Whether any format makes something of a text, or would make something of it if this is only its head. */
export const isUnderstood = (head: string, isWhole = true): boolean =>
  readTexts([head]).some(({ facts }) => facts.length > 0) || (!isWhole && opensDocument(linesOf(head)));

function piecesOf(block: Block, onLines: OnRead): readonly Piece[] {
  const known = block.words.length === 0 ? undefined : FORMATS.find((format) => format.prints(block.words));
  if (known !== undefined) {
    onLines(block.lines.reduce((sum, line) => sum + line.length + 1, 0));
    return [pieceOf(block, known, 0, block.lines.length)];
  }
  const pieces: Piece[] = [];
  let from = 0;
  for (const document of documentsOf(block.lines)) {
    pieces.push(...byShape(block, from, document.from, onLines), ...documentPieces(block, document));
    from = document.to;
  }
  return pieces.length === 0 || from < block.lines.length
    ? [...pieces, ...byShape(block, from, block.lines.length, onLines)]
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

const SAID_EVERY = 500_000; // characters

/** A new piece begins wherever a line belongs to another format than the lines above it. */
function byShape(block: Block, start: number, end: number, onLines: OnRead): readonly Piece[] {
  const pieces: Piece[] = [];
  let format: Importer | null = null;
  let from = start;
  let isBlank = true; // nothing but blank lines since `from`
  let unsaid = 0; // characters
  for (let at = start; at < end; at += 1) {
    const line = block.lines[at] ?? '';
    unsaid += line.length + 1;
    if (unsaid > SAID_EVERY) {
      onLines(unsaid);
      unsaid = 0;
    }
    if (line.trim() === '') continue;
    const other: Importer | undefined = belongsTo(format, line) ? undefined : FORMATS.find((one) => one.starts(line));
    if (other !== undefined) {
      if (!isBlank) pieces.push(pieceOf(block, format, from, at));
      format = other;
      from = at;
    }
    isBlank = false;
  }
  onLines(unsaid);
  if (!isBlank || (pieces.length === 0 && start === 0)) pieces.push(pieceOf(block, format, from, end));
  return pieces;
}

const belongsTo = (format: Importer | null, line: string): boolean => format?.starts(line) === true;

function pieceOf(block: Block, format: Importer | null, from: number, to: number): Piece {
  const lines = block.lines.slice(from, to);
  const reading = format?.read(lines, block.words) ?? { facts: [], unread: unknownLines(lines) };
  return piece(block, from, lines, format?.name ?? null, reading);
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
