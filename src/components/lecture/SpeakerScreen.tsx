import { useEffect, useState } from 'react';
import { stopsOf } from '../../engine/analysis/stops';
import { inLang } from '../../lessons/lesson';
import { readTool, selectRound, useLecture } from '../../store/lecture';
import { lessonNamed, questionOf, useLessons } from '../../store/lessons';
import { selectSession, selectStepIndex } from '../../store/selectors';
import { useApp } from '../../store/store';
import { Rich } from '../shared/Rich';
import { choiceText } from './QuestionCard';
import styles from './Speaker.module.css';
import { Sentence } from './StepScene';
import { useTexts } from './texts';

/** The window beside the projector's: what is shown, what comes next, the note, the answer, the time. */
export function SpeakerScreen() {
  const { lecture, text } = useTexts();
  const lang = useApp((s) => s.lang);
  const tool = readTool(useApp((s) => s.lecture));
  const { trace } = useApp(selectSession);
  const index = useApp(selectStepIndex);
  const size = useApp((s) => s.stepSize);
  const round = useApp(selectRound);
  const asked = useLecture((s) => s.at);
  const { own, at } = useLessons();
  const lesson = tool?.kind === 'lesson' ? lessonNamed(tool.id, own) : null;
  const [step, nextStep] = [lesson?.steps[at], lesson?.steps[at + 1]];
  const inLesson = useApp((s) => (step === undefined ? null : questionOf(s, step)));
  const question = tool?.kind === 'questions' ? (round[asked] ?? null) : inLesson;
  const following = stopsOf(trace, size).find((stop) => stop > index);
  const t = lecture.stage;
  const note = step === undefined ? null : inLang(step.note, lang);
  const nextNote = nextStep === undefined ? null : inLang(nextStep.note, lang);
  const right = question?.choices[question.right];
  return (
    <div className={styles.speaker}>
      <h1 className={styles.title}>
        {text.app.title} <span>{t.speaker}</span>
      </h1>
      <Clock />
      <main className={styles.main}>
        <section aria-label={t.now}>
          <h2>
            {t.now} · {lesson === null ? `${index + 1} / ${trace.steps.length}` : `${at + 1} / ${lesson.steps.length}`}
          </h2>
          <Sentence index={index} full />
        </section>
        {note !== null && (
          <section aria-label={t.note}>
            <h2>{t.note}</h2>
            <p>
              <Rich text={note} />
            </p>
          </section>
        )}
        {question !== null && right !== undefined && (
          <section aria-label={lecture.questions.question}>
            <h2>{lecture.questions.question}</h2>
            <p>
              <Rich text={lecture.questions.ask(question.asked)} />
            </p>
            <p className={styles.answer}>✓ {choiceText(right, text, lecture)}</p>
          </section>
        )}
        <section aria-label={t.next} className={styles.next}>
          <h2>{t.next}</h2>
          {nextNote !== null ? (
            <p>
              <Rich text={nextNote} />
            </p>
          ) : lesson !== null || following === undefined ? (
            <p>{t.nothingNext}</p>
          ) : (
            <Sentence index={following} />
          )}
        </section>
      </main>
      <nav className={styles.foot} aria-label={t.controls}>
        <button type="button" onClick={() => press('PageUp')}>
          ◀ {text.stepper.back}
        </button>
        <button type="button" className="primary" onClick={() => press('PageDown')}>
          {text.stepper.forward} ▶
        </button>
      </nav>
    </div>
  );
}

/** The keys know what a step is in each of the lecture's screens. */
const press = (key: string): boolean =>
  document.dispatchEvent(new KeyboardEvent('keydown', { key, cancelable: true, bubbles: true }));

const SECOND_MS = 1000;

function Clock() {
  const { lecture } = useTexts();
  const lang = useApp((s) => s.lang);
  const [now, setNow] = useState(() => Date.now());
  const [start, setStart] = useState(now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), SECOND_MS);
    return () => clearInterval(timer);
  }, []);
  const seconds = Math.max(0, Math.floor((now - start) / SECOND_MS));
  const two = (value: number): string => String(value).padStart(2, '0');
  const t = lecture.stage;
  return (
    <p className={styles.clock} role="timer">
      <span>
        {t.clock} <strong>{new Date(now).toLocaleTimeString(lang === 'zh' ? 'zh-CN' : 'en-GB')}</strong>
      </span>
      <span>
        {t.elapsed}{' '}
        <strong>
          {Math.floor(seconds / 60)}:{two(seconds % 60)}
        </strong>
      </span>
      <button type="button" onClick={() => setStart(now)}>
        {t.restart}
      </button>
    </p>
  );
}
