import { selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import tones from '../shared/tones.module.css';
import styles from './HopMatrix.module.css';
import type { MatrixCell } from './rows';

const SINCE = { changed: '≠', same: '=' };
const MARKS = { agrees: '✓', differs: '✗', drawn: '~', 'one-sided': '–' };
const MARK_CLASS = {
  agrees: styles.agreesMark,
  differs: tones.bad,
  drawn: tones.quiet,
  'one-sided': tones.quiet,
} as const;

/** One field at one capture point. Equal values are written once; unequal ones both, in full. */
export function MatrixCellContent({ cell, field }: { readonly cell: MatrixCell; readonly field: string }) {
  const { matrix, fields } = useApp(selectText);
  const { predicted, captured, verdict, sinceLastPoint } = cell;
  const meaning = fields.meaning(field, captured ?? predicted ?? '');
  const both = verdict === 'differs';
  return (
    <>
      {sinceLastPoint !== null && (
        <span
          className={sinceLastPoint === 'changed' ? styles.changedMark : tones.quiet}
          title={matrix.since[sinceLastPoint]}
        >
          <span aria-hidden="true">{SINCE[sinceLastPoint]}</span>
          <span className="visually-hidden">{matrix.since[sinceLastPoint]}: </span>
        </span>
      )}
      {both ? (
        <span className={styles.both}>
          <span>
            <span className={styles.side}>{matrix.sides.predicted}</span> {predicted ?? matrix.none}
          </span>
          <span className={tones.bad}>
            <span className={styles.side}>{matrix.sides.captured}</span> {captured ?? matrix.none}
          </span>
        </span>
      ) : (
        <span className={`${styles.text} ${toneOf(cell)}`} title={captured ?? predicted ?? ''}>
          {captured ?? predicted}
          {meaning !== null && <span className={styles.meaning}> {meaning}</span>}
        </span>
      )}
      <span className={`${styles.verdict} ${MARK_CLASS[verdict]}`} title={matrix.verdict[verdict]}>
        <span aria-hidden="true">{MARKS[verdict]}</span>
        <span className="visually-hidden">, {matrix.verdict[verdict]}</span>
      </span>
    </>
  );
}

const toneOf = ({ sinceLastPoint }: MatrixCell): string | undefined =>
  sinceLastPoint === 'changed' ? styles.changedMark : sinceLastPoint === 'same' ? tones.quiet : undefined;
