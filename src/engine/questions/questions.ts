/**
 * Questions about a run, generated from its trace: one for every decision worth predicting on the way of the request and
 * of the answer. `roundOf` picks a sequence that never gives the next answer away.
 */

import type { Step, Trace } from '../sim/trace';
import type { Topology } from '../topology/topology';
import { verdictOf } from '../verdict/verdict';
import { askMac, askOnDevice, askTtl } from './ask-frame';
import { askHeld, askPrinted } from './ask-outcome';
import { askRoute } from './ask-route';
import type { Question, QuestionKind } from './question';

/** All that can be asked of the last command of a line, in order of the run. */
export function questionsOf(trace: Trace, topology: Topology, command: string): readonly Question[] {
  const verdict = verdictOf(trace, topology, command);
  if (verdict === null) return [];
  const packets = new Set([verdict.request?.packet, verdict.answer?.packet].filter((id) => id !== undefined));
  const lookedUp = new Set<string>();
  const onTheWay = trace.steps.flatMap((step): readonly (Question | null)[] => {
    const { event } = step;
    if (!('packet' in event) || event.packet === null || !packets.has(event.packet)) return [];
    // A packet that waited is looked up again: by then the answer is in the table.
    if (event.kind !== 'neighbour-looked-up') return questionsAt(trace, step);
    const first = `${event.packet} ${event.host} ${event.dev}`;
    if (lookedUp.has(first)) return [];
    lookedUp.add(first);
    return [askMac(trace, step, event)];
  });
  const outcome = [askHeld(trace, verdict), askPrinted(trace, topology, verdict)];
  return [...onTheWay, ...outcome].filter((one) => one !== null).sort((a, b) => a.step - b.step);
}

function questionsAt(trace: Trace, step: Step): readonly (Question | null)[] {
  const { event } = step;
  switch (event.kind) {
    case 'route-looked-up':
      return askRoute(step, event);
    case 'ttl-lowered':
      return [askTtl(step, event)];
    case 'frame-sent':
      return [askOnDevice(trace, step, event)];
    default:
      return [];
  }
}

/** Of several questions at one decision one is asked, by turns, since each gives the others away. */
export function roundOf(questions: readonly Question[], kinds: readonly QuestionKind[]): readonly Question[] {
  const wanted = questions.filter(({ kind }) => kinds.length === 0 || kinds.includes(kind));
  const steps = [...new Set(wanted.map(({ step }) => step))];
  return steps.flatMap((step, turn) => {
    const here = wanted.filter((question) => question.step === step);
    return here[turn % here.length] ?? [];
  });
}
