import type { Step, Trace } from '../../engine/sim/trace';
import { selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import styles from './StepPanel.module.css';

interface Props {
  readonly trace: Trace;
  readonly step: Step;
}

/** What the user of this host has seen so far: commands typed and every line printed. */
export function Terminal({ trace, step }: Props) {
  const { panel } = useApp(selectText);
  const { host } = step.event;
  const lines = trace.steps.slice(0, step.index + 1).flatMap(({ index, event }) => {
    if (event.host !== host) return [];
    const now = index === step.index;
    if (event.kind === 'command-started') return [{ index, typed: true, text: event.command, now }];
    if (event.kind === 'printed') return [{ index, typed: false, text: event.text, now }];
    if (event.kind === 'configured') {
      const typed = { index, typed: true, text: event.command, now };
      return event.refused === null ? [typed] : [typed, { index, typed: false, text: event.refused, now }];
    }
    return [];
  });
  return (
    <div className={styles.box}>
      <h3 className={styles.caption}>{panel.terminal(host)}</h3>
      <pre className={styles.terminal}>
        {lines.map(({ index, typed, text, now }) => (
          <span key={`${index} ${typed}`} className={now ? styles.nowLine : undefined}>
            {typed && <span className={styles.prompt}>{host}# </span>}
            {text}
            {'\n'}
          </span>
        ))}
      </pre>
    </div>
  );
}
