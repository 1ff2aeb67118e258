/** The consequence of a finding, run by the engine: one ping as things are, and the same with the remedy applied. */
import { ipv4FromNumber, readIpv4 } from '../addr/ipv4';
import { seeded } from '../sim/draws';
import { simulate } from '../sim/simulate';
import type { Trace } from '../sim/trace';
import { applyEdits } from '../topology/edits';
import type { Topology } from '../topology/topology';
import { type Verdict, verdictOf } from '../verdict/verdict';
import type { Cluster } from './cluster';
import type { Draft } from './draft';
import { excerptFor } from './excerpt';
import type { Consequence, Remedy, Severity } from './finding';

/** Nothing that a finding says depends on what chance draws. */
const SEED = 1;

/**
 * Null where the ping cannot be run: its host is not in the cluster. `repair` null: what mends it, the verdict knows, as
 * for nodes that are no neighbours, where it depends on what stands between them.
 */
export function consequenceOf(cluster: Cluster, command: string, repair: readonly Remedy[] | null): Consequence | null {
  const part = excerptFor(cluster, command.split(':')[0] ?? '', readIpv4(command.split(' ').at(-1) ?? '') ?? NOBODY);
  const ran = run(part, command);
  if (ran === null) return null;
  const tried = (repair ?? ran.verdict.repairWith).find(({ edits }) => edits.length > 0)?.edits ?? [];
  const mended = tried.length === 0 ? null : applyEdits(part, tried);
  const repaired = mended?.ok === true ? (run(mended.value, command)?.verdict.outcome ?? null) : null;
  return { command, topology: part, ...ran, repaired };
}

const NOBODY = ipv4FromNumber(0);

function run(topology: Topology, command: string): { readonly trace: Trace; readonly verdict: Verdict } | null {
  const result = simulate(topology, { run: [command] }, seeded(SEED));
  if (!result.ok) return null;
  const verdict = verdictOf(result.value, topology, command);
  return verdict === null ? null : { trace: result.value, verdict };
}

/**
 * Packets lost because of it are an error: its remedy alone brings them back, or its kind is one that loses them. Packets
 * that arrive by a detour or in disguise are worth a warning, whatever the kind.
 */
export function severityAfter({ severity }: Draft, { verdict, repaired }: Consequence): Severity {
  if (verdict.outcome !== 'answered') return repaired === 'answered' ? 'error' : severity;
  const isOdd = verdict.ways.detours.length > 0 || verdict.rewrites.length > 0;
  return severity === 'error' || isOdd ? 'warning' : severity;
}
