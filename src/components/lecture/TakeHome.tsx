import { type ReactNode, useMemo, useRef, useState } from 'react';
import { type StepSize, stopsOf } from '../../engine/analysis/stops';
import { anonymiser } from '../../engine/export/hide-addresses';
import type { Question } from '../../engine/questions/question';
import type { EventKind } from '../../engine/sim/event';
import { explainEvent } from '../../i18n/sentence';
import { contextAt, placeName } from '../../i18n/sentence-values';
import { embedCode } from '../../store/embed';
import { selectQuestions } from '../../store/lecture';
import { selectSession } from '../../store/selectors';
import { useApp } from '../../store/store';
import { saveTrace } from '../../store/take-home';
import { Rich } from '../shared/Rich';
import type { MatrixFacts } from './BigMatrix';
import { MatrixDrawing } from './MatrixDrawing';
import { savePng, saveSvg } from './picture';
import { pillAt } from './pill';
import { choiceText } from './QuestionCard';
import { SheetTable } from './SheetTable';
import { Stage } from './Stage';
import { type Sheet, sheetAt } from './sheet';
import styles from './TakeHome.module.css';
import { useTexts } from './texts';

declare const __OFFLINE_COPY__: boolean; // whether the build put the one-file page beside this one
const HAS_OFFLINE_COPY = typeof __OFFLINE_COPY__ !== 'undefined' && __OFFLINE_COPY__;

const SIZES: readonly StepSize[] = ['packet', 'hop', 'decision'];
const same = (text: string): string => text;

/** The sheet to print, one block a stop, and everything that can be saved. */
export function TakeHome({ graph, matrix }: { readonly graph: ReactNode; readonly matrix: MatrixFacts | null }) {
  const { text, lecture } = useTexts();
  const { trace } = useApp(selectSession);
  const questions = useApp(selectQuestions);
  const [size, setSize] = useState<StepSize>('hop');
  const [blanks, setBlanks] = useState(false);
  const [anonymous, setAnonymous] = useState(false);
  const picture = useRef<HTMLDivElement>(null);
  const hide = useMemo(() => (anonymous ? anonymiser() : same), [anonymous]);
  const stops = stopsOf(trace, size);
  const t = lecture.takeHome;
  const table = useRef<HTMLDivElement>(null);
  const onPicture = (save: typeof saveSvg | typeof savePng, of: typeof picture, name: string) => () => {
    const element = of.current?.querySelector('svg') ?? null;
    if (element !== null) void save(element, name);
  };
  return (
    <Stage title={t.title} hasViews={false} scrolls steps={null}>
      <section className={styles.tools} aria-label={t.title}>
        <p>{t.intro}</p>
        <p className={styles.row}>
          <label>
            {t.size}{' '}
            <select
              value={size}
              onChange={(event) => setSize(SIZES.find((one) => one === event.target.value) ?? 'hop')}
            >
              {SIZES.map((one) => (
                <option key={one} value={one}>
                  {text.stepper.sizes[one]}
                </option>
              ))}
            </select>
          </label>
          <label>
            <input type="checkbox" checked={blanks} onChange={() => setBlanks(!blanks)} /> {t.blanks}
          </label>
          <label>
            <input type="checkbox" checked={anonymous} onChange={() => setAnonymous(!anonymous)} /> {t.anonymous}
          </label>
          <button type="button" className="primary" onClick={() => print()}>
            {t.print}
          </button>
        </p>
        <p className={styles.row}>
          <button type="button" onClick={() => saveTrace('csv', t.columns, hide)}>
            {t.csv}
          </button>
          <button type="button" onClick={() => saveTrace('markdown', t.columns, hide)}>
            {t.markdown}
          </button>
          {!anonymous && (
            <>
              <button type="button" onClick={onPicture(saveSvg, picture, 'topology')}>
                {t.svg}
              </button>
              <button type="button" onClick={onPicture(savePng, picture, 'topology')}>
                {t.png}
              </button>
            </>
          )}
          {matrix !== null && (
            <>
              <button type="button" onClick={onPicture(saveSvg, table, 'hop-matrix')}>
                {t.matrixSvg}
              </button>
              <button type="button" onClick={onPicture(savePng, table, 'hop-matrix')}>
                {t.matrixPng}
              </button>
            </>
          )}
          <button type="button" onClick={() => void navigator.clipboard?.writeText(embedCode(text.app.title))}>
            {t.iframe}
          </button>
          {HAS_OFFLINE_COPY && (
            <a href="./hopscope.html" download title={t.offlineHint}>
              {t.offline}
            </a>
          )}
        </p>
      </section>
      {!anonymous && (
        <div className={styles.graph} ref={picture}>
          {graph}
        </div>
      )}
      {matrix !== null && (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
        <section className={styles.matrix} ref={table} aria-label={t.matrix} tabIndex={0}>
          <MatrixDrawing facts={matrix} hide={hide} />
        </section>
      )}
      <ol className={styles.blocks}>
        {stops.map((index, i) => (
          <Block
            key={index}
            after={stops[i - 1] ?? -1}
            index={index}
            hide={hide}
            question={blanks ? questionIn(questions, stops[i - 1] ?? -1, index) : null}
            blank={blanks}
          />
        ))}
      </ol>
    </Stage>
  );
}

/** The question whose decision falls into a block. */
const questionIn = (questions: readonly Question[], after: number, upTo: number): Question | null =>
  questions.find(({ step }) => step > after && step <= upTo) ?? null;

/** What a stop stands for besides its own step. */
const DECISIVE: ReadonlySet<EventKind> = new Set<EventKind>([
  'route-looked-up',
  'source-checked',
  'ttl-lowered',
  'translated',
  'encapsulated',
  'decapsulated',
  'dropped',
  'delivered',
]);

interface BlockProps {
  readonly after: number; // the stop before; -1: none
  readonly index: number;
  readonly hide: (text: string) => string;
  readonly question: Question | null;
  readonly blank: boolean;
}

function Block({ after, index, hide, question, blank }: BlockProps) {
  const { text, lecture } = useTexts();
  const { trace, topology } = useApp(selectSession);
  const step = trace.steps[index];
  if (step === undefined) return null;
  const decided = trace.steps.slice(after + 1, index + 1).filter((one) => one === step || DECISIVE.has(one.event.kind));
  const said = decided.map((one) => ({ at: one.index, ...explainEvent(one.event, contextAt(trace, one, text)) }));
  const lookup = decided.find(({ event }) => event.kind === 'route-looked-up');
  const sheet = blank ? null : sheetAt(trace, lookup?.index ?? index, text);
  const pill = pillAt(trace, index, text);
  const { event } = step;
  return (
    <li className={styles.block}>
      <h2>
        {lecture.takeHome.step(index + 1)} · {placeName(text, topology, event.host)} · {text.panel.stage[event.kind]}
        {pill !== null && !blank && <span className={styles.quiet}> · {hide(pill)}</span>}
      </h2>
      {blank ? (
        <>
          {question !== null && (
            <>
              <p>
                <Rich text={hide(lecture.questions.ask(question.asked))} />
              </p>
              <ul className={styles.choices}>
                {question.choices.map((choice) => {
                  const said = hide(choiceText(choice, text, lecture));
                  return <li key={said}>☐ {said}</li>;
                })}
              </ul>
            </>
          )}
          <p className={styles.line}>
            <span className="visually-hidden">{lecture.takeHome.answer}</span>
          </p>
        </>
      ) : (
        <>
          {said.map(({ at, lead, why }) => (
            <p key={at}>
              <Rich text={hide(lead)} />
              {why !== null && (
                <span className={styles.quiet}>
                  {' '}
                  <Rich text={hide(why)} />
                </span>
              )}
            </p>
          ))}
          {sheet !== null && <SheetTable sheet={hidden(sheet, hide)} fit={false} />}
        </>
      )}
    </li>
  );
}

const hidden = (sheet: Sheet, hide: (text: string) => string): Sheet => ({
  ...sheet,
  caption: hide(sheet.caption),
  rows: sheet.rows.map((row) => ({ ...row, cells: row.cells.map(hide) })),
});
