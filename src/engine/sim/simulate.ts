/** The way in: a topology and commands typed at its hosts become a finished trace. */
import { err, ok, type Result } from '../base/result';
import { timerOf } from '../net/neighbour';
import { toldHosts } from '../topology/host-index';
import { hostNamed, rememberedOf, type Topology } from '../topology/topology';
import { type CommandError, type PlacedCommand, readCommands } from './command';
import type { Draws } from './draws';
import { advance, LAYERS } from './kernel';
import { Run } from './run';
import type { ScriptLine } from './script';
import type { Trace } from './trace';
import { worldOf } from './world';

/** A run is cut off here; `Trace.complete` then says so. A routing loop of 255 hops needs about 5,000. */
export const STEPS_MAX = 10_000;
/** And here, for floods that note little. */
const TASKS_MAX = 1_000_000;

export interface Script {
  /** 'host: command' lines that run before the capture starts. */
  readonly before?: readonly string[];
  readonly run: readonly string[];
}

/** Runs the commands to the end and gives every step. Same input, same trace. */
export function simulate(
  topology: Topology,
  script: Script,
  draws: Draws,
  stepsMax = STEPS_MAX,
): Result<Trace, CommandError> {
  const lines: ScriptLine[] = [];
  for (const [texts, recorded] of [
    [script.before ?? [], false],
    [script.run, true],
  ] as const) {
    for (const text of texts) {
      const read = placed(topology, text);
      if (!read.ok) return read;
      lines.push(...read.value.map((line) => ({ ...line, recorded })));
    }
  }
  const run = new Run({ ...worldOf(topology, draws), script: lines }, LAYERS);
  run.recording = false;
  wakeNeighbours(run, topology);
  run.later(0, { kind: 'next-command' });
  let initial = run.world;
  let tasks = 0;
  while (run.steps.length < stepsMax && tasks < TASKS_MAX && advance(run)) {
    tasks += 1;
    if (run.steps.length === 0) initial = run.world;
  }
  const complete = run.steps.length < stepsMax && tasks < TASKS_MAX;
  return ok({ initial, steps: run.steps.slice(0, stepsMax), complete });
}

function placed(topology: Topology, text: string): Result<readonly PlacedCommand[], CommandError> {
  const read = readCommands(text);
  if (!read.ok) return read;
  const stranger = read.value.find(({ host }) => hostNamed(topology, host) === null);
  return stranger === undefined ? read : err({ kind: 'unknown-host', host: stranger.host });
}

/** Sets the timers of entries that the hosts remember from before the run. */
function wakeNeighbours(run: Run, topology: Topology): void {
  for (const host of toldHosts(topology.hosts)) {
    if (rememberedOf(host).length === 0) continue;
    for (const [key, { entry, timer }] of run.host(host.name).neighbours) {
      const delayUs = timerOf(entry);
      if (delayUs !== null) run.byTimer(delayUs, { kind: 'neighbour-timer', host: host.name, key, timer });
    }
  }
}
