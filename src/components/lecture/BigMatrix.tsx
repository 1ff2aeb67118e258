import { Fragment, useLayoutEffect, useRef, useState } from 'react';
import { useSize } from '../shared/useSize';
import styles from './BigMatrix.module.css';
import { useTexts } from './texts';
import { useFits } from './useFits';

/** A field over all capture points, as far as large letters can show it. */
export interface BigRow {
  readonly field: string; // as in wire: 'ip.ttl'
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
export function BigMatrix({ points, rows: all, passes, current, name }: MatrixFacts) {
  const { text, lecture } = useTexts();
  const box = useRef<HTMLElement>(null);
  const fits = useFits();
  const rows = useRowsThatFit(box, all, fits);
  const { matrix, fields } = text;
  return (
    <section className={styles.box} ref={box} tabIndex={fits ? undefined : 0}>
      <table className={styles.table}>
        <caption className="visually-hidden">{matrix.caption(name)}</caption>
        <thead>
          <tr>
            <td>{rows.length < all.length && lecture.stage.moreRows(all.length - rows.length)}</td>
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
          {rows.map(({ field, cells }, rowIndex) => (
            <tr key={field}>
              <th scope="row">{fields.name(field)}</th>
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
    </section>
  );
}

/** While presenting nothing scrolls: rows that stay the same all the way are left out first, from below. */
function useRowsThatFit(
  box: React.RefObject<HTMLElement | null>,
  all: readonly BigRow[],
  fits: boolean,
): readonly BigRow[] {
  const height = useSize(box)?.height ?? 0;
  const [cut, setCut] = useState({ all, height, rows: all.length });
  const most = fits && cut.all === all && cut.height === height ? cut.rows : all.length;
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null || !fits || most <= 1 || element.scrollHeight <= element.clientHeight) return;
    setCut({ all, height, rows: most - 1 });
  }, [box, fits, all, height, most]);
  const changes = (row: BigRow): boolean => row.cells.some((cell) => cell?.sinceLastPoint === 'changed');
  const kept = [...all.filter(changes), ...all.filter((row) => !changes(row))].slice(0, most);
  return all.filter((row) => kept.includes(row));
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

/** May break in the middle of a MAC or an IP address, nowhere else. */
function Breakable({ value }: { readonly value: string }) {
  return value.split(/(?<=^(?:[0-9a-f]{2}:){3}|^\d+\.\d+\.)/).map((part, i) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one value, in order
    <Fragment key={i}>
      {i > 0 && <wbr />}
      <span className={styles.part}>{part}</span>
    </Fragment>
  ));
}
