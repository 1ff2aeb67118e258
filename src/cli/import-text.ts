/** The import report as lines for people. */
import { type Ask, asksFor } from '../engine/import/asks';
import type { Contradiction } from '../engine/import/contradictions';
import type { Source } from '../engine/import/facts';
import { toolOf } from '../engine/import/formats';
import type { Imported } from '../engine/import/import';
import { countsOf, type Piece } from '../engine/import/read';
import type { CliTexts } from '../i18n/cli';
import { sayGap } from '../i18n/sentence-gap';

type Texts = CliTexts['importing'];

/** A report is read, not searched: of long lists the first are shown; --json has them all. */
const SHOWN_MAX = 20;

export function importLines(imported: Imported, files: readonly string[], text: Texts): readonly string[] {
  const { topology, report } = imported;
  const count = (...roles: readonly string[]) => topology.hosts.filter(({ role }) => roles.includes(role)).length;
  const pieces = report.pieces.filter(({ facts, unread }) => facts.length + unread.length > 0);
  return [
    text.hosts(count('node'), count('pod'), count('router', 'machine')),
    ...section(text.headings.pieces, pieces, text, (piece) => pieceLines(piece, files, text), Number.POSITIVE_INFINITY),
    ...section(text.headings.contradictions, report.contradictions, text, (one) =>
      contradictionLines(one, files, text),
    ),
    ...section(text.headings.asks, asksFor(imported), text, (ask) => askLines(ask, text)),
  ];
}

function section<T>(
  heading: string,
  items: readonly T[],
  text: Texts,
  linesOf: (item: T) => readonly string[],
  most = SHOWN_MAX,
): readonly string[] {
  if (items.length === 0) return [];
  const left = items.length - most;
  return ['', heading, ...items.slice(0, most).flatMap(linesOf), ...(left > 0 ? [`  ${text.more(left)}`] : [])];
}

const placeOf = (files: readonly string[], { text, line }: Source): string => `${files[text] ?? ''}:${line}`;

function pieceLines(piece: Piece, files: readonly string[], text: Texts): readonly string[] {
  const tool = piece.format === null ? null : toolOf(piece.format);
  const what = tool === null ? text.unknownFormat : text.takenFor(tool, piece.host);
  const added = [...countsOf(piece)].map(([kind, count]) => text.added[kind](count)).join(', ');
  const unknown = piece.unread.filter(({ why }) => why === 'unknown');
  const passed = piece.unread.length - unknown.length;
  return [
    `  ${placeOf(files, piece.source)}  ${what}: ${added === '' ? text.nothing : added}`,
    ...(unknown.length === 0 ? [] : [`    ${text.notUnderstood}`]),
    ...unknown.slice(0, SHOWN_MAX).map(({ source, text: line }) => `      ${source.line}: ${line}`),
    ...(unknown.length > SHOWN_MAX ? [`      ${text.more(unknown.length - SHOWN_MAX)}`] : []),
    ...(passed === 0 ? [] : [`    ${text.passedOver(passed)}`]),
  ];
}

const contradictionLines = (
  { host, field, of, values, taken }: Contradiction,
  files: readonly string[],
  text: Texts,
): readonly string[] => [
  `  ${text.contradiction(host, field, of)}`,
  ...values.map((said, at) => `    ${text.says(said.text, placeOf(files, said.source), at === taken)}`),
];

function askLines({ host, command, gaps }: Ask, text: Texts): readonly string[] {
  const left = gaps.length - SHOWN_MAX;
  return [
    `  ${text.ask(host, command)}`,
    ...gaps.slice(0, SHOWN_MAX).map((gap) => `    ${sayGap(gap, host, text)}`),
    ...(left > 0 ? [`    ${text.more(left)}`] : []),
  ];
}
