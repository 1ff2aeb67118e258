import { type ReactNode, useMemo } from 'react';
import { explainEvent } from '../../i18n/sentence';
import { contextAt } from '../../i18n/sentence-values';
import { useLecture } from '../../store/lecture';
import { selectSession, selectStepIndex } from '../../store/selectors';
import { useApp } from '../../store/store';
import { Rich } from '../shared/Rich';
import { Chain } from './Chain';
import { SheetTable } from './SheetTable';
import styles from './StepScene.module.css';
import { sheetAt } from './sheet';
import { useTexts } from './texts';
import { useFits } from './useFits';

/** Graph, one sentence, and what it was decided by, or the hop matrix. */
export function StepScene({ matrix, note }: { readonly matrix: ReactNode; readonly note?: ReactNode }) {
  const { trace, topology } = useApp(selectSession);
  const index = useApp(selectStepIndex);
  const view = useLecture((s) => s.view);
  return (
    <>
      <Chain trace={trace} topology={topology} index={index} />
      {note ?? <Sentence index={index} />}
      {view === 'matrix' ? <div className={styles.slot}>{matrix}</div> : <Evidence index={index} />}
    </>
  );
}

/** The step in one sentence; `full` adds why it is so. */
export function Sentence({ index, full = false }: { readonly index: number; readonly full?: boolean }) {
  const { text } = useTexts();
  const { trace } = useApp(selectSession);
  const step = trace.steps[index];
  if (step === undefined) return null;
  const { lead, why } = explainEvent(step.event, contextAt(trace, step, text));
  return (
    <div className={styles.sentence} aria-live="polite" aria-atomic="true">
      <p>
        <Rich text={lead} />
      </p>
      {full && why !== null && (
        <p className={styles.why}>
          <Rich text={why} />
        </p>
      )}
    </div>
  );
}

export function Evidence({ index }: { readonly index: number }) {
  const { text } = useTexts();
  const { trace } = useApp(selectSession);
  const fit = useFits();
  const sheet = useMemo(() => sheetAt(trace, index, text), [trace, index, text]);
  return <div className={styles.slot}>{sheet !== null && <SheetTable sheet={sheet} fit={fit} />}</div>;
}
