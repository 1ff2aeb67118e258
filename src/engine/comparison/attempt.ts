/** One run set beside the captures, and the choice of the run that they agree with best. */
import { isMulticast } from '../addr/mac';
import { dissect } from '../analysis/dissect';
import type { InParts } from '../base/in-parts';
import { ok, type Result } from '../base/result';
import { type CommandError, readCommands } from '../sim/command';
import { type Draws, seeded } from '../sim/draws';
import { simulate } from '../sim/simulate';
import type { Trace } from '../sim/trace';
import type { CapturePoint, Topology } from '../topology/topology';
import { type CapturesByPoint, compareInParts } from './compare';
import type { Comparison } from './comparison';
import { inTravelOrder } from './points';
import { drawsFrom } from './seen-draws';
import { pingStartsIn } from './seen-start';

/** Any will do: it only fills in what no capture shows. */
const SEED = 1;

export interface Attempt {
  readonly command: string;
  readonly before: readonly string[];
  readonly problem: CommandError | null;
  readonly trace: Trace;
  readonly comparison: Comparison;
}

export interface Setting {
  readonly topology: Topology;
  readonly points: readonly CapturePoint[];
  readonly captures: CapturesByPoint;
}

/**
 * The first of these commands that can be run, its chance values taken from the captures. If they hold fewer questions
 * than predicted, neighbours were known already: then a run after the same command is tried too, and kept if fewer
 * frames disagree. If no command can be run, nothing happens, and `problem` says why the first one could not.
 */
export function* bestAttempt(given: Setting, commands: readonly string[]): InParts<Attempt> {
  const setting = { ...given, starts: pingStartsIn(given.topology, given.points, given.captures) };
  let problem: CommandError | null = null;
  for (const command of commands) {
    const cold = yield* attempt(setting, [command], []);
    if (cold.ok) return yield* warmer(setting, command, { ...cold.value, command });
    problem ??= cold.error;
  }
  const nothing = yield* attempt(setting, [], []);
  if (!nothing.ok) throw new Error('invariant: a run of no commands has no error');
  return { ...nothing.value, command: commands[0] ?? '', problem };
}

type Ran = Omit<Attempt, 'command'>;

/** `starts`: what the first ping of a host counts from. */
interface Started extends Setting {
  readonly starts: ReadonlyMap<string, number>;
}

function* attempt(
  setting: Started,
  run: readonly string[],
  before: readonly string[],
): InParts<Result<Ran, CommandError>> {
  const { topology, points, captures, starts } = setting;
  const first = simulate(topology, { before, run }, startingDraws(starts, before.length));
  if (!first.ok) return first;
  yield;
  const draws = captures.size === 0 ? null : drawsFrom(first.value, points, captures);
  yield;
  const again = draws === null ? first : simulate(topology, { before, run }, draws);
  yield;
  const trace = again.ok ? again.value : first.value;
  const ordered = inTravelOrder(points, topology, trace);
  return ok({ before, problem: null, trace, comparison: yield* compareInParts(trace, topology, ordered, captures) });
}

/** `before`: commands that take their numbers before it. */
function startingDraws(starts: Started['starts'], before: number): Draws {
  const pingStarts = new Map([...starts].map(([host, seq]) => [host, Array<number>(before + 1).fill(seq)]));
  return { ...seeded(SEED), pingStarts };
}

function* warmer(setting: Started, command: string, cold: Attempt): InParts<Attempt> {
  if (!lacksQuestions(cold.comparison)) return cold;
  const warmUp = warmUpOf(command);
  const warm = warmUp === null ? null : yield* attempt(setting, [command], [warmUp]);
  if (warm === null || !warm.ok) return cold;
  const isBetter = disagreements(warm.value.comparison) < disagreements(cold.comparison);
  return isBetter && !hasUnexpectedQuestion(warm.value.comparison) ? { ...warm.value, command } : cold;
}

/** Then the neighbours were not known after all: something else is different. */
const hasUnexpectedQuestion = ({ frames }: Comparison): boolean =>
  frames.flat().some(({ verdict, captured }) => {
    const frame = verdict === 'not-predicted' && captured !== null ? dissect(captured.bytes) : null;
    return frame?.arp != null && isMulticast(frame.eth.dst);
  });

const disagreements = ({ totals }: Comparison): number =>
  totals.differs + totals['not-captured'] + totals['not-predicted'];

/** A broadcast question is predicted at a point whose file holds other frames, but not this one. */
const lacksQuestions = ({ frames, journeys }: Comparison): boolean =>
  journeys.some(
    ({ what, cells }) =>
      what?.kind === 'arp-request' &&
      !what.unicast &&
      cells.some((cell, i) => cell.some(isMissing) && (frames[i] ?? []).some(({ captured }) => captured !== null)),
  );

const isMissing = ({ verdict, artefacts }: Comparison['frames'][number][number]): boolean =>
  verdict === 'not-captured' && artefacts.length === 0;

/** The same command, once: enough to fill every neighbour table on the way. */
function warmUpOf(command: string): string | null {
  return readCommands(command).ok ? command.replace(/(\s-c\s+)\d+/, '$11') : null;
}
