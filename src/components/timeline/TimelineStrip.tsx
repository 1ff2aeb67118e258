import { sayControlStep } from '../../i18n/sentence-control-plane';
import { selectMoment, selectTimeline } from '../../store/selectors';
import { useApp } from '../../store/store';
import { Rich } from '../shared/Rich';
import { MomentChoice } from './MomentChoice';
import { StepFacts } from './StepFacts';
import styles from './Timeline.module.css';
import { useTexts } from './texts';

/** Above the graph while a time line is open: which moment it is, what has just happened, what was logged, what changed. */
export function TimelineStrip() {
  const { text, t } = useTexts();
  const line = useApp(selectTimeline);
  const at = useApp(selectMoment);
  const example = useApp((s) => s.timeline?.example ?? null);
  if (line === null || example === null) return null;
  const step = line.steps[at - 1] ?? null;
  const said = step === null ? t.atRest(text.controlPlane.examples[example].line) : sayControlStep(step, text);
  return (
    <section className={styles.strip} aria-label={t.label}>
      <MomentChoice line={line} at={at} example={example} />
      <p className={styles.said} aria-live="polite">
        <Rich text={said} />
      </p>
      <StepFacts step={step} />
    </section>
  );
}
