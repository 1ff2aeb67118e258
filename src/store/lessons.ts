/** The lesson that is open: one that comes with the page, or one that was opened or is being made in this tab. */
import { create } from 'zustand';
import type { Question } from '../engine/questions/question';
import {
  anchorOf,
  EMPTY_LESSON,
  findAnchor,
  type Lesson,
  type LessonError,
  type LessonStep,
  readLesson,
  type Setup,
  setupAt,
  type Words,
  writeLesson,
} from '../lessons/lesson';
import { SHIPPED } from '../lessons/shipped';
import { goToStep, openLecture, restore } from './actions';
import { changeText, readChangeText } from './change-text';
import { save } from './download';
import { readTool, revealAnswer, selectQuestions, useLecture } from './lecture';
import { isFault } from './offers';
import { selectSession, selectStepIndex } from './selectors';
import { type AppState, INITIAL, useApp } from './store';

/** The id under which the tab's own lesson is shown. */
export const OWN = 'own';

export interface LessonsState {
  readonly own: Lesson | null; // opened, or made here
  readonly at: number; // step of the lesson, 0-based
  readonly editing: boolean;
  readonly problem: { readonly name: string; readonly error: LessonError } | null; // with the file opened last
}

export const useLessons = create<LessonsState>(() => ({ own: null, at: 0, editing: false, problem: null }));
const get = useLessons.getState;
const set = useLessons.setState;

/** By the id in the address; null where there is none, or an old link names one that is gone. */
export function lessonNamed(id: string, own: Lesson | null): Lesson | null {
  if (id === OWN) return own;
  return SHIPPED.find((one) => one.id === id)?.lesson ?? null;
}

function currentLesson(): Lesson | null {
  const tool = readTool(useApp.getState().lecture);
  return tool?.kind === 'lesson' ? lessonNamed(tool.id, get().own) : null;
}

export const hasLesson = (): boolean => currentLesson() !== null && !get().editing;
export const lessonLength = (): number => currentLesson()?.steps.length ?? 0;

export function openLesson(id: string): void {
  openLecture(`lesson:${id}`);
  set({ editing: false, problem: null });
  useLecture.setState({ answers: new Map() });
  showLessonStep(0);
}

/** Sets the cluster as the step wants it and goes to its event. Another setup is made only where it differs. */
export function showLessonStep(index: number): void {
  const lesson = currentLesson();
  if (lesson === null) return;
  const at = Math.min(Math.max(0, index), Math.max(0, lesson.steps.length - 1));
  const step = lesson.steps[at];
  set({ at });
  if (step === undefined) return;
  const tool = readTool(useApp.getState().lecture);
  if (tool?.kind === 'lesson') openLecture(`lesson:${tool.id}:${at + 1}`);
  takeSetup(lesson.scenario, setupAt(lesson, at));
  useLecture.setState({ view: step.view });
  const found = findAnchor(selectSession(useApp.getState()).trace, step.at);
  if (found !== null) goToStep(found);
}

function takeSetup(scenario: string, { mode, changes, command }: Setup): void {
  const now = useApp.getState();
  const wanted = changes.flatMap((text) => readChangeText(text, isFault) ?? []);
  const asked = wanted.findLast(({ asks }) => asks !== null)?.asks?.command ?? command;
  const same =
    now.scenario === scenario &&
    now.mode === mode &&
    now.timeline === null &&
    now.command === (asked ?? INITIAL.command) &&
    now.changes.map(changeText).join('\n') === wanted.map(changeText).join('\n');
  if (same) return;
  restore({
    scenario,
    mode,
    timeline: null,
    changes: wanted,
    undone: [],
    command: asked ?? INITIAL.command,
    typed: asked !== null && asked !== INITIAL.command,
    files: [],
    roles: new Map(),
  });
}

/** The question a step of a lesson asks: of its kind, at its event or the next one after it. */
export function questionOf(s: AppState, { ask, at }: LessonStep): Question | null {
  if (ask === null) return null;
  const index = findAnchor(selectSession(s).trace, at) ?? 0;
  const ofKind = selectQuestions(s).filter(({ kind }) => kind === ask);
  return ofKind.find(({ step }) => step >= index) ?? ofKind.at(-1) ?? null;
}

/** First the answer, where one is asked for; then the next step. */
export function advanceLesson(): void {
  const lesson = currentLesson();
  const step = lesson?.steps[get().at];
  const question = step === undefined ? null : questionOf(useApp.getState(), step);
  if (question !== null && !useLecture.getState().answers.has(question.id)) revealAnswer(question);
  else showLessonStep(get().at + 1);
}

export const backInLesson = (): void => showLessonStep(get().at - 1);

// ---- making one

const change = (edit: (lesson: Lesson) => Lesson): void => set(({ own }) => ({ own: edit(own ?? EMPTY_LESSON) }));

export function editLesson(): void {
  set(({ own }) => ({ own: own ?? EMPTY_LESSON, editing: true }));
  openLecture(`lesson:${OWN}`);
}
export const stopEditing = (): void => set({ editing: false });
export const newLesson = (): void => {
  set({ own: null, at: 0 });
  editLesson();
};

/** A lesson that comes with the page, to be changed: the tab's own from then on. */
export function copyLesson(lesson: Lesson): void {
  set({ own: lesson, at: 0 });
  editLesson();
}

/** What is shown now, at the end of the lesson. */
export function addStep(): void {
  const state = useApp.getState();
  const { trace } = selectSession(state);
  const at = anchorOf(trace, selectStepIndex(state));
  if (at === null) return;
  const setup: Setup = {
    mode: state.mode,
    changes: state.changes.map(changeText),
    command: state.command === INITIAL.command ? null : state.command,
  };
  change((lesson) => {
    const same = JSON.stringify(setupAt(lesson, lesson.steps.length - 1)) === JSON.stringify(setup);
    const step: LessonStep = { setup: same ? null : setup, at, view: useLecture.getState().view, note: {}, ask: null };
    return { ...lesson, scenario: state.scenario, steps: [...lesson.steps, step] };
  });
  set(({ own }) => ({ at: (own?.steps.length ?? 1) - 1 }));
}

/** Before steps change places each must say for itself how its cluster stands. */
const spelledOut = (lesson: Lesson): Lesson => ({
  ...lesson,
  steps: lesson.steps.map((step, i) => ({ ...step, setup: setupAt(lesson, i) })),
});

export const moveStep = (index: number, by: 1 | -1): void => {
  change((lesson) => {
    const { steps } = spelledOut(lesson);
    const [moved, other] = [steps[index], steps[index + by]];
    if (moved === undefined || other === undefined) return lesson;
    return { ...lesson, steps: steps.map((step, i) => (i === index ? other : i === index + by ? moved : step)) };
  });
  set({ at: Math.max(0, index + by) });
};

export const removeStep = (index: number): void =>
  change((lesson) => ({ ...lesson, steps: spelledOut(lesson).steps.filter((_, i) => i !== index) }));

export const editStep = (index: number, edit: Partial<Pick<LessonStep, 'note' | 'ask' | 'view'>>): void =>
  change((lesson) => ({
    ...lesson,
    steps: lesson.steps.map((step, i) => (i === index ? { ...step, ...edit } : step)),
  }));

export const setLessonTitle = (title: Words): void => change((lesson) => ({ ...lesson, title }));

export function saveLesson(): void {
  const { own } = get();
  if (own !== null) save('lesson.json', writeLesson(own), 'application/json');
}

/** Opens a lesson's file; one that cannot be read leaves everything as it was. */
export async function openLessonFile(file: File): Promise<void> {
  const read = readLesson(await file.text());
  if (read.ok) {
    set({ own: read.value });
    openLesson(OWN);
  } else set({ problem: { name: file.name, error: read.error } });
}
