/** How the cluster came about: what each piece of text was taken for, what contradicts, what would tell the rest. */
import type { Ask } from '../../engine/import/asks';
import type { Source } from '../../engine/import/facts';
import type { ImportReport as Report } from '../../engine/import/import';
import { countsOf, type Piece } from '../../engine/import/read';
import { sayGap } from '../../i18n/sentence-gap';
import { selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import styles from './Cluster.module.css';

interface Props {
  readonly report: Report;
  readonly asks: readonly Ask[];
  readonly toolOf: (format: string) => string;
  readonly nameOf: (text: number) => string; // of a given text
}

const SHOWN_MAX = 60; // of each list; nobody reads more

export function ImportReport({ report, asks, toolOf, nameOf }: Props) {
  const { importing: t } = useApp(selectText);
  const pieces = report.pieces.filter(({ facts, unread }) => facts.length + unread.length > 0);
  const place = ({ text, line }: Source): string => `${nameOf(text)}:${line}`;
  return (
    <div className={styles.report}>
      {report.contradictions.length > 0 && (
        <details open>
          <summary>
            {t.headings.contradictions} · {report.contradictions.length}
          </summary>
          <ul>
            {report.contradictions.slice(0, SHOWN_MAX).map(({ host, field, of, values, taken }) => (
              <li key={`${host} ${field} ${of} ${place(values[1].source)}`}>
                <b>{t.contradiction(host, field, of)}</b>
                {values.map((said, i) => (
                  <span key={place(said.source)} className={i === taken ? styles.taken : styles.quiet}>
                    {t.says(said.text, place(said.source), i === taken)}
                  </span>
                ))}
              </li>
            ))}
          </ul>
        </details>
      )}
      {asks.length > 0 && (
        <details>
          <summary>
            {t.headings.asks} · {asks.length}
          </summary>
          <ul>
            {asks.slice(0, SHOWN_MAX).map((ask) => (
              <AskItem key={`${ask.host} ${ask.command}`} ask={ask} />
            ))}
          </ul>
        </details>
      )}
      <details>
        <summary>
          {t.headings.pieces} · {pieces.length}
        </summary>
        <ul>
          {pieces.slice(0, SHOWN_MAX).map((piece) => (
            <PieceItem key={place(piece.source)} piece={piece} place={place(piece.source)} toolOf={toolOf} />
          ))}
          {pieces.length > SHOWN_MAX && <li className={styles.quiet}>{t.more(pieces.length - SHOWN_MAX)}</li>}
        </ul>
      </details>
    </div>
  );
}

function PieceItem({
  piece,
  place,
  toolOf,
}: {
  readonly piece: Piece;
  readonly place: string;
  readonly toolOf: Props['toolOf'];
}) {
  const { importing: t } = useApp(selectText);
  const what = piece.format === null ? t.unknownFormat : t.takenFor(toolOf(piece.format), piece.host);
  const added = [...countsOf(piece)].map(([kind, count]) => t.added[kind](count)).join(', ');
  const unknown = piece.unread.filter(({ why }) => why === 'unknown');
  const passed = piece.unread.length - unknown.length;
  return (
    <li>
      <span className={styles.quiet}>{place}</span> {what}: {added === '' ? t.nothing : added}
      {unknown.length > 0 && (
        <span className={styles.unread}>
          {t.notUnderstood}
          {unknown.slice(0, SHOWN_MAX).map(({ source, text }) => (
            <code key={source.line}>
              {source.line}: {text}
            </code>
          ))}
          {unknown.length > SHOWN_MAX && t.more(unknown.length - SHOWN_MAX)}
        </span>
      )}
      {passed > 0 && <span className={styles.quiet}>{t.passedOver(passed)}</span>}
    </li>
  );
}

function AskItem({ ask: { host, command, gaps } }: { readonly ask: Ask }) {
  const { importing: t } = useApp(selectText);
  const said = gaps.map((gap) => sayGap(gap, host, t));
  return (
    <li>
      <code className={styles.command}>{t.ask(host, command)}</code>
      {[...new Set(said)].slice(0, SHOWN_MAX).map((text) => (
        <span key={text} className={styles.quiet}>
          {text}
        </span>
      ))}
    </li>
  );
}
