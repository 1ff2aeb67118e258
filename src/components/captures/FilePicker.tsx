import { useState } from 'react';
import { openFiles } from '../../store/actions';
import { selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import styles from './Captures.module.css';

/** The drop itself is taken by DropTarget, for the whole page; this is the place that says so, and a file picker. */
export function FilePicker() {
  const { captures } = useApp(selectText);
  const [busy, setBusy] = useState(false);
  return (
    <div className={styles.picker} aria-busy={busy}>
      <label className={styles.choose}>
        {captures.choose}
        <input
          type="file"
          multiple
          className="visually-hidden"
          onChange={async (event) => {
            const input = event.currentTarget;
            const files = [...(input.files ?? [])];
            input.value = ''; // choosing the same file again is a change again
            setBusy(true);
            await openFiles(files);
            setBusy(false);
          }}
        />
      </label>
      <span className={styles.quiet}>{captures.drop}</span>
    </div>
  );
}
