import type { Question } from '../../engine/questions/question';
import { explainEvent } from '../../i18n/sentence';
import { contextAt } from '../../i18n/sentence-values';
import {
  advanceQuestion,
  answer,
  forgetAnswers,
  REVEALED,
  scoreOf,
  selectRound,
  showQuestion,
  stepShown,
  useLecture,
} from '../../store/lecture';
import { selectSession } from '../../store/selectors';
import { useApp } from '../../store/store';
import { Glossed } from '../shared/Glossed';
import { Rich } from '../shared/Rich';
import { Chain } from './Chain';
import { KindsPicker } from './KindsPicker';
import styles from './Question.module.css';
import { QuestionCard } from './QuestionCard';
import { Stage } from './Stage';
import { StepButtons } from './StepButtons';
import { Evidence } from './StepScene';
import { useTexts } from './texts';

/** A decision is asked before it is shown. */
export function QuestionScene() {
  const { lecture } = useTexts();
  const round = useApp(selectRound);
  const at = useLecture((s) => s.at);
  const answers = useLecture((s) => s.answers);
  const presenting = useApp((s) => s.presenting);
  const t = lecture.questions;
  const question = round[at];
  const { right, answered, of } = scoreOf(round, answers);
  const isAnswered = question !== undefined && answers.has(question.id);
  const over = at >= round.length - 1 && isAnswered;
  return (
    <Stage
      title={t.title}
      hasViews={false}
      tools={<KindsPicker />}
      steps={
        <>
          <StepButtons
            back={() => showQuestion(at - 1)}
            forward={advanceQuestion}
            atStart={at === 0}
            atEnd={over}
            position={t.position(Math.min(at + 1, of), of)}
            {...(isAnswered ? {} : { forwardText: t.reveal })}
          />
          {answered > 0 && <output className={styles.score}>{t.score(right, answered)}</output>}
          {!presenting && answers.size > 0 && (
            <button type="button" onClick={forgetAnswers}>
              {t.again}
            </button>
          )}
        </>
      }
    >
      {question === undefined ? <p>{t.none}</p> : <Asked key={question.id} question={question} />}
      {over && answered > 0 && (
        <p className={styles.over} role="status">
          {t.over(right, answered)}
        </p>
      )}
    </Stage>
  );
}

/** The question with what may be looked at, and once answered the sentence and the table that decide. */
export function Asked({ question }: { readonly question: Question }) {
  const { trace, topology } = useApp(selectSession);
  const answers = useLecture((s) => s.answers);
  const given = answers.get(question.id) ?? null;
  const shown = stepShown(question, answers);
  return (
    <>
      <Chain trace={trace} topology={topology} index={shown} />
      <QuestionCard question={question} given={given} onAnswer={(choice) => answer(question, choice)} />
      {given !== null && (
        <>
          <Why question={question} wrong={given !== REVEALED && given !== question.right} />
          <Evidence index={question.evidence} />
        </>
      )}
    </>
  );
}

function Why({ question, wrong }: { readonly question: Question; readonly wrong: boolean }) {
  const { text, lecture } = useTexts();
  const { trace } = useApp(selectSession);
  const presenting = useApp((s) => s.presenting);
  const step = trace.steps[question.evidence];
  if (step === undefined) return null;
  const { lead, why } = explainEvent(step.event, contextAt(trace, step, text));
  const reason = lecture.questions.because[question.kind];
  return (
    <div className={styles.why} role="status">
      <p>
        <Rich text={lead} />
      </p>
      {!presenting && why !== null && (
        <p className={styles.quiet}>
          <Rich text={why} />
        </p>
      )}
      {(wrong || !presenting) && (
        <p className={styles.quiet}>
          <Glossed text={reason} />
        </p>
      )}
    </div>
  );
}
