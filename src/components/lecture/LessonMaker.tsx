import type { ReactNode } from 'react';
import { QUESTION_KINDS } from '../../engine/questions/question';
import type { LessonStep } from '../../lessons/lesson';
import {
  addStep,
  editStep,
  moveStep,
  removeStep,
  saveLesson,
  setLessonTitle,
  stopEditing,
  useLessons,
} from '../../store/lessons';
import { useApp } from '../../store/store';
import { CloseMaker } from './CloseMaker';
import styles from './Lesson.module.css';
import { RunSteps } from './RunSteps';
import { Stage } from './Stage';
import { StepScene } from './StepScene';
import { useTexts } from './texts';

/** A lesson in the making: the run on the left, to step through; on the right the steps kept so far, with their notes. */
export function LessonMaker({ matrix }: { readonly matrix: ReactNode }) {
  const { lecture } = useTexts();
  const lang = useApp((s) => s.lang);
  const own = useLessons((s) => s.own);
  const t = lecture.lessons;
  const steps = own?.steps ?? [];
  return (
    <Stage
      title={t.editing}
      hasViews
      scrolls
      tools={<CloseMaker />}
      steps={
        <>
          <RunSteps />
          <button type="button" className="primary" onClick={addStep}>
            {t.add}
          </button>
        </>
      }
    >
      <div className={styles.maker}>
        <div className={styles.scene}>
          <StepScene matrix={matrix} />
        </div>
        <section className={styles.made} aria-label={t.own}>
          <label className={styles.field}>
            {t.name}
            <input
              value={own?.title[lang] ?? ''}
              onChange={(event) => setLessonTitle({ ...own?.title, [lang]: event.target.value })}
            />
          </label>
          <p className={styles.quiet}>{t.addHint}</p>
          <p className={styles.row}>
            <button type="button" onClick={saveLesson} disabled={steps.length === 0}>
              {t.save}
            </button>
            <button type="button" onClick={stopEditing} disabled={steps.length === 0}>
              {t.show}
            </button>
          </p>
          {steps.length === 0 && <p>{t.empty}</p>}
          <ol className={styles.kept}>
            {steps.map((step, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a step has no other name, and its fields hold no state
              <Kept key={i} step={step} index={i} count={steps.length} />
            ))}
          </ol>
        </section>
      </div>
    </Stage>
  );
}

function Kept({ step, index, count }: { readonly step: LessonStep; readonly index: number; readonly count: number }) {
  const { text, lecture } = useTexts();
  const lang = useApp((s) => s.lang);
  const t = lecture.lessons;
  const n = index + 1;
  const stages: Readonly<Record<string, string>> = text.panel.stage;
  return (
    <li className={styles.card}>
      <p className={styles.row}>
        <strong>
          {n}. {step.at.host} · {stages[step.at.event] ?? step.at.event}
        </strong>
        <button type="button" aria-label={t.up(n)} onClick={() => moveStep(index, -1)} disabled={index === 0}>
          ↑
        </button>
        <button type="button" aria-label={t.down(n)} onClick={() => moveStep(index, 1)} disabled={n === count}>
          ↓
        </button>
        <button type="button" aria-label={t.remove(n)} onClick={() => removeStep(index)}>
          ✕
        </button>
      </p>
      <textarea
        aria-label={t.noteOf(n)}
        placeholder={t.noteOf(n)}
        rows={2}
        value={step.note[lang] ?? ''}
        onChange={(event) => editStep(index, { note: { ...step.note, [lang]: event.target.value } })}
      />
      <select
        aria-label={t.askAt(n)}
        value={step.ask ?? ''}
        onChange={(event) =>
          editStep(index, { ask: QUESTION_KINDS.find((kind) => kind === event.target.value) ?? null })
        }
      >
        <option value="">{t.noQuestion}</option>
        {QUESTION_KINDS.map((kind) => (
          <option key={kind} value={kind}>
            {lecture.questions.kind[kind]}
          </option>
        ))}
      </select>
    </li>
  );
}
