/** What of a report people read: the head of each list and how long it is. It goes from one thread to another. */
import type { Ask, Gap } from './asks';
import type { Contradiction } from './contradictions';
import type { FactKind } from './facts';
import type { ImportReport } from './import';
import { countsOf, type Piece } from './read';

/** Of each list; nobody reads more. */
export const SHOWN_MAX = 60;

export interface PieceShown extends Pick<Piece, 'host' | 'format' | 'source'> {
  readonly added: readonly (readonly [FactKind, number])[];
  readonly unknown: readonly { readonly line: number; readonly text: string }[];
  readonly unknownCount: number;
  readonly passedCount: number; // lines with nothing in them for this model
}

export interface ReportShown {
  readonly pieces: readonly PieceShown[];
  readonly pieceCount: number;
  readonly contradictions: readonly Contradiction[];
  readonly contradictionCount: number;
}

export function reportShown({ pieces, contradictions }: ImportReport): ReportShown {
  const told = pieces.filter(({ facts, unread }) => facts.length + unread.length > 0);
  return {
    pieces: told.slice(0, SHOWN_MAX).map(pieceShown),
    pieceCount: told.length,
    contradictions: contradictions.slice(0, SHOWN_MAX),
    contradictionCount: contradictions.length,
  };
}

function pieceShown(piece: Piece): PieceShown {
  const { host, format, source, unread } = piece;
  const unknown = unread.filter(({ why }) => why === 'unknown');
  return {
    host,
    format,
    source,
    added: [...countsOf(piece)],
    unknown: unknown.slice(0, SHOWN_MAX).map(({ source: { line }, text }) => ({ line, text })),
    unknownCount: unknown.length,
    passedCount: unread.length - unknown.length,
  };
}

export interface AskShown extends Pick<Ask, 'host' | 'command'> {
  readonly gaps: readonly Gap[];
}

export interface AsksShown {
  readonly asks: readonly AskShown[];
  readonly count: number;
}

export const NO_ASKS: AsksShown = { asks: [], count: 0 };

export const asksShown = (asks: readonly Ask[]): AsksShown => ({
  asks: asks.slice(0, SHOWN_MAX).map(({ host, command, gaps }) => ({ host, command, gaps })),
  count: asks.length,
});
