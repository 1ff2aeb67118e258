import type { CSSProperties, ReactNode } from 'react';
import type { ComparedFrame, Journey } from '../../engine/comparison/comparison';
import { goToStep, pointAtField } from '../../store/actions';
import { selectSession, selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import styles from './HopMatrix.module.css';
import { shownFrame } from './journey';
import { MatrixCellContent } from './MatrixCellContent';
import { PointHeader } from './PointHeader';
import { type MatrixRow, toneOf } from './rows';
import { Verdict } from './Verdict';

export interface MatrixProps {
  readonly journey: Journey;
  readonly name: string;
  readonly rows: readonly MatrixRow[];
  readonly current: number; // column where the packet is; -1: none
  readonly showDraws: boolean;
}

export function MatrixTable({ journey, name, rows, current, showDraws }: MatrixProps) {
  const { comparison } = useApp(selectSession);
  const { matrix, fields } = useApp(selectText);
  const pointed = useApp((s) => s.fieldUnderPointer);
  const frames = journey.cells.map(shownFrame);
  return (
    <table className={styles.table} style={{ '--columns': comparison.points.length } as CSSProperties}>
      <caption className="visually-hidden">{matrix.caption(name)}</caption>
      <thead>
        <tr>
          <th scope="col" className={styles.corner}>
            {matrix.field}
          </th>
          {comparison.points.map((point, i) => (
            <th
              key={point.id}
              scope="col"
              className={`${styles.column} ${i === current ? styles.here : ''}`}
              aria-current={i === current ? 'step' : undefined}
            >
              <PointHeader column={i} frames={journey.cells[i] ?? []} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row, rowIndex) => {
          const main = row.fields[0] ?? '';
          const isPointed = pointed !== null && row.fields.includes(pointed);
          return (
            <tr
              key={main}
              className={isPointed ? styles.pointedRow : undefined}
              onPointerEnter={() => pointAtField(main)}
              onPointerLeave={() => pointAtField(null)}
              onFocus={() => pointAtField(main)}
              onBlur={() => pointAtField(null)}
            >
              <th scope="row" className={styles.rowName}>
                <button
                  type="button"
                  className={`${styles.field} ${isPointed ? styles.pointed : ''}`}
                  onClick={() => pointAtField(main)}
                >
                  {row.fields.length > 1 ? matrix.pair[main] : fields.name(main)}
                </button>
              </th>
              {comparison.points.map((point, i) => {
                const frame = frames[i] ?? null;
                if (frame === null) {
                  return rowIndex === 0 ? (
                    <td key={point.id} rowSpan={rows.length} className={styles.nothing}>
                      {matrix.doesNotPass}
                    </td>
                  ) : null;
                }
                const cell = row.cells[i] ?? null;
                return (
                  <td
                    key={point.id}
                    className={`${styles.value} ${styles[toneOf(cell)]} ${i === current ? styles.here : ''}`}
                  >
                    <Go frame={frame}>
                      {cell === null ? (
                        <span className={styles.quiet}>–</span>
                      ) : (
                        <MatrixCellContent cell={cell} field={main} />
                      )}
                    </Go>
                  </td>
                );
              })}
            </tr>
          );
        })}
      </tbody>
      <tfoot>
        <tr className={styles.verdictRow}>
          <th scope="row" className={styles.rowName}>
            {matrix.verdictRow}
          </th>
          <td colSpan={comparison.points.length} className={styles.verdictCell}>
            <Verdict journey={journey} showDraws={showDraws} />
          </td>
        </tr>
      </tfoot>
    </table>
  );
}

/** A cell leads to its step by click; the keyboard takes the column's header, so that Tab does not meet every cell. */
function Go({ frame, children }: { readonly frame: ComparedFrame; readonly children: ReactNode }) {
  const step = frame.predicted?.step;
  if (step === undefined) return <div className={styles.cell}>{children}</div>;
  return (
    <button type="button" className={styles.cell} tabIndex={-1} onClick={() => goToStep(step)}>
      {children}
    </button>
  );
}
