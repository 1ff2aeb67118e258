/** The choices of a question: the right one among as many others as a person can weigh, in an order that gives nothing away. */
import { hash32 } from '../base/random';
import { type Choice, choiceKey, type Question } from './question';

const CHOICES_MAX = 5;
const SEED = 1;

type Made = Pick<Question, 'choices' | 'right'>;

/** Null where no other answer is plausible: then there is nothing to ask. `wrong` is in order of plausibility. */
export function among(id: string, right: Choice, wrong: readonly Choice[], max = CHOICES_MAX): Made | null {
  const kept = distinct([right, ...wrong]).slice(0, max);
  const order = kept
    .map((choice) => ({ choice, place: hash32(SEED, id, choiceKey(choice)) }))
    .sort((a, b) => a.place - b.place)
    .map(({ choice }) => choice);
  return placed(order, right);
}

/** The same, in the order given: rows of a table, or numbers going down. */
export function inOrder(right: Choice, all: readonly Choice[]): Made | null {
  return placed(distinct(all), right);
}

function placed(choices: readonly Choice[], right: Choice): Made | null {
  const key = choiceKey(right);
  const at = choices.findIndex((choice) => choiceKey(choice) === key);
  return at < 0 || choices.length < 2 ? null : { choices, right: at };
}

export function distinct(choices: readonly Choice[]): readonly Choice[] {
  const seen = new Map<string, Choice>();
  for (const choice of choices) {
    const key = choiceKey(choice);
    if (!seen.has(key)) seen.set(key, choice);
  }
  return [...seen.values()];
}
