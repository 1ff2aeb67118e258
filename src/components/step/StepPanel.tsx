/** The step in words, the tables it was decided by, and the frame before and after. */
import { useState } from 'react';
import { explainEvent } from '../../i18n/sentence';
import { contextAt, placeName } from '../../i18n/sentence-values';
import { selectSession, selectStepIndex, selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import { Afterwards } from '../shared/Afterwards';
import { Announced } from '../shared/Announced';
import { Explained } from '../shared/Explained';
import { STEP_SENTENCE } from '../shared/step-sentence';
import { Evidence } from './Evidence';
import { FrameSection } from './FrameSection';
import { HostTables } from './HostTables';
import styles from './StepPanel.module.css';

export function StepPanel() {
  const text = useApp(selectText);
  const { trace } = useApp(selectSession);
  const index = useApp(selectStepIndex);
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const step = trace.steps[index];
  const { panel } = text;
  if (step === undefined) {
    return (
      <section className={styles.panel} aria-label={panel.label}>
        <p>{panel.empty}</p>
      </section>
    );
  }
  const { event } = step;
  const { lead, why } = explainEvent(event, contextAt(trace, step, text));
  const before = trace.steps[index - 1]?.after ?? trace.initial;
  const toggle = (name: string, isOpen: boolean): void => {
    const next = new Set(open);
    if (isOpen) next.add(name);
    else next.delete(name);
    setOpen(next);
  };
  return (
    <>
      <Announced text={[lead, why ?? ''].join(' ')} />
      <section className={styles.panel} aria-label={panel.label}>
        <p className={styles.eyebrow}>
          <span className={event.kind === 'dropped' ? styles.ended : styles.host}>
            {placeName(text, step.after.topology, event.host)}
          </span>
          <span>{panel.stage[event.kind]}</span>
          <span className={styles.count}>
            {panel.stepOf(String(index + 1), String(trace.steps.length))} · {panel.time((step.atUs / 1000).toFixed(3))}
          </span>
        </p>
        <div className={styles.sentence} id={STEP_SENTENCE}>
          <h2 className={styles.lead}>
            <Explained text={lead} />
          </h2>
          {why !== null && (
            <p className={styles.why}>
              <Explained text={why} after={lead} />
            </p>
          )}
        </div>
        <Evidence trace={trace} step={step} before={before} />
        <Afterwards>
          <FrameSection trace={trace} index={index} />
          <HostTables step={step} before={before} open={open} toggle={toggle} />
        </Afterwards>
      </section>
    </>
  );
}
