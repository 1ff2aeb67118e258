/** How much of the captures is set beside the model (docs/decisions/0008); in a file of its own, since the first screen asks for this alone. */

/** Packets of the conversation in each file: the page answers while so many are compared, and nobody steps through more. */
export const PART_ROWS = 50;
/** Up to so many, in all files together, are compared whole. */
export const WHOLE_PACKETS_MAX = 400;
