import { assignRole } from '../../store/actions';
import type { LoadedFile } from '../../store/files';
import { selectSession, selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import { pointName } from '../shared/points';
import tones from '../shared/tones.module.css';
import styles from './Captures.module.css';

const AUTO = '*'; // no capture point is called so
const OUT = '';

/** Where a file was taken: what was found with its reason, and the user's say over it. */
export function RolePicker({ file }: { readonly file: LoadedFile }) {
  const chosen = useApp((s) => s.roles.get(file.id));
  const { comparison, roles } = useApp(selectSession);
  const { captures } = useApp(selectText);
  const role = roles.find((one) => one.file === file.id);
  const names = new Map(comparison.points.map((point, i) => [point.id, pointName(point, i)]));
  const found = role?.point == null ? null : (names.get(role.point) ?? role.point);
  const evidence = role?.evidence ?? [];
  const reasons = evidence.filter(({ kind }) => kind !== 'second' && kind !== 'none');
  const second = evidence.find(({ kind }) => kind === 'second');
  const rivals = roles.filter((one) => one !== role && one.point !== null && one.point === role?.point);

  return (
    <div className={styles.role}>
      <label>
        <span>{captures.role}</span>{' '}
        <select
          value={chosen ?? AUTO}
          aria-label={captures.roleOf(file.name)}
          onChange={({ target: { value } }) => assignRole(file.id, value === AUTO ? null : value)}
        >
          <option value={AUTO}>
            {chosen !== undefined || role === undefined
              ? captures.findIt
              : found === null
                ? captures.autoNone
                : captures.auto(found)}
          </option>
          {[...names].map(([id, name]) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
          <option value={OUT}>{captures.leaveOut}</option>
        </select>
      </label>
      {chosen === OUT ? (
        <p className={tones.quiet}>{captures.leftOut}</p>
      ) : reasons.length > 0 ? (
        <p className={found === null ? styles.remark : tones.quiet}>
          {captures.because(reasons.map(captures.evidence))}
        </p>
      ) : (
        role !== undefined && <p className={styles.remark}>{captures.noRole}</p>
      )}
      {second !== undefined && (
        <p className={styles.remark}>
          <span aria-hidden="true">⚠</span> {captures.because([captures.evidence(second)])}
        </p>
      )}
      {found !== null && second === undefined && rivals.length > 0 && (
        <p className={styles.remark}>
          <span aria-hidden="true">⚠</span>{' '}
          {captures.duplicate(
            found,
            rivals.map((one) => one.name),
          )}
        </p>
      )}
    </div>
  );
}
