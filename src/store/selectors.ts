/**
 * Everything the page shows that can be computed from the choices. A selector returns part of the state or a memoized
 * value, never a fresh object, since zustand compares by reference.
 */
import type { Session, SessionCapture } from '../engine/analysis/session';
import { type StepSize, stopsOf } from '../engine/analysis/stops';
import { invariant } from '../engine/base/result';
import type { Step } from '../engine/sim/trace';
import { type Catalogue, catalogue } from '../i18n';
import { scenarioById } from './scenarios';
import type { AppState } from './store';

let engine: typeof import('./engine') | null = null;

/** The engine is loaded as a file of its own; nothing is selected before it is there. */
export function provideEngine(loaded: typeof import('./engine')): void {
  engine = loaded;
}

/** Remembers the last answer for the last inputs, compared one by one by reference. */
function lastOf<I extends readonly unknown[], R>(compute: (...input: I) => R): (...input: I) => R {
  let known: { readonly input: I; readonly result: R } | null = null;
  return (...input) => {
    if (known === null || known.input.some((value, i) => value !== input[i]))
      known = { input, result: compute(...input) };
    return known.result;
  };
}

const readable = (files: AppState['files']): readonly SessionCapture[] =>
  files.flatMap(({ id, name, capture }) => (capture === null ? [] : [{ id, name, capture, role: null }]));

const sessionOf = lastOf(
  (scenarioId: string, command: string, files: AppState['files'], roles: AppState['roles']): Session => {
    const scenario = scenarioById(scenarioId);
    const own = readable(files).map((file) => ({ ...file, role: roles.get(file.id) ?? null }));
    invariant(engine !== null, 'the engine is loaded before anything is shown');
    return engine.openSession({
      topology: scenario.topology,
      command,
      captures: own.length > 0 ? own : scenario.captures,
    });
  },
);

/** True while none of the user's files can be read, or none is open: the scenario's own captures are compared. */
export const selectShowsSample = (s: AppState): boolean => s.files.every((file) => file.capture === null);

/** The run and its comparison, for what is open now. */
export const selectSession = (s: AppState): Session => sessionOf(s.scenario, s.command, s.files, s.roles);

/** True where the captures fit no known cluster, and the shown one was built from them. */
export const selectClusterIsInferred = (s: AppState): boolean => {
  const { inferred, topology } = selectSession(s);
  return inferred !== null && topology.name !== scenarioById(s.scenario).topology.name;
};

export const selectStepCount = (s: AppState): number => selectSession(s).trace.steps.length;

/** The step shown: the chosen index, kept within the trace. */
export const selectStepIndex = (s: AppState): number => Math.min(s.stepIndex, Math.max(0, selectStepCount(s) - 1));

export const selectStep = (s: AppState): Step | null => selectSession(s).trace.steps[selectStepIndex(s)] ?? null;

export const selectStops = (s: AppState, size: StepSize): readonly number[] => stopsOf(selectSession(s).trace, size);

export const selectText = (s: AppState): Catalogue => catalogue(s.lang);
