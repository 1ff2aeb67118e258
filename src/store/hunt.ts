/** Find the fault, as far as it has come in this tab: what was typed, which hints were taken, how the suspicion was judged. */
import { create } from 'zustand';
import { openSession, type Session } from '../engine/comparison/session';
import {
  type Grade,
  gradeOf,
  type Hunt,
  hideFault,
  huntsOn,
  isMended,
  openHunt,
  revealFault,
  type Suspicion,
} from '../engine/questions/hunt';
import { type CommandError, readCommands } from '../engine/sim/command';
import { applyEdits, type Edit, type EditError } from '../engine/topology/edits';
import type { FaultId } from '../engine/topology/faults';
import { hostNamed, type Topology } from '../engine/topology/topology';
import { type Verdict, verdictOf } from '../engine/verdict/verdict';
import { openLecture } from './actions';
import { readTool } from './lecture';
import { type Scenario, scenarioOf } from './scenarios';
import { useApp } from './store';

export interface TerminalEntry {
  readonly line: string; // 'node1: ip route …'
  readonly printed: readonly string[]; // empty: done, and nothing said
  readonly error: CommandError | EditError | null;
}

export interface HuntState {
  readonly code: string; // the hunt all this is about
  readonly terminal: readonly TerminalEntry[];
  readonly repairs: readonly Edit[];
  readonly hints: number; // taken so far
  readonly misses: number; // suspicions judged wrong
  readonly grade: Grade | null; // of the last suspicion
  readonly found: boolean;
}

const FRESH: HuntState = { code: '', terminal: [], repairs: [], hints: 0, misses: 0, grade: null, found: false };
export const useHunt = create<HuntState>(() => FRESH);
const get = useHunt.getState;
const set = useHunt.setState;

export const HINT_COSTS = [5, 15, 40] as const;
const MISS_COST = 10;

export const pointsOf = ({ hints, misses }: HuntState): number => {
  const paid = HINT_COSTS.slice(0, hints).reduce((sum, cost) => sum + cost, 0);
  return Math.max(0, 100 - paid - misses * MISS_COST);
};

/** The cluster as the scenario has it, the user's own too, and its own ping: a hunt begins with neither changed. */
const healthy = (scenario: string): Scenario => scenarioOf({ scenario, own: useApp.getState().own });

let lastList: { readonly of: Scenario; readonly faults: readonly FaultId[] } | null = null;

/** None where the ping fails before anything is hidden: nobody could tell the two apart. */
export function hideable(scenario: string): readonly FaultId[] {
  const of = healthy(scenario);
  if (lastList?.of !== of) {
    const { topology, command } = of;
    lastList = { of, faults: isMended(topology, command) ? huntsOn(topology, command) : [] };
  }
  return lastList.faults;
}

let lastHunt: { readonly of: Scenario; readonly code: string; readonly hunt: Hunt | null } | null = null;

/** The hunt a link asks for; null where it names none. */
export function huntFor(scenario: string, code: string): Hunt | null {
  const of = healthy(scenario);
  if (lastHunt?.of !== of || lastHunt.code !== code) {
    const fault = revealFault(code);
    const isThere = fault !== null && isMended(of.topology, of.command);
    lastHunt = { of, code, hunt: isThere ? openHunt(of.topology, of.command, fault) : null };
  }
  return lastHunt.hunt;
}

/** Each hunt begins with an empty terminal. */
export function beginHunt(code: string): void {
  if (get().code !== code) set({ ...FRESH, code });
}

export const startHunt = (fault: FaultId): void => openLecture(`fault:${hideFault(fault, drawSalt())}`);

export function drawHunt(scenario: string): void {
  const all = hideable(scenario);
  const before = readTool(useApp.getState().lecture);
  const last = before?.kind === 'fault' ? revealFault(before.code) : null;
  const others = all.filter((id) => id !== last);
  const fault = others[drawSalt() % others.length] ?? all[0];
  if (fault !== undefined) startHunt(fault);
}

const drawSalt = (): number => crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;

const clusters = new WeakMap<readonly Edit[], { readonly hunt: Hunt; readonly topology: Topology }>();

/** The broken cluster with what was tried on it. */
export function clusterNow(hunt: Hunt, repairs: readonly Edit[]): Topology {
  const known = clusters.get(repairs);
  if (known?.hunt === hunt) return known.topology;
  const applied = applyEdits(hunt.topology, repairs);
  const topology = applied.ok ? applied.value : hunt.topology; // each was tried before it was kept
  clusters.set(repairs, { hunt, topology });
  return topology;
}

const runs = new WeakMap<Topology, { readonly session: Session; readonly verdict: Verdict | null }>();

/** The failing command on a cluster. */
export function pingOn(
  topology: Topology,
  command: string,
): { readonly session: Session; readonly verdict: Verdict | null } {
  let run = runs.get(topology);
  if (run === undefined) {
    const session = openSession({ topology, command, typed: true, captures: [] });
    run = { session, verdict: verdictOf(session.trace, topology, command) };
    runs.set(topology, run);
  }
  return run;
}

const say = (entry: TerminalEntry): void => set(({ terminal }) => ({ terminal: [...terminal, entry] }));

/** A configuration command changes the cluster, and the ping is tried at once; anything else is run. */
export function typeInHunt(hunt: Hunt, line: string): void {
  const now = clusterNow(hunt, get().repairs);
  const read = readCommands(line);
  const stranger = read.ok ? read.value.find(({ host }) => hostNamed(now, host) === null) : undefined;
  if (!read.ok) say({ line, printed: [], error: read.error });
  else if (stranger !== undefined) say({ line, printed: [], error: { kind: 'unknown-host', host: stranger.host } });
  else if (read.value.every(({ command }) => command.kind === 'configure')) tryEdit(hunt, line, { kind: 'line', line });
  else say({ line, printed: printedBy(now, line), error: null });
}

function printedBy(topology: Topology, command: string): readonly string[] {
  const { trace } = openSession({ topology, command, typed: true, captures: [] });
  return trace.steps.flatMap(({ event }) => (event.kind === 'printed' ? [event.text] : []));
}

export function tryEdit(hunt: Hunt, line: string, edit: Edit): void {
  const repairs = [...get().repairs, edit];
  const applied = applyEdits(hunt.topology, repairs);
  say({ line, printed: [], error: applied.ok ? null : applied.error.error });
  if (!applied.ok) return;
  set({ repairs });
  const { verdict } = pingOn(clusterNow(hunt, repairs), hunt.command);
  say({ line: hunt.command, printed: verdict?.printed ?? [], error: null });
}

export const takeBackRepairs = (): void => set({ repairs: [], terminal: [] });

export const takeHint = (): void => set(({ hints }) => ({ hints: Math.min(hints + 1, HINT_COSTS.length) }));

export function judge(scenario: string, hunt: Hunt, suspicion: Suspicion): void {
  const { topology, command } = healthy(scenario);
  const grade = gradeOf(topology, command, hunt, suspicion);
  const found = grade.host && grade.spot && grade.cause;
  set(({ misses }) => ({ grade, found, misses: found ? misses : misses + 1 }));
}

export const isRepaired = (hunt: Hunt, repairs: readonly Edit[]): boolean =>
  repairs.length > 0 && isMended(clusterNow(hunt, repairs), hunt.command);
