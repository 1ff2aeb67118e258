/** The model, the comparison and the verdict: most of the program, loaded beside the page itself. */

export { wayOf } from '../engine/analysis/way';
export { captureFileOf } from '../engine/comparison/predicted';
export { openSession, sessionInParts } from '../engine/comparison/session';
export { readCommands } from '../engine/sim/command';
export { applyEdits } from '../engine/topology/edits';
export { FAULTS } from '../engine/topology/faults';
export { asIpip, asVxlan, sameNodePair, tunnelled } from '../engine/topology/modes';
export { offersAt } from '../engine/topology/offers';
export { onOneNode } from '../engine/topology/one-node';
export { firstOnWire, onWire } from '../engine/verdict/on-wire';
export { verdictOf } from '../engine/verdict/verdict';
