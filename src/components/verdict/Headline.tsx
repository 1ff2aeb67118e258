import type { Verdict } from '../../engine/verdict/verdict';
import type { VerdictSentence } from '../../i18n/sentence-verdict';
import { goToStep } from '../../store/actions';
import { selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import { Announced } from '../shared/Announced';
import { Explained } from '../shared/Explained';
import { OUTCOME_MARK, OUTCOME_TONE } from '../shared/outcome-mark';
import tones from '../shared/tones.module.css';
import { useSaid } from './useSaid';
import styles from './Verdict.module.css';

/** The outcome, where and why, and who is told. */
export function Headline({ verdict }: { readonly verdict: Verdict }) {
  const said = useSaid(verdict);
  const mark = OUTCOME_MARK[verdict.outcome];
  return (
    <section className={styles.part}>
      <Announced text={[`${said.title}.`, said.lead, ...said.why.map(({ text }) => text)].join(' ')} />
      <h2 className={styles.headline}>
        <span className={tones[OUTCOME_TONE[mark]]}>
          {mark} {said.title}.
        </span>{' '}
        <Explained text={said.lead} />
      </h2>
      {said.why.map((sentence, i) => (
        <Sentence key={sentence.text} sentence={sentence} after={before(said, i)} />
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
          <Explained text={mark.join(' ')} />
        </p>
      )}
      {last !== null && <p className={styles.watch}>{faults[last].watch}</p>}
    </section>
  );
}

/** What has been said of the verdict when its sentence `i` is read. */
const before = (
  { lead, why }: { readonly lead: string; readonly why: readonly VerdictSentence[] },
  i: number,
): string => [lead, ...why.slice(0, i).map(({ text }) => text)].join(' ');

interface SentenceProps {
  readonly sentence: VerdictSentence;
  readonly after: string;
}

function Sentence({ sentence: { text, step }, after }: SentenceProps) {
  const { verdictPanel: t } = useApp(selectText);
  return (
    <p>
      <Explained text={text} after={after} />
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
