import { pointAtField } from '../../store/actions';
import { selectSession, selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import { pointMark, pointName } from '../shared/points';
import styles from './HopMatrix.module.css';
import { MatrixCellContent } from './MatrixCellContent';
import type { MatrixProps } from './MatrixTable';
import { PointHeader } from './PointHeader';
import { toneOf } from './rows';
import { Verdict } from './Verdict';

/** The same matrix where four columns have no room: per field, its values at ① ② ③ ④ side by side as far as they fit. */
export function MatrixCards({ journey, rows, current, showDraws }: Omit<MatrixProps, 'name'>) {
  const { comparison } = useApp(selectSession);
  const { matrix, fields } = useApp(selectText);
  const pointed = useApp((s) => s.fieldUnderPointer);
  return (
    <div className={styles.cards}>
      <ol className={styles.pointList}>
        {comparison.points.map((point, i) => (
          <li
            key={point.id}
            className={i === current ? styles.here : undefined}
            aria-current={i === current ? 'step' : undefined}
          >
            <PointHeader column={i} frames={journey.cells[i] ?? []} />
          </li>
        ))}
      </ol>
      <dl className={styles.fieldList}>
        {rows.map((row) => {
          const main = row.fields[0] ?? '';
          return (
            <div key={main} className={styles.card}>
              <dt>
                <button
                  type="button"
                  className={`${styles.cardField} ${pointed !== null && row.fields.includes(pointed) ? styles.pointed : ''}`}
                  onClick={() => pointAtField(main)}
                >
                  {row.fields.length > 1 ? matrix.pair[main] : fields.name(main)}
                </button>
              </dt>
              {comparison.points.map((point, i) => {
                const cell = row.cells[i] ?? null;
                if (cell === null) return null;
                return (
                  <dd
                    key={point.id}
                    className={`${styles.cardValue} ${styles[toneOf(cell)]} ${i === current ? styles.here : ''}`}
                  >
                    <span className={styles.mark} aria-hidden="true">
                      {pointMark(i)}
                    </span>
                    <span className="visually-hidden">{pointName(point, i)}: </span>
                    <MatrixCellContent cell={cell} field={main} />
                  </dd>
                );
              })}
            </div>
          );
        })}
      </dl>
      <Verdict journey={journey} showDraws={showDraws} />
    </div>
  );
}
