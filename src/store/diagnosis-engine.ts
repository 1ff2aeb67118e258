/** The diagnosis of open captures: loaded when it is first looked at. */
export { diagnoseSession } from '../engine/diagnosis/diagnose-session';
