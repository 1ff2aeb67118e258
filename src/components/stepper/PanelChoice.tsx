import { setPanel } from '../../store/actions';
import { selectText } from '../../store/selectors';
import { type Panel, useApp } from '../../store/store';
import styles from './PanelChoice.module.css';

const PANELS: readonly Panel[] = ['matrix', 'ladder', 'verdict', 'packets'];

/** Which picture stands below the graph. */
export function PanelChoice() {
  const text = useApp(selectText).stepper;
  const panel = useApp((s) => s.panel);
  return (
    <fieldset className={styles.panels} aria-label={text.panel}>
      {PANELS.map((one) => (
        <button key={one} type="button" aria-pressed={panel === one} onClick={() => setPanel(one)}>
          {text.panels[one]}
        </button>
      ))}
    </fieldset>
  );
}
