import { setMode } from '../../store/actions';
import { selectText } from '../../store/selectors';
import { MODES, useApp } from '../../store/store';
import styles from './Changes.module.css';

/** host-gw, or for contrast a tunnel, or two pods of one node. */
export function ModeChoice() {
  const { changes } = useApp(selectText);
  const mode = useApp((s) => s.mode);
  return (
    <select
      className={mode === 'host-gw' ? styles.mode : `${styles.mode} ${styles.other}`}
      aria-label={changes.mode}
      title={changes.mode}
      value={mode}
      onChange={(event) => setMode(MODES.find((one) => one === event.target.value) ?? 'host-gw')}
    >
      {MODES.map((one) => (
        <option key={one} value={one}>
          {changes.modes[one]}
        </option>
      ))}
    </select>
  );
}
