/** Lessons: the list, the screen of one, and making one. */
import type { LessonError } from '../../lessons/lesson';

function problem(error: LessonError): string {
  switch (error.kind) {
    case 'not-json':
      return 'it is no JSON.';
    case 'not-a-lesson':
      return 'it is no lesson of this page.';
    case 'version':
      return `it is a lesson of version ${error.version}, and this page reads version 1.`;
    case 'shape':
      return `${error.path === '' ? 'its outermost value' : error.path} is not as it must be.`;
  }
}

export const lessons = {
  title: 'Lessons',
  intro: 'Each lesson sets the cluster up, stops at the steps that matter and says what to look at.',
  steps: (n: number): string => `${n} ${n === 1 ? 'step' : 'steps'}`,
  start: 'Start',
  change: 'Copy and change',
  open: 'Open a lesson’s file…',
  make: 'Make a lesson',
  goOn: 'Go on making yours',
  own: 'Your lesson',
  cannotOpen: (name: string, error: LessonError): string => `${name} cannot be opened: ${problem(error)}`,
  position: (at: number, of: number): string => `${at} / ${of}`,
  note: 'What to see here',
  lost: 'The run has no such step: this lesson was made for another cluster.',
  gone: 'There is no such lesson here. One that somebody made comes as a file: open it below.',
  untitled: 'Untitled lesson',
  name: 'Title',
  edit: 'Change it',
  editing: 'Making a lesson',
  add: 'Add this step',
  addHint:
    'Go to a step with ← and →, then add it. For another cluster go back to the page, break or change something there, and come back: your lesson waits.',
  empty: 'No steps yet.',
  step: (n: number): string => `Step ${n}`,
  up: (n: number): string => `Move step ${n} up`,
  down: (n: number): string => `Move step ${n} down`,
  remove: (n: number): string => `Remove step ${n}`,
  noteOf: (n: number): string => `Note to step ${n}`,
  askAt: (n: number): string => `Question at step ${n}`,
  noQuestion: 'no question',
  save: 'Save as a file',
  show: 'Show it',
};
