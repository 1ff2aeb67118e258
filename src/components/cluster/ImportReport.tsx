/** How the cluster came about: what each piece of text was taken for, what contradicts, what would tell the rest. */
import type { Source } from '../../engine/import/facts';
import {
  type AskShown,
  type AsksShown,
  type PieceShown,
  type ReportShown,
  SHOWN_MAX,
} from '../../engine/import/report-shown';
import { sayGap } from '../../i18n/sentence-gap';
import { selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import styles from './Cluster.module.css';

interface Props {
  readonly report: ReportShown;
  readonly asks: AsksShown;
  readonly toolOf: (format: string) => string;
  readonly nameOf: (text: number) => string; // of a given text
}

export function ImportReport({ report, asks, toolOf, nameOf }: Props) {
  const { importing: t } = useApp(selectText);
  const place = ({ text, line }: Source): string => `${nameOf(text)}:${line}`;
  return (
    <div className={styles.report}>
      {report.contradictionCount > 0 && (
        <details open>
          <summary>
            {t.headings.contradictions} · {report.contradictionCount}
          </summary>
          <ul>
            {report.contradictions.map(({ host, field, of, values, taken }) => (
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
      {asks.count > 0 && (
        <details>
          <summary>
            {t.headings.asks} · {asks.count}
          </summary>
          <ul>
            {asks.asks.map((ask) => (
              <AskItem key={`${ask.host} ${ask.command}`} ask={ask} />
            ))}
          </ul>
        </details>
      )}
      <details>
        <summary>
          {t.headings.pieces} · {report.pieceCount}
        </summary>
        <ul>
          {report.pieces.map((piece) => (
            <PieceItem key={place(piece.source)} piece={piece} place={place(piece.source)} toolOf={toolOf} />
          ))}
          {report.pieceCount > report.pieces.length && (
            <li className={styles.quiet}>{t.more(report.pieceCount - report.pieces.length)}</li>
          )}
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
  readonly piece: PieceShown;
  readonly place: string;
  readonly toolOf: Props['toolOf'];
}) {
  const { importing: t } = useApp(selectText);
  const what = piece.format === null ? t.unknownFormat : t.takenFor(toolOf(piece.format), piece.host);
  const added = piece.added.map(([kind, count]) => t.added[kind](count)).join(', ');
  const { unknown, unknownCount, passedCount: passed } = piece;
  return (
    <li>
      <span className={styles.quiet}>{place}</span> {what}: {added === '' ? t.nothing : added}
      {unknown.length > 0 && (
        <span className={styles.unread}>
          {t.notUnderstood}
          {unknown.map(({ line, text }) => (
            <code key={line}>
              {line}: {text}
            </code>
          ))}
          {unknownCount > unknown.length && t.more(unknownCount - unknown.length)}
        </span>
      )}
      {passed > 0 && <span className={styles.quiet}>{t.passedOver(passed)}</span>}
    </li>
  );
}

function AskItem({ ask: { host, command, gaps } }: { readonly ask: AskShown }) {
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
