/** Keys of the lecture's screens. They are asked before those of the page, and leave it every key they have no use for. */
import { useEffect } from 'react';
import { openLecture, stepForward, togglePresenting } from '../../store/actions';
import { targetOf } from '../../store/keys';
import {
  advanceQuestion,
  answer,
  readTool,
  selectRound,
  showQuestion,
  switchView,
  toggleBlank,
  toggleSpotlight,
  useLecture,
} from '../../store/lecture';
import { advanceLesson, backInLesson, hasLesson, lessonLength, showLessonStep } from '../../store/lessons';
import { isSpeaker, openSpeaker } from '../../store/speaker';
import { useApp } from '../../store/store';
import { toggleFullScreen } from './full-screen';

export function useLectureKeys(): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
      const target = targetOf(event.target instanceof Element ? event.target : null);
      if (target === 'typing' || useApp.getState().dialog !== null) return;
      if (target === 'pressable' && (event.key === 'Enter' || event.key === ' ')) return;
      const action = actionFor(event.key);
      if (action === null) return;
      event.preventDefault();
      event.stopPropagation();
      action();
    };
    // Before the page's own keys, after a meaning that is shown (Glossed): that one listens at the window.
    document.addEventListener('keydown', onKeyDown, { capture: true });
    return () => document.removeEventListener('keydown', onKeyDown, { capture: true });
  }, []);
}

function actionFor(key: string): (() => void) | null {
  const { presenting, lecture } = useApp.getState();
  const { blank } = useLecture.getState();
  // A blank screen comes back by whatever key a lecturer hits first, and nothing has moved meanwhile.
  if (blank && !/^(?:Shift|Control|Alt|Meta|F\d+)$/.test(key)) return toggleBlank;
  if (key === 'Escape' && !isSpeaker())
    return lecture !== null ? () => openLecture(null) : presenting ? togglePresenting : null;
  return (presenting ? presenterKey(key) : null) ?? toolKey(key);
}

function presenterKey(key: string): (() => void) | null {
  switch (key.toLowerCase()) {
    case 'v':
      return switchView;
    case 'f':
      return toggleFullScreen;
    case 'b':
    case '.': // what many clickers send to blank the screen
      return toggleBlank;
    case 's':
      return isSpeaker() ? null : openSpeaker;
    case 'l':
      return toggleSpotlight;
    default:
      return null;
  }
}

function toolKey(key: string): (() => void) | null {
  const state = useApp.getState();
  const tool = readTool(state.lecture);
  if (tool?.kind === 'questions') return questionKey(key);
  if (tool?.kind === 'lesson' && hasLesson()) return lessonKey(key);
  return state.presenting && tool === null && key === ' ' ? () => stepForward() : null;
}

function questionKey(key: string): (() => void) | null {
  const round = selectRound(useApp.getState());
  const { at } = useLecture.getState();
  const question = round[at];
  switch (key) {
    case 'PageDown':
    case 'ArrowRight':
    case 'Enter':
      return advanceQuestion;
    case 'PageUp':
    case 'ArrowLeft':
      return () => showQuestion(at - 1);
    case 'Home':
      return () => showQuestion(0);
    case 'End':
      return () => showQuestion(round.length - 1);
    case ' ':
      return () => {};
    default: {
      const choice = /^[1-9]$/.test(key) ? Number(key) - 1 : -1;
      return question?.choices[choice] === undefined ? null : () => answer(question, choice);
    }
  }
}

function lessonKey(key: string): (() => void) | null {
  switch (key) {
    case 'PageDown':
    case 'ArrowRight':
    case 'Enter':
      return advanceLesson;
    case 'PageUp':
    case 'ArrowLeft':
      return backInLesson;
    case 'Home':
      return () => showLessonStep(0);
    case 'End':
      return () => showLessonStep(lessonLength() - 1);
    case ' ':
      return () => {};
    default:
      return null;
  }
}
