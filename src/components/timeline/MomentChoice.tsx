import { EXAMPLE_IDS, type ExampleId } from '../../engine/control-plane/example-ids';
import type { Timeline } from '../../engine/control-plane/step';
import { selectVerdict } from '../../store/selectors';
import { useApp } from '../../store/store';
import { closeTimeline, goToMoment, openExample } from '../../store/timeline';
import { OUTCOME_MARK, OUTCOME_TONE } from '../shared/outcome-mark';
import tones from '../shared/tones.module.css';
import styles from './Timeline.module.css';
import { useTexts } from './texts';

interface Props {
  readonly line: Timeline;
  readonly at: number; // so many steps have happened
  readonly example: ExampleId;
}

/** What is played, and the moment of it: buttons, a slider, the time, and what becomes of the command then. */
export function MomentChoice({ line: { steps }, at, example }: Props) {
  const { text, t } = useTexts();
  const seconds = String((steps[at - 1]?.atMs ?? 0) / 1000);
  const atStart = at === 0;
  const atEnd = at === steps.length;
  return (
    <div className={styles.choice}>
      <select
        className={styles.which}
        aria-label={t.choose}
        value={example}
        onChange={(event) => {
          const chosen = EXAMPLE_IDS.find((id) => id === event.target.value);
          if (chosen !== undefined) void openExample(chosen);
        }}
      >
        {EXAMPLE_IDS.map((id) => (
          <option key={id} value={id}>
            {text.controlPlane.examples[id].title}
          </option>
        ))}
      </select>
      <span className={styles.buttons}>
        <button
          type="button"
          aria-label={t.back}
          title={t.back}
          aria-disabled={atStart}
          onClick={() => goToMoment(at - 1)}
        >
          ◀
        </button>
        <button
          type="button"
          className="primary"
          aria-label={t.forward}
          title={t.forward}
          aria-disabled={atEnd}
          onClick={() => goToMoment(at + 1)}
        >
          ▶
        </button>
      </span>
      <input
        type="range"
        className={styles.slider}
        min={0}
        max={steps.length}
        value={at}
        aria-label={t.slider}
        aria-valuetext={t.sliderText({ at, of: steps.length, seconds })}
        data-own-keys
        onChange={(event) => goToMoment(event.target.valueAsNumber)}
      />
      <span className={styles.time}>
        <b>{t.time(seconds)}</b> {t.position(at, steps.length)}
      </span>
      <Outcome />
      <button type="button" className={styles.close} aria-label={t.close} title={t.close} onClick={closeTimeline}>
        ×
      </button>
    </div>
  );
}

/** The command at hand in a word: the verdict itself may be out of sight. */
function Outcome() {
  const { text } = useTexts();
  const verdict = useApp(selectVerdict);
  const command = useApp((s) => s.command);
  if (verdict === null) return null;
  const mark = OUTCOME_MARK[verdict.outcome];
  return (
    <span className={`${styles.outcome} ${tones[OUTCOME_TONE[mark]]}`} title={command}>
      {mark} {text.verdict.outcome[verdict.outcome].title}
    </span>
  );
}
