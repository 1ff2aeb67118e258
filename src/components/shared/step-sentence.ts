/** The id of the sentence that says what the shown step does. */
export const STEP_SENTENCE = 'step-sentence';
