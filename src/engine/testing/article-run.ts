/** The article's cluster with edits, a command run on it, and the verdict: what tests of faults and repairs begin with. */

import { seeded } from '../sim/draws';
import { simulate } from '../sim/simulate';
import type { Trace } from '../sim/trace';
import { applyEdits, type Edit } from '../topology/edits';
import { article } from '../topology/scenarios/article';
import type { Topology } from '../topology/topology';
import { type Verdict, verdictOf } from '../verdict/verdict';

/** Edits as an operator types them: 'node1: ip route del 10.244.2.0/24'. */
export const typed = (...lines: readonly string[]): readonly Edit[] => lines.map((line) => ({ kind: 'line', line }));

export function edited(edits: readonly Edit[], topology: Topology = article): Topology {
  const result = applyEdits(topology, edits);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

export function traced(topology: Topology, command: string, seed = 1): Trace {
  const result = simulate(topology, { run: [command] }, seeded(seed));
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

export function judged(topology: Topology, command: string, seed = 1): Verdict {
  const verdict = verdictOf(traced(topology, command, seed), topology, command);
  if (verdict === null) throw new Error(`no verdict on ${command}`);
  return verdict;
}

/** Printed lines without what differs from run to run: milliseconds. */
export const withoutTimes = (lines: readonly string[]): readonly string[] =>
  lines.map((line) =>
    line
      .replace(/time=[\d.]+ ms/, 'time=N ms')
      .replace(/time \d+ms/, 'time Nms')
      .replace(/= [\d./]+ ms/, '= N ms'),
  );
