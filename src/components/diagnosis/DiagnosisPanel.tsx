import { type ReactNode, useEffect, useState } from 'react';
import type { DiagnosedSession } from '../../engine/diagnosis/diagnose-session';
import { type DiagnosisTexts, loadDiagnosis } from '../../i18n/diagnosis';
import { diagnoseOpen } from '../../store/diagnosis';
import { selectCluster, selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import { Clocks } from './Clocks';
import styles from './Diagnosis.module.css';
import { FindingItem } from './FindingItem';

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
  const cluster = useApp(selectCluster);
  const [made, setMade] = useState<DiagnosedSession | null>(null);
  const [words, setWords] = useState<{ readonly lang: string; readonly texts: DiagnosisTexts } | null>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: files and roles are what the diagnosis is of
  useEffect(() => {
    let wanted = true;
    void diagnoseOpen().then((session) => wanted && setMade(session));
    return () => {
      wanted = false;
    };
  }, [files, roles, cluster]);
  useEffect(() => {
    let wanted = true;
    void loadDiagnosis(lang).then((texts) => wanted && setWords({ lang, texts }));
    return () => {
      wanted = false;
    };
  }, [lang]);
  if (made === null || words?.lang !== lang) return null;
  const { texts } = words;
  const { diagnosis, model, seen } = made;
  const faults = diagnosis.findings.filter(({ severity }) => severity !== 'note');
  const notes = diagnosis.findings.filter(({ severity }) => severity === 'note');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <section className={styles.findings} aria-label={t.sides.captures} tabIndex={0}>
      {model.session.command !== '' && (
        <p className={styles.quiet}>{texts.model[model.agrees ? 'agrees' : 'differs'](model.session.command)}</p>
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
      <Clocks clocks={diagnosis.clocks} nameOf={(file) => seen.points[file]?.name ?? ''} texts={texts} />
    </section>
  );
}
