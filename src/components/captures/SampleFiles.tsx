import { selectSession, selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import { pointName } from '../shared/points';
import styles from './Captures.module.css';

/** The captures that come with the scenario: how their places were found is worth seeing too. */
export function SampleFiles({ none }: { readonly none: boolean }) {
  const { comparison, roles } = useApp(selectSession);
  const { captures } = useApp(selectText);
  const nameOf = (id: string | null): string => {
    const at = comparison.points.findIndex((point) => point.id === id);
    const point = comparison.points[at];
    return point === undefined ? captures.autoNone : pointName(point, at);
  };
  return (
    <section className={styles.sample}>
      <p>{none ? captures.sampleStill : captures.sample}</p>
      <dl>
        {roles.map((role) => (
          <div key={role.file}>
            <dt>
              <span className="mono">{role.name}</span> <b>{nameOf(role.point)}</b>
            </dt>
            <dd>{captures.because(role.evidence.map(captures.evidence))}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
