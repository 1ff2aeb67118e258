/** The model, the comparison and the verdict: most of the program, loaded beside the page itself. */
export { firstOnWire, onWire } from '../engine/analysis/on-wire';
export { captureFileOf } from '../engine/analysis/predicted';
export { openSession } from '../engine/analysis/session';
export { verdictOf } from '../engine/analysis/verdict';
export { wayOf } from '../engine/analysis/way';
export { readCommands } from '../engine/sim/command';
export { applyEdits } from '../engine/topology/edits';
export { examplesOf } from '../engine/topology/examples';
export { FAULTS } from '../engine/topology/faults';
export { asIpip, asVxlan, sameNodePair } from '../engine/topology/modes';
export { offersAt } from '../engine/topology/offers';
export { onOneNode } from '../engine/topology/one-node';
