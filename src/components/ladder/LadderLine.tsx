import type { Journey } from '../../engine/comparison/comparison';
import type { CapturePoint } from '../../engine/topology/topology';
import { selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import { pointName } from '../shared/points';
import styles from './Ladder.module.css';
import { LadderArrow } from './LadderArrow';
import type { LadderRow, Sight } from './rows';

interface Props {
  readonly row: LadderRow;
  readonly journey: Journey;
  readonly points: readonly CapturePoint[];
  readonly current: boolean;
  readonly tabIndex: number;
  readonly onFocus: () => void;
  readonly onChoose: () => void;
}

export function LadderLine({ row, journey, points, current, tabIndex, onFocus, onChoose }: Props) {
  const { ladder } = useApp(selectText);
  const ms = (row.atUs / 1000).toFixed(3);
  const packet = journey.what === null ? journey.title : ladder.packet(journey.what);
  const [from, to] = ttlsOf(row);
  const nameOf = ({ column }: Sight): string => {
    const point = points[column];
    return point === undefined ? '' : pointName(point, column);
  };
  const said = (sight: Sight): string => `${nameOf(sight)} (${ladder.verdict[sight.standing]})`;
  const way =
    row.to.length === 0
      ? ladder.seenAt(said(row.from))
      : `${ladder.from(said(row.from))} ${ladder.to(row.to.map(said).join(', '))}`;

  return (
    <button
      type="button"
      className={`${styles.grid} ${styles.row}`}
      aria-current={current ? 'step' : undefined}
      tabIndex={tabIndex}
      onFocus={onFocus}
      onClick={onChoose}
    >
      <span className={styles.time}>
        <span aria-hidden="true">{row.guessed ? `≈ ${ms}` : ms}</span>
        <span className="visually-hidden">{row.guessed ? ladder.timeGuessed(ms) : ladder.timeLabel(ms)}: </span>
      </span>
      <span className={styles.what}>
        {current && <span className={styles.now}>▸ </span>}
        <span className={row.guessed ? styles.differs : undefined}>{packet}</span>
        {from !== null && to !== null && <span className={styles.quiet}> {ladder.ttl(from, to)}</span>}
        {row.echo && (
          <span className={styles.quiet} title={ladder.echoLabel}>
            {' '}
            · {ladder.echo}
          </span>
        )}
        {row.guessed && <span className={styles.differs}> · {ladder.unpredicted}</span>}
      </span>
      <span className="visually-hidden">. {way}</span>
      <span className={styles.way}>
        <LadderArrow row={row} columns={points.length} />
      </span>
    </button>
  );
}

/** TTL at both ends: the files' values where both have one, else the model's, never one of each. */
function ttlsOf({ from, to }: LadderRow): readonly [string | null, string | null] {
  const ends = [from, to.at(-1) ?? from].map(({ frame }) => frame.fields.find(({ name }) => name === 'ip.ttl'));
  const captured = ends.every((field) => field?.captured != null);
  const [first, last] = ends.map((field) =>
    captured ? (field?.captured ?? null) : (field?.predicted ?? field?.captured ?? null),
  );
  return [first ?? null, last ?? null];
}
