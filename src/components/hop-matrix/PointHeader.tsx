import type { ComparedFrame } from '../../engine/comparison/comparison';
import { goToStep } from '../../store/actions';
import { selectSession, selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import { pointMark, pointName } from '../shared/points';
import { standingOf } from '../shared/standing';
import tones from '../shared/tones.module.css';
import styles from './HopMatrix.module.css';

interface Props {
  readonly column: number;
  readonly frames: readonly ComparedFrame[];
}

/** A capture point with the file and packet seen there; leads to the step at which the frame is seen. */
export function PointHeader({ column, frames }: Props) {
  const { comparison, roles } = useApp(selectSession);
  const { matrix } = useApp(selectText);
  const point = comparison.points[column];
  if (point === undefined) return null;
  const file = roles.find((role) => role.point === point.id)?.name ?? '';
  const step = frames.find((frame) => frame.predicted !== null)?.predicted?.step;
  const numbers = frames.flatMap(({ captured }) => (captured === null ? [] : [captured.index + 1]));
  const captured = frames.find((frame) => frame.captured !== null)?.captured;
  const standings = frames.map(standingOf);
  const wrong = standings.includes('not-captured');
  const source =
    comparison.loaded[column] !== true
      ? matrix.noFile
      : captured != null
        ? matrix.packetNumber(captured.file, numbers)
        : wrong
          ? matrix.inFile(file, matrix.notCaptured)
          : standings.includes('after-end')
            ? matrix.inFile(file, matrix.ended)
            : file;
  const label = (
    <>
      <span className={styles.point}>
        <span className={styles.mark}>{pointMark(column)}</span> {point.host} {point.dev}
      </span>{' '}
      <span className={wrong ? styles.fileWrong : styles.file}>{source}</span>
    </>
  );
  if (step === undefined) {
    return (
      <div className={styles.header}>
        {label}
        {frames.length > 0 && <span className={tones.bad}> {matrix.notPredicted}</span>}
      </div>
    );
  }
  return (
    <button
      type="button"
      className={styles.header}
      title={matrix.goTo(pointName(point, column))}
      onClick={() => goToStep(step)}
    >
      {label}
    </button>
  );
}
