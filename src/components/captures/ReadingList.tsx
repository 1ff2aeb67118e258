import { cancelReading } from '../../store/file-reading';
import { selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import styles from './Captures.module.css';

/** Large files that are being read: how far, and a way to stop. */
export function ReadingList() {
  const files = useApp((s) => s.reading);
  const { captures, reading } = useApp(selectText);
  return (
    <ul className={styles.files}>
      {files.map(({ id, name, sizeBytes, bytes, packets }) => (
        <li key={id} className={styles.file}>
          <div className={styles.fileHead}>
            <span className={styles.name}>{name}</span>
            <button type="button" aria-label={reading.cancel(name)} onClick={() => cancelReading(id)}>
              {reading.cancelShort}
            </button>
          </div>
          <progress className={styles.progress} aria-label={reading.of(name)} max={sizeBytes} value={bytes} />
          <p className={styles.facts}>
            <span>{reading.soFar(captures.size(bytes), captures.size(sizeBytes))}</span>
            <span>{captures.packets(packets)}</span>
          </p>
        </li>
      ))}
    </ul>
  );
}
