import { Fragment } from 'react';
import styles from './BigMatrix.module.css';
import { useTexts } from './texts';

/** A field over all capture points, as far as large letters can show it. */
export interface BigRow {
  readonly fields: readonly string[];
  readonly cells: readonly (BigCell | null)[];
}
export interface BigCell {
  readonly predicted: string | null;
  readonly captured: string | null;
  readonly verdict: 'agrees' | 'differs' | 'drawn' | 'one-sided';
  readonly sinceLastPoint: 'same' | 'changed' | null;
}
export interface MatrixFacts {
  readonly points: readonly string[]; // '① pod1 eth0'
  readonly rows: readonly BigRow[];
  readonly passes: readonly boolean[]; // per point
  readonly current: number; // column; -1: none
  readonly name: string; // of the packet
}

const SINCE = { changed: '≠', same: '=' };
const MARKS = { agrees: '✓', differs: '✗', drawn: '', 'one-sided': '' };

/** The hop matrix for the back row: a MAC takes two lines where it must. */
export function BigMatrix({ points, rows, passes, current, name }: MatrixFacts) {
  const { text } = useTexts();
  const { matrix, fields } = text;
  return (
    <table className={styles.table}>
      <caption className="visually-hidden">{matrix.caption(name)}</caption>
      <thead>
        <tr>
          <td />
          {points.map((point, i) => (
            <th
              key={point}
              scope="col"
              className={i === current ? styles.here : undefined}
              aria-current={i === current ? 'step' : undefined}
            >
              {point}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map(({ fields: names, cells }, rowIndex) => (
          <tr key={names[0]}>
            <th scope="row">{names.length > 1 ? matrix.pair[names[0] ?? ''] : fields.name(names[0] ?? '')}</th>
            {points.map((point, i) => {
              if (passes[i] === false)
                return rowIndex === 0 ? (
                  <td key={point} rowSpan={rows.length} className={styles.nothing}>
                    {matrix.doesNotPass}
                  </td>
                ) : null;
              return <Cell key={point} cell={cells[i] ?? null} here={i === current} />;
            })}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Cell({ cell, here }: { readonly cell: BigCell | null; readonly here: boolean }) {
  const { text } = useTexts();
  if (cell === null) return <td className={here ? styles.here : undefined}>–</td>;
  const { predicted, captured, verdict, sinceLastPoint } = cell;
  const tone = verdict === 'differs' ? styles.wrong : sinceLastPoint === 'changed' ? styles.changed : styles.calm;
  return (
    <td className={here ? `${tone} ${styles.here}` : tone}>
      <span className={styles.cell}>
        {sinceLastPoint !== null && (
          <span aria-hidden="true" className={styles.since}>
            {SINCE[sinceLastPoint]}
          </span>
        )}
        {sinceLastPoint !== null && <span className="visually-hidden">{text.matrix.since[sinceLastPoint]}: </span>}
        <span className={styles.value}>
          <Breakable value={predicted ?? captured ?? ''} />
          {verdict === 'differs' && (
            <>
              {' ✗ '}
              <Breakable value={captured ?? text.matrix.none} />
            </>
          )}
        </span>
        <span className={styles.mark} aria-hidden="true">
          {MARKS[verdict]}
        </span>
        <span className="visually-hidden">, {text.matrix.verdict[verdict]}</span>
      </span>
    </td>
  );
}

/** May break in the middle of a MAC and after an arrow, nowhere else. */
function Breakable({ value }: { readonly value: string }) {
  return value.split(/(?<=^(?:[0-9a-f]{2}:){3})|(?<=→) /).map((part, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one value, in order
    <Fragment key={i}>
      {i > 0 && <wbr />}
      <span className={styles.part}>{part}</span>
    </Fragment>
  ));
}
