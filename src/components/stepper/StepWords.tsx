import { useEffect, useState } from 'react';
import { explainEvent } from '../../i18n/sentence';
import { contextAt } from '../../i18n/sentence-values';
import { selectSession, selectStep, selectText } from '../../store/selectors';
import { useApp } from '../../store/store';
import { Rich } from '../shared/Rich';
import { STEP_SENTENCE } from '../shared/step-sentence';
import { useMedia } from '../shared/useMedia';
import styles from './Stepper.module.css';

/** One column of panels, as in App.module.css, and height enough for a sentence beside the graph. */
const UPRIGHT_PHONE = '(max-width: 47.99rem) and (min-height: 32.01rem)';

/** Where the step's sentence is out of sight, above or below the graph: the same words at the controls. A touch leads to it. */
export function StepWords() {
  return useMedia(UPRIGHT_PHONE) ? <Words /> : null;
}

function Words() {
  const text = useApp(selectText);
  const { trace } = useApp(selectSession);
  const step = useApp(selectStep);
  const isInSight = useInSight(STEP_SENTENCE);
  if (step === null || isInSight) return null;
  return (
    <button
      type="button"
      className={styles.words}
      onClick={() => document.getElementById(STEP_SENTENCE)?.scrollIntoView({ block: 'center' })}
    >
      <span>
        <Rich text={explainEvent(step.event, contextAt(trace, step, text)).lead} />
      </span>
    </button>
  );
}

function useInSight(id: string): boolean {
  const [isInSight, setInSight] = useState(false);
  useEffect(() => {
    const element = document.getElementById(id);
    if (element === null) return;
    const observer = new IntersectionObserver((seen) => setInSight(seen.at(-1)?.isIntersecting === true), {
      rootMargin: '0px 0px -25% 0px', // the controls lie over the window's end
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [id]);
  return isInSight;
}
