import { openDialog, removeAllFiles } from '../../store/actions';
import { OWN } from '../../store/scenarios';
import { selectClusterIsInferred, selectSession, selectShowsSample, selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import { Dialog } from '../shared/Dialog';
import { pointMark } from '../shared/points';
import tones from '../shared/tones.module.css';
import styles from './Captures.module.css';
import { FileCard } from './FileCard';
import { FilePicker } from './FilePicker';
import { ReadingList } from './ReadingList';
import { SampleFiles } from './SampleFiles';

/** Which files are open, where each was taken and why we think so, and what is wrong with it. */
export function CapturesDialog() {
  const files = useApp((s) => s.files);
  const isReading = useApp((s) => s.reading.length > 0);
  const showsSample = useApp(selectShowsSample);
  const { comparison, inferred, command, before } = useApp(selectSession);
  const isInferred = useApp(selectClusterIsInferred);
  const given = useApp((s) => s.command);
  const own = useApp((s) => (s.scenario === OWN ? s.own : null));
  const { captures, drop } = useApp(selectText);
  const missing = comparison.points.flatMap((point, i) =>
    comparison.loaded[i] === true ? [] : [`${pointMark(i)} ${point.host} ${point.dev}`],
  );
  return (
    <Dialog name="captures" title={captures.title}>
      <p>{captures.what}</p>
      <p className={tones.quiet}>{captures.privacy}</p>
      <FilePicker />
      {isReading && <ReadingList />}
      {files.length > 0 && (
        <>
          <div className={styles.listHead}>
            <h3>{captures.opened(files.length)}</h3>
            <button type="button" onClick={removeAllFiles}>
              {captures.removeAll}
            </button>
          </div>
          <ul className={styles.files}>
            {files.map((file) => (
              <FileCard key={file.id} file={file} />
            ))}
          </ul>
        </>
      )}
      {own !== null && (
        <p className={styles.note}>
          {drop.beside(own.texts.length)}{' '}
          <button type="button" onClick={() => openDialog('cluster')}>
            {drop.openCluster}
          </button>
        </p>
      )}
      {showsSample ? (
        <SampleFiles none={files.length > 0} />
      ) : (
        <p className={styles.note}>
          {missing.length === 0 ? captures.complete(comparison.points.length) : captures.missing(missing)}
        </p>
      )}
      {command !== given && <p className={styles.note}>{captures.command(command)}</p>}
      {before.length > 0 && <p className={styles.note}>{captures.before(before)}</p>}
      {inferred !== null && (
        <section className={styles.inferred}>
          <p>{isInferred ? captures.inferred : captures.corrected}</p>
          <ul>
            {inferred.map((what) => {
              const said = captures.inference(what);
              return <li key={said}>{said}</li>;
            })}
          </ul>
        </section>
      )}
    </Dialog>
  );
}
