/** The cluster in every mode, made piece by piece where it is large, and the same ping in all of them. */
import type { InParts } from '../engine/base/in-parts';
import { openSession } from '../engine/comparison/session';
import { tunnelled } from '../engine/topology/modes';
import type { Topology } from '../engine/topology/topology';
import { firstOnWire, type OnWire } from '../engine/verdict/on-wire';
import { lastOf } from './last-answers';
import { carriedBy, carriedClusters, sameNodeCommand } from './modes';
import { scenarioOf } from './scenarios';
import { type AppState, MODES, type Mode } from './store';

/** The cluster in a mode, a piece at a time: then nothing of it is left to be made. */
export function* carriedInParts(s: AppState, mode: Mode): InParts<Topology> {
  const scenario = scenarioOf(s);
  const { topology } = scenario;
  const known = carriedClusters.get(topology) ?? new Map<Mode, Topology>();
  if ((mode === 'vxlan' || mode === 'ipip') && !known.has(mode))
    carriedClusters.set(topology, known.set(mode, yield* tunnelled(topology, mode)));
  return carriedBy(scenario, mode);
}

/** A mode, and the first packet of its ping as it leaves the sender's node. */
export interface Carried {
  readonly mode: Mode;
  readonly command: string;
  readonly seen: OnWire | null;
}

const carriedByMode = new WeakMap<Topology, Carried>();

/** That ping in one mode. */
export function carriedAs(s: AppState, mode: Mode): Carried {
  const scenario = scenarioOf(s);
  const topology = carriedBy(scenario, mode);
  const command = mode === 'same-node' ? (sameNodeCommand(scenario) ?? scenario.command) : scenario.command;
  const known = carriedByMode.get(topology);
  if (known?.mode === mode) return known;
  const { trace } = openSession({ topology, command, typed: true, captures: [] });
  const made = { mode, command, seen: firstOnWire(trace, topology) };
  carriedByMode.set(topology, made);
  return made;
}

const together = lastOf((...carried: readonly Carried[]): readonly Carried[] => carried);

/** The same ping in all modes, side by side. */
export const selectCarried = (s: AppState): readonly Carried[] => together(...MODES.map((mode) => carriedAs(s, mode)));
