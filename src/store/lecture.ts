/**
 * What a lecture needs beside the page itself: what is shown large, which question stands, what was answered. Loaded
 * with the lecture's screens only. Answers are kept in this tab and nowhere else.
 */
import { create } from 'zustand';
import { QUESTION_KINDS, type Question, type QuestionKind } from '../engine/questions/question';
import { questionsOf, roundOf } from '../engine/questions/questions';
import type { Trace } from '../engine/sim/trace';
import { goToStep, openLecture } from './actions';
import { selectSession } from './selectors';
import { type AppState, useApp } from './store';

/** What `AppState.lecture` says. */
export type LectureTool =
  | { readonly kind: 'questions'; readonly kinds: readonly QuestionKind[] } // none: all
  | { readonly kind: 'fault'; readonly code: string } // '' = not chosen yet
  | { readonly kind: 'lesson'; readonly id: string; readonly at: number } // id '' = the list of lessons; step 0-based
  | { readonly kind: 'sheet' } // to print
  | { readonly kind: 'embed' } // inside another page
  | { readonly kind: 'glossary' };

export function readTool(text: string | null): LectureTool | null {
  if (text === null) return null;
  const [kind, rest = '', more = ''] = text.split(':');
  switch (kind) {
    case 'questions': {
      const wanted = rest.split(',');
      return { kind, kinds: QUESTION_KINDS.filter((one) => wanted.includes(one)) };
    }
    case 'fault':
      return { kind, code: rest };
    case 'lesson':
      return { kind, id: rest, at: /^[1-9]\d{0,3}$/.test(more) ? Number(more) - 1 : 0 };
    case 'sheet':
    case 'embed':
    case 'glossary':
      return { kind };
    default:
      return null;
  }
}

export type View = 'decision' | 'matrix';

/** Shown without an answer, as an instructor does before a room. */
export const REVEALED = -1;

export interface LectureState {
  readonly view: View;
  readonly blank: boolean;
  readonly spotlight: boolean;
  readonly at: number; // question of the round, 0-based
  readonly answers: ReadonlyMap<string, number>; // question id to index of the choice, or REVEALED
}

export const FRESH: LectureState = { view: 'decision', blank: false, spotlight: false, at: 0, answers: new Map() };

export const useLecture = create<LectureState>(() => FRESH);
const get = useLecture.getState;
const set = useLecture.setState;

export const switchView = (): void => set(({ view }) => ({ view: view === 'decision' ? 'matrix' : 'decision' }));
export const toggleBlank = (): void => set(({ blank }) => ({ blank: !blank }));
export const toggleSpotlight = (): void => set(({ spotlight }) => ({ spotlight: !spotlight }));

const known = new WeakMap<Trace, { readonly command: string; readonly all: readonly Question[] }>();

export function selectQuestions(s: AppState): readonly Question[] {
  const { trace, topology, command } = selectSession(s);
  const found = known.get(trace);
  if (found?.command === command) return found.all;
  const all = questionsOf(trace, topology, command);
  known.set(trace, { command, all });
  return all;
}

let lastRound: {
  readonly all: readonly Question[];
  readonly kinds: string;
  readonly round: readonly Question[];
} | null = null;

/** The questions asked, by the kinds the link wants. */
export function selectRound(s: AppState): readonly Question[] {
  const tool = readTool(s.lecture);
  const kinds = tool?.kind === 'questions' ? tool.kinds : [];
  const all = selectQuestions(s);
  const key = kinds.join();
  if (lastRound?.all !== all || lastRound.kinds !== key) lastRound = { all, kinds: key, round: roundOf(all, kinds) };
  return lastRound.round;
}

/** Opens a round at the first question that lies ahead of the shown step. */
export function startQuestions(kinds: readonly QuestionKind[] = []): void {
  openLecture(kinds.length === 0 ? 'questions' : `questions:${kinds.join()}`);
  set({ at: 0, answers: new Map() });
  showQuestion(0);
}

export function chooseKinds(kinds: readonly QuestionKind[]): void {
  openLecture(kinds.length === 0 ? 'questions' : `questions:${kinds.join()}`);
  showQuestion(0);
}

/** The step shown with a question: the one before the decision; the decision itself once it is answered. */
export const stepShown = ({ step, evidence, id }: Question, answers: LectureState['answers']): number =>
  answers.has(id) ? evidence : Math.max(0, step - 1);

export function showQuestion(at: number): void {
  const round = selectRound(useApp.getState());
  const kept = Math.min(Math.max(0, at), Math.max(0, round.length - 1));
  set({ at: kept });
  const question = round[kept];
  if (question !== undefined) goToStep(stepShown(question, get().answers));
}

/** The first answer counts. */
export function answer(question: Question, choice: number): void {
  const { answers } = get();
  if (answers.has(question.id)) return;
  set({ answers: new Map(answers).set(question.id, choice) });
  goToStep(question.evidence);
}

export const revealAnswer = (question: Question): void => answer(question, REVEALED);

/** A clicker's one button: first the answer, then the next question. */
export function advanceQuestion(): void {
  const round = selectRound(useApp.getState());
  const question = round[get().at];
  if (question !== undefined && !get().answers.has(question.id)) revealAnswer(question);
  else showQuestion(get().at + 1);
}

export const forgetAnswers = (): void => {
  set({ answers: new Map() });
  showQuestion(0);
};

export interface Score {
  readonly right: number;
  readonly answered: number; // revealed ones do not count
  readonly of: number;
}

export function scoreOf(round: readonly Question[], answers: LectureState['answers']): Score {
  const given = round.flatMap(({ id, right }) => {
    const choice = answers.get(id);
    return choice === undefined || choice === REVEALED ? [] : [choice === right];
  });
  return { right: given.filter((one) => one).length, answered: given.length, of: round.length };
}
