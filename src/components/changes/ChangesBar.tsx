import { isOfPicture, redoChange, removeChange, resetChanges, undoChange } from '../../store/actions';
import { selectText } from '../../store/selectors';
import { type Change, useApp } from '../../store/store';
import styles from './Changes.module.css';

/**
 * What has been changed, each with the commands it stands for. There only where something was changed. Moves in the
 * picture are seen in the picture: a chip for each would only push it about.
 */
export function ChangesBar() {
  const { changes: t } = useApp(selectText);
  const changes = useApp((s) => s.changes);
  const undone = useApp((s) => s.undone);
  const mode = useApp((s) => s.mode);
  if (changes.length + undone.length === 0 && mode === 'host-gw') return null;
  return (
    <section className={styles.bar} aria-label={t.bar}>
      <ul className={styles.chips}>
        {changes.map((change, i) =>
          isOfPicture(change) ? null : (
            // biome-ignore lint/suspicious/noArrayIndexKey: the same change may stand twice; the list only grows and shrinks at will
            <Chip key={i} change={change} index={i} />
          ),
        )}
      </ul>
      <span className={styles.history}>
        <button
          type="button"
          onClick={undoChange}
          disabled={changes.length === 0}
          aria-label={t.undo}
          title={`${t.undo} (${t.undoKeys})`}
        >
          ↶ <span>{t.undo}</span>
        </button>
        <button
          type="button"
          onClick={redoChange}
          disabled={undone.length === 0}
          aria-label={t.redo}
          title={`${t.redo} (${t.redoKeys})`}
        >
          ↷ <span>{t.redo}</span>
        </button>
        <button type="button" onClick={resetChanges} aria-label={t.resetLabel} title={t.resetLabel}>
          {t.reset}
        </button>
      </span>
    </section>
  );
}

function Chip({ change, index }: { readonly change: Change; readonly index: number }) {
  const { changes: t, faults } = useApp(selectText);
  const { fault, edits, asks } = change;
  const name = fault === null ? null : faults[fault].title;
  const lines = edits.map(t.edit);
  const what = name ?? lines.map(({ host, text }) => (host === null ? text : `${host}# ${text}`)).join('; ');
  return (
    <li className={styles.chip}>
      <span className={styles.what}>
        {name !== null && <b>{name}</b>}
        {lines.map(({ host, text }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the lines of one change never move
          <code key={i}>
            {host !== null && <span className={styles.at}>{host}# </span>}
            {text}
          </code>
        ))}
        {asks !== null && lines.length === 0 && <code>{asks.command.replace(': ', '# ')}</code>}
      </span>
      <button type="button" aria-label={t.takeBack(what)} title={t.takeBack(what)} onClick={() => removeChange(index)}>
        ×
      </button>
    </li>
  );
}
