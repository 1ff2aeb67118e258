import { EXAMPLE_IDS } from '../../engine/control-plane/example-ids';
import { PLAYED_NODES_MAX } from '../../store/control-plane';
import { selectPlayable } from '../../store/selectors';
import { useApp } from '../../store/store';
import { openExample } from '../../store/timeline';
import styles from './Timeline.module.css';
import { useTexts } from './texts';

/** Everything that can be played; a cluster it cannot be played on says why. */
export function ExampleList({ close }: { readonly close: () => void }) {
  const { text, t } = useTexts();
  const playable = useApp(selectPlayable);
  return (
    <div className={styles.menu}>
      <h2>{t.menu}</h2>
      <p>{playable === 'yes' ? t.menuHint : t.cannot[playable](PLAYED_NODES_MAX)}</p>
      <div className={styles.examples}>
        {EXAMPLE_IDS.map((id) => (
          <button
            key={id}
            type="button"
            className={styles.example}
            disabled={playable !== 'yes'}
            onClick={() => {
              close();
              void openExample(id);
            }}
          >
            <span className={styles.title}>{text.controlPlane.examples[id].title}</span>
            <span className={styles.line}>{text.controlPlane.examples[id].line}</span>
          </button>
        ))}
      </div>
    </div>
  );
}
