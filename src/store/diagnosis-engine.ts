/** The diagnosis of open captures: loaded when it is first looked at. */
export { modelOf, sharpened } from '../engine/diagnosis/diagnose-model';
export { isSameQuestion, questionOf } from '../engine/diagnosis/diagnose-session';
export { askMatching, stopMatching, unreadSource } from './matching-client';
