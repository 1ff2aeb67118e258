import type { Verdict } from '../../engine/verdict/verdict';
import type { VerdictSentence } from '../../i18n/sentence-verdict';
import { goToStep } from '../../store/actions';
import { selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import { OUTCOME_MARK, OUTCOME_TONE } from '../shared/outcome-mark';
import { Rich } from '../shared/Rich';
import { useSaid } from './useSaid';
import styles from './Verdict.module.css';

/** The outcome, where and why, and who is told. */
export function Headline({ verdict }: { readonly verdict: Verdict }) {
  const said = useSaid(verdict);
  const mark = OUTCOME_MARK[verdict.outcome];
  return (
    <section className={styles.part} aria-live="polite">
      <h2 className={styles.headline}>
        <span className={styles[OUTCOME_TONE[mark]]}>
          {mark} {said.title}.
        </span>{' '}
        <Rich text={said.lead} />
      </h2>
      {said.why.map((sentence) => (
        <Sentence key={sentence.text} sentence={sentence} />
      ))}
    </section>
  );
}

/** Which counter of the kernel rises, and what to look for in what was broken last. */
export function Marks({ verdict }: { readonly verdict: Verdict }) {
  const { faults } = useApp(selectText);
  const last = useApp((s) => s.changes.at(-1)?.fault ?? null);
  const { mark } = useSaid(verdict);
  return (
    <section className={styles.part}>
      {mark.length > 0 && (
        <p>
          <Rich text={mark.join(' ')} />
        </p>
      )}
      {last !== null && <p className={styles.watch}>{faults[last].watch}</p>}
    </section>
  );
}

function Sentence({ sentence: { text, step } }: { readonly sentence: VerdictSentence }) {
  const { verdictPanel: t } = useApp(selectText);
  return (
    <p>
      <Rich text={text} />
      {step !== null && (
        <>
          {' '}
          <button type="button" className={styles.go} onClick={() => goToStep(step)}>
            {t.step(String(step + 1))}
          </button>
        </>
      )}
    </p>
  );
}
