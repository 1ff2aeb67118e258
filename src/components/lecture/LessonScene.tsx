import { type ReactNode, useEffect } from 'react';
import { findAnchor, inLang, type Lesson, type LessonStep } from '../../lessons/lesson';
import { useLecture } from '../../store/lecture';
import {
  advanceLesson,
  backInLesson,
  copyLesson,
  editLesson,
  lessonNamed,
  OWN,
  questionOf,
  showLessonStep,
  useLessons,
} from '../../store/lessons';
import { selectSession, selectStepIndex } from '../../store/selectors';
import { useApp } from '../../store/store';
import { Announced } from '../shared/Announced';
import { Glossed } from '../shared/Glossed';
import { Rich } from '../shared/Rich';
import { CopyLink } from './CopyLink';
import styles from './Lesson.module.css';
import { LessonList } from './LessonList';
import { LessonMaker } from './LessonMaker';
import { Asked } from './QuestionScene';
import { Stage } from './Stage';
import { StepButtons } from './StepButtons';
import { Sentence, StepScene } from './StepScene';
import { useTexts } from './texts';

interface Props {
  readonly id: string; // '' = the list
  readonly from: number; // the step a link names
  readonly matrix: ReactNode;
}

export function LessonScene({ id, from, matrix }: Props) {
  const own = useLessons((s) => s.own);
  const editing = useLessons((s) => s.editing);
  if (editing && id === OWN) return <LessonMaker matrix={matrix} />;
  const lesson = id === '' ? null : lessonNamed(id, own);
  if (lesson === null) return <LessonList isGone={id !== ''} />;
  return <Running key={id} id={id} lesson={lesson} from={from} matrix={matrix} />;
}

function Running({ id, lesson, from, matrix }: Props & { readonly lesson: Lesson }) {
  const { lecture, text } = useTexts();
  const lang = useApp((s) => s.lang);
  const at = useLessons((s) => s.at);
  const answers = useLecture((s) => s.answers);
  const step = lesson.steps[at];
  const question = useApp((s) => (step === undefined ? null : questionOf(s, step)));
  const isOpen = question !== null && !answers.has(question.id);
  // biome-ignore lint/correctness/useExhaustiveDependencies: the link's step counts when the lesson is opened, and not again
  useEffect(() => showLessonStep(from), [id]);
  const t = lecture.lessons;
  return (
    <Stage
      title={inLang(lesson.title, lang) ?? t.untitled}
      hasViews={question === null}
      tools={
        <>
          {id === OWN ? (
            <button type="button" onClick={editLesson}>
              {t.edit}
            </button>
          ) : (
            <CopyLink />
          )}
          {id !== OWN && (
            <button type="button" onClick={() => copyLesson(lesson)}>
              {t.change}
            </button>
          )}
        </>
      }
      steps={
        <StepButtons
          back={backInLesson}
          forward={advanceLesson}
          atStart={at === 0}
          atEnd={at >= lesson.steps.length - 1 && !isOpen}
          position={t.position(Math.min(at + 1, lesson.steps.length), lesson.steps.length)}
          {...(isOpen ? { forwardText: lecture.questions.reveal } : {})}
        />
      }
    >
      {step === undefined ? (
        <p>{t.empty}</p>
      ) : question !== null ? (
        <>
          <Asked key={question.id} question={question} />
          {!isOpen && <Note step={step} />}
        </>
      ) : (
        <StepScene matrix={matrix} note={<NoteAndStep step={step} empty={text.panel.empty} />} />
      )}
    </Stage>
  );
}

/** The lecturer's note in place of the sentence; where there is none, the sentence. */
function NoteAndStep({ step, empty }: { readonly step: LessonStep; readonly empty: string }) {
  const { lecture } = useTexts();
  const lang = useApp((s) => s.lang);
  const presenting = useApp((s) => s.presenting);
  const index = useApp(selectStepIndex);
  const { trace } = useApp(selectSession);
  const note = inLang(step.note, lang);
  if (trace.steps.length === 0) return <p>{empty}</p>;
  if (findAnchor(trace, step.at) === null) return <p role="alert">{lecture.lessons.lost}</p>;
  if (note === null) return <Sentence index={index} />;
  return (
    <>
      <Note step={step} />
      {!presenting && <Sentence index={index} />}
    </>
  );
}

function Note({ step }: { readonly step: LessonStep }) {
  const { lecture } = useTexts();
  const presenting = useApp((s) => s.presenting);
  const lang = useApp((s) => s.lang);
  const note = inLang(step.note, lang);
  return note === null ? null : (
    <p className={styles.note}>
      <Announced text={`${lecture.lessons.note}: ${note}`} />
      <span className="visually-hidden">{lecture.lessons.note}: </span>
      {presenting ? <Rich text={note} /> : <Glossed text={note} />}
    </p>
  );
}
