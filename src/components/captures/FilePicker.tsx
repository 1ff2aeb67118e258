import { useState } from 'react';
import { takeFiles } from '../../store/dropped-files';
import { selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import { FileButton } from '../shared/FileButton';
import tones from '../shared/tones.module.css';
import styles from './Captures.module.css';

/** The drop itself is taken by DropTarget, for the whole page; this is the place that says so, and a file picker. */
export function FilePicker() {
  const { captures } = useApp(selectText);
  const [busy, setBusy] = useState(false);
  return (
    <div className={styles.picker} aria-busy={busy}>
      <FileButton
        className={styles.choose}
        onFiles={async (files) => {
          setBusy(true);
          await takeFiles(files);
          setBusy(false);
        }}
      >
        {captures.choose}
      </FileButton>
      <span className={tones.quiet}>{captures.drop}</span>
    </div>
  );
}
