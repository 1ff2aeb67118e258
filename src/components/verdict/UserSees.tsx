import type { Verdict } from '../../engine/verdict/verdict';
import { goToStep } from '../../store/actions';
import { selectSession, selectStepIndex, selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import tones from '../shared/tones.module.css';
import { printedSteps } from './printed-steps';
import styles from './Verdict.module.css';

/** The terminal, word for word. What has not been printed at the step shown is still grey. */
export function UserSees({ verdict }: { readonly verdict: Verdict }) {
  const { trace } = useApp(selectSession);
  const now = useApp(selectStepIndex);
  const { verdictPanel: t } = useApp(selectText);
  const { host, command, status, tookUs } = verdict;
  const lines = printedSteps(trace, host, command);
  return (
    <section className={styles.part}>
      <h3>{t.sees(host)}</h3>
      <div className={styles.terminal} role="log" aria-live="off" aria-label={t.sees(host)}>
        {lines.map(({ step, text, typed }) => (
          <button
            key={step}
            type="button"
            className={
              step === now
                ? `${styles.line} ${styles.nowLine}`
                : step > now
                  ? `${styles.line} ${styles.later}`
                  : styles.line
            }
            aria-current={step === now ? 'step' : undefined}
            aria-label={text === '' ? t.emptyLine : undefined}
            onClick={() => goToStep(step)}
          >
            {typed && <span className={styles.prompt}>{host}# </span>}
            {text === '' ? '\u00a0' : text}
          </button>
        ))}
      </div>
      <p className={tones.quiet}>
        {status === null || tookUs === null ? t.notEnded : t.took((tookUs / 1_000_000).toFixed(3), String(status))}
      </p>
    </section>
  );
}
