import { type ReactNode, useEffect, useState } from 'react';
import type { MatchingProgress } from '../../engine/diagnosis/worker-messages';
import { type DiagnosisTexts, loadDiagnosis } from '../../i18n/diagnosis';
import { loadMatching, type MatchingTexts } from '../../i18n/matching';
import { type Diagnosed, diagnoseOpen } from '../../store/diagnosis';
import type { NotAnswered } from '../../store/matching-client';
import { selectCluster, selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import tones from '../shared/tones.module.css';
import { Clocks } from './Clocks';
import styles from './Diagnosis.module.css';
import { FindingItem } from './FindingItem';
import { Matching } from './Matching';

interface Words {
  readonly lang: string;
  readonly texts: DiagnosisTexts;
  readonly matching: MatchingTexts;
}

/** With captures open there are two verdicts: what the packets say, and what the model says of the command (`children`). */
export function DiagnosisPanel({ children }: { readonly children: ReactNode }) {
  const { verdictPanel: t } = useApp(selectText);
  const [side, setSide] = useState<'captures' | 'model'>('captures');
  return (
    <div className={styles.panel}>
      <fieldset className={styles.sides} aria-label={t.title}>
        {(['captures', 'model'] as const).map((one) => (
          <button key={one} type="button" aria-pressed={side === one} onClick={() => setSide(one)}>
            {t.sides[one]}
          </button>
        ))}
      </fieldset>
      {side === 'captures' ? <FromCaptures /> : children}
    </div>
  );
}

function FromCaptures() {
  const { verdictPanel: t } = useApp(selectText);
  const lang = useApp((s) => s.lang);
  const files = useApp((s) => s.files);
  const roles = useApp((s) => s.roles);
  const part = useApp((s) => s.part);
  const cluster = useApp(selectCluster);
  const [state, setState] = useState<Diagnosed | NotAnswered | null>(null);
  const [progress, setProgress] = useState<MatchingProgress | null>(null);
  const [asked, setAsked] = useState(0);
  const [words, setWords] = useState<Words | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: files, roles and the compared part are what the diagnosis is of; who asks again asks anew
  useEffect(() => {
    let wanted = true;
    setState(null);
    setProgress(null);
    void diagnoseOpen((made) => wanted && setProgress(made)).then((made) => wanted && setState(made));
    return () => {
      wanted = false;
    };
  }, [files, roles, part, cluster, asked]);
  useEffect(() => {
    let wanted = true;
    void Promise.all([loadDiagnosis(lang), loadMatching(lang)]).then(
      ([texts, matching]) => wanted && setWords({ lang, texts, matching }),
    );
    return () => {
      wanted = false;
    };
  }, [lang]);
  if (words?.lang !== lang) return null;
  const { texts, matching } = words;
  if (state === null || state === 'out-of-date') return <Matching progress={progress} texts={matching} />;
  if (typeof state === 'string')
    return (
      <section className={styles.findings} aria-label={t.sides.captures}>
        <p>{matching.notAnswered[state]}</p>
        {state !== 'no-worker' && state !== 'too-many-files' && (
          <button type="button" onClick={() => setAsked(asked + 1)}>
            {matching.again}
          </button>
        )}
      </section>
    );
  const { diagnosis, model, points, ids, packets } = state;
  const faults = diagnosis.findings.filter(({ severity }) => severity !== 'note');
  const notes = diagnosis.findings.filter(({ severity }) => severity === 'note');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <section className={styles.findings} aria-label={t.sides.captures} tabIndex={0}>
      <p className={tones.quiet}>{matching.matched(points.length, packets)}</p>
      {model.session.command !== '' && (
        <p className={tones.quiet}>{texts.model[model.agrees ? 'agrees' : 'differs'](model.session.command)}</p>
      )}
      <ol className={styles.list}>
        {[...faults, ...notes].map((finding, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the list is made anew as a whole
          <FindingItem key={i} finding={finding} texts={texts} />
        ))}
      </ol>
      {diagnosis.flows.length > 0 && (
        <details>
          <summary>{texts.heading.flows}</summary>
          <ul className={styles.list}>
            {diagnosis.flows.map(({ requestsLastSeen, repliesLastSeen, ...flow }) => {
              const reached = [...requestsLastSeen, ...repliesLastSeen]
                .map(({ point, packets }) => `${point} ${packets}`)
                .join(', ');
              const said = texts.flow({ ...flow, reached });
              return <li key={said}>{said}</li>;
            })}
          </ul>
        </details>
      )}
      <Clocks clocks={diagnosis.clocks} points={points} ids={ids} texts={texts} words={matching} />
    </section>
  );
}
