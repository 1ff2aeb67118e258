/** The model and the comparison: most of the program, loaded beside the page itself. */
export { openSession } from '../engine/analysis/session';
