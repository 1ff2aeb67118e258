import { cancelImport } from '../../store/own-cluster';
import { selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import styles from './Cluster.module.css';

/** How far the texts have been read, and a way to stop. There only while they are. */
export function Importing() {
  const { importProgress: t, captures } = useApp(selectText);
  const importing = useApp((s) => s.importing);
  if (importing === null) return null;
  const { stage, characters, sizeBytes } = importing;
  const read = Math.min(characters, sizeBytes);
  const isReading = stage === 'reading';
  return (
    <div className={styles.importing}>
      <progress aria-label={t.reading} max={sizeBytes} {...(isReading ? { value: read } : {})} />
      <span aria-live="polite">{isReading ? t.soFar(captures.size(read), captures.size(sizeBytes)) : t.joining}</span>
      <button type="button" onClick={cancelImport}>
        {t.cancel}
      </button>
    </div>
  );
}
