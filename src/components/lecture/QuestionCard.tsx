import { useMemo } from 'react';
import { formatIpv4 } from '../../engine/addr/ipv4';
import { formatPrefix } from '../../engine/addr/prefix';
import { type Choice, choiceKey, type Question } from '../../engine/questions/question';
import type { Trace } from '../../engine/sim/trace';
import type { Catalogue } from '../../i18n';
import type { LectureTexts } from '../../i18n/lecture';
import { REVEALED } from '../../store/lecture';
import { selectSession } from '../../store/selectors';
import { useApp } from '../../store/store';
import { Rich } from '../shared/Rich';
import tones from '../shared/tones.module.css';
import styles from './Question.module.css';
import { SheetTable } from './SheetTable';
import { frameSheet, neighbourSheet, routeSheet, type Sheet } from './sheet';
import { useTexts } from './texts';

interface Props {
  readonly question: Question;
  readonly given: number | null; // null: not answered yet
  readonly onAnswer: (choice: number) => void;
}

export function QuestionCard({ question, given, onAnswer }: Props) {
  const { text, lecture } = useTexts();
  const presenting = useApp((s) => s.presenting);
  const { trace } = useApp(selectSession);
  const { choices, right, asked } = question;
  const before = useMemo(() => sheetBefore(trace, question, text), [trace, question, text]);
  const isWide = choices.some(({ kind }) => kind === 'line' || kind === 'files');
  const t = lecture.questions;
  // With an answer given, a projector shows that one and the right one.
  const shown = (i: number): boolean => given === null || !presenting || i === right || i === given;
  return (
    <section className={styles.card} aria-label={t.question}>
      <h2 className={styles.ask}>
        <Rich text={t.ask(asked)} />
      </h2>
      {before !== null && given === null && !presenting && <SheetTable sheet={before} fit={false} />}
      <ol className={isWide ? `${styles.choices} ${styles.wide}` : styles.choices}>
        {choices.map((choice, i) =>
          shown(i) ? (
            <li key={choiceKey(choice)}>
              <button
                type="button"
                className={[styles.choice, given !== null && (i === right ? styles.right : i === given && styles.wrong)]
                  .filter(Boolean)
                  .join(' ')}
                aria-disabled={given !== null}
                aria-pressed={given === i}
                onClick={given === null ? () => onAnswer(i) : undefined}
              >
                <span className={styles.letter}>
                  {given === null ? i + 1 : i === right ? '✓' : i === given ? '✗' : '·'}
                </span>
                <span>{choiceText(choice, text, lecture)}</span>
              </button>
            </li>
          ) : null,
        )}
      </ol>
      {given !== null && given !== REVEALED && (
        <p className={given === right ? tones.good : tones.bad} role="status">
          {given === right ? `✓ ${t.correct}` : `✗ ${t.incorrect}`}
        </p>
      )}
    </section>
  );
}

export function choiceText(choice: Choice, text: Catalogue, { questions: t }: LectureTexts): string {
  switch (choice.kind) {
    case 'route': {
      const { dst, via, dev } = choice.route;
      const how = via === null ? text.panel.fib.onLink : `via ${formatIpv4(via)}`;
      return `${formatPrefix(dst)} ${how} ${dev ?? ''}`;
    }
    case 'next-hop':
      return choice.owner === null ? formatIpv4(choice.ip) : `${formatIpv4(choice.ip)} (${choice.owner.host})`;
    case 'mac':
      return choice.owner === null ? choice.mac : `${choice.mac} (${choice.owner.host} ${choice.owner.dev})`;
    case 'ttl':
      return String(choice.ttl);
    case 'files':
      return choice.points.length === 0 ? t.noFile : choice.points.map((point) => `${point}.cap`).join(', ');
    case 'line':
      return choice.text;
    case 'no-route':
    case 'yes':
    case 'no':
    case 'silence':
      return t.choice[choice.kind];
  }
}

/** The table the answer is to be read from, as it stands before the decision. */
export function sheetBefore(trace: Trace, { asked, step }: Question, text: Catalogue): Sheet | null {
  const before = trace.steps[step - 1]?.after ?? trace.initial;
  switch (asked.kind) {
    case 'route':
    case 'next-hop':
      return routeSheet(before, asked.host, null, text);
    case 'dst-mac':
      return neighbourSheet(before, before, asked.host, null, text);
    case 'ttl':
    case 'on-device':
      return frameSheet(trace, step, text, true);
    case 'held':
    case 'printed':
      return null;
  }
}
