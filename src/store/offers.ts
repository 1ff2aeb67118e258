/** What can be done to the cluster as it stands: break it, change it, look along another way, type a line at a host. */
import { formatIpv4 } from '../engine/addr/ipv4';
import { wayOf } from '../engine/analysis/way';
import { err, ok, type Result } from '../engine/base/result';
import { type CommandError, readCommands } from '../engine/sim/command';
import { applyEdits, type Edit, type EditError } from '../engine/topology/edits';
import { type Broken, FAULTS, type FaultId } from '../engine/topology/faults';
import { offersAt, type Place } from '../engine/topology/offers';
import { addressOf } from '../engine/topology/places';
import { hostNamed, type Topology } from '../engine/topology/topology';
import { lastOf } from './last-answers';
import { type Scenario, scenarioOf } from './scenarios';
import { selectCluster } from './selectors';
import type { AppState } from './store';

export const isFault = (id: string): id is FaultId => FAULTS.some((fault) => fault.id === id);

const faultsOn = lastOf(({ command: first }: Scenario, cluster: Topology, command: string): readonly OfferedFault[] => {
  const way = wayOf(cluster, command) ?? wayOf(cluster, first);
  return FAULTS.map(({ id, number, on }) => ({ id, number, broken: way === null ? null : on(cluster, way) }));
});

/** A fault of the menu, and what it comes to here; null where it does not apply. */
export interface OfferedFault {
  readonly id: FaultId;
  readonly number: string;
  readonly broken: Broken | null;
}

export const selectFaults = (s: AppState): readonly OfferedFault[] =>
  faultsOn(scenarioOf(s), selectCluster(s), s.command);

/** What can be changed at a place of the cluster as it stands. */
export const offersIn = (s: AppState, place: Place): readonly Edit[] => offersAt(selectCluster(s), place);

/** The way from the sender at hand to another host: what to look at, and what to ask. Null: one of them has no address. */
export function wayTo(s: AppState, to: string): { readonly edit: Edit; readonly command: string } | null {
  const cluster = selectCluster(s);
  const [first, second] = [cluster.capturePoints[0]?.host, cluster.hosts.find(({ role }) => role === 'pod')?.name];
  const from = [s.command.split(':', 1)[0], first, second].find(
    (name) => name !== undefined && name !== to && hostNamed(cluster, name) !== null,
  );
  const target = hostNamed(cluster, to);
  const address = target === null ? null : addressOf(target);
  if (from === undefined || address === null) return null;
  return { edit: { kind: 'watch', from, to }, command: `${from}: ping -c 1 ${formatIpv4(address.ip)}` };
}

export type LineError = CommandError | EditError;
type ReadLine = { readonly kind: 'run' } | { readonly kind: 'change'; readonly edits: readonly Edit[] };

/** What a line typed at a host would come to on the cluster as it stands. */
export function readLine(s: AppState, line: string): Result<ReadLine, LineError> {
  const read = readCommands(line);
  if (!read.ok) return read;
  const stranger = read.value.find(({ host }) => hostNamed(selectCluster(s), host) === null);
  if (stranger !== undefined) return err({ kind: 'unknown-host', host: stranger.host });
  if (read.value.some(({ command }) => command.kind !== 'configure')) return ok({ kind: 'run' });
  const edits: readonly Edit[] = [{ kind: 'line', line }];
  const applied = applyEdits(selectCluster(s), edits);
  return applied.ok ? ok({ kind: 'change', edits }) : err(applied.error.error);
}
