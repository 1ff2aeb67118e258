/**
 * Everything the page shows that can be computed from the choices. A selector returns part of the state or a memoized
 * value, never a fresh object, since zustand compares by reference.
 */
import { formatIpv4 } from '../engine/addr/ipv4';
import { type StepSize, stopsOf } from '../engine/analysis/stops';
import { wayOf } from '../engine/analysis/way';
import { type InParts, inOneGo } from '../engine/base/in-parts';
import { err, ok, type Result, unreachable } from '../engine/base/result';
import type { CaptureFile } from '../engine/capture/types';
import { captureFileOf } from '../engine/comparison/predicted';
import { type Session, type SessionCapture, type SessionInput, sessionInParts } from '../engine/comparison/session';
import type { Timeline } from '../engine/control-plane/step';
import { PART_ROWS, WHOLE_PACKETS_MAX } from '../engine/matching/part-size';
import { type CommandError, readCommands } from '../engine/sim/command';
import type { Step } from '../engine/sim/trace';
import { applyEdits, type Edit, type EditError } from '../engine/topology/edits';
import { type Broken, FAULTS, type FaultId } from '../engine/topology/faults';
import { toldHosts } from '../engine/topology/host-index';
import { asIpip, asVxlan, sameNodePair } from '../engine/topology/modes';
import { offersAt, type Place } from '../engine/topology/offers';
import { onOneNode } from '../engine/topology/one-node';
import { addressOf } from '../engine/topology/places';
import { placingsAfter } from '../engine/topology/placing';
import { type CapturePoint, type HostRole, hostNamed, type Topology } from '../engine/topology/topology';
import { type OnWire, onWire } from '../engine/verdict/on-wire';
import { type Verdict, verdictOf } from '../engine/verdict/verdict';
import { type Catalogue, catalogue } from '../i18n';
import { playable, timelineOn } from './control-plane';
import type { LoadedFile } from './files';
import { OWN, type Scenario, scenarioOf } from './scenarios';
import type { AppState, Asked, Mode } from './store';

interface Answer<I, R> {
  readonly input: I;
  readonly result: R;
}

/**
 * Remembers the last answer for the last inputs, compared one by one by reference; and the one before, which is still
 * shown while the next is worked out.
 */
export function lastOf<I extends readonly unknown[], R>(compute: (...input: I) => R): (...input: I) => R {
  const { known, keep } = lastAnswers<I, R>();
  return (...input) => (known(input) ?? keep({ input, result: compute(...input) })).result;
}

function lastAnswers<I extends readonly unknown[], R>() {
  let last: Answer<I, R> | null = null;
  let before: Answer<I, R> | null = null;
  const isOf = (answer: Answer<I, R> | null, input: I): boolean =>
    answer?.input.every((value, i) => value === input[i]) === true;
  const keep = (answer: Answer<I, R>): Answer<I, R> => {
    before = last;
    last = answer;
    return answer;
  };
  const known = (input: I): Answer<I, R> | null =>
    isOf(last, input) ? last : before !== null && isOf(before, input) ? keep(before) : null;
  return { known, keep };
}

/** How many packets a file has, compared or not. */
export const packetsIn = ({ opened, capture }: LoadedFile): number =>
  opened?.index.count ?? capture?.packets.length ?? 0;

/** True where every packet is compared; else it is a part of them. */
export const isComparedWhole = (files: AppState['files']): boolean =>
  files.reduce((sum, file) => sum + packetsIn(file), 0) <= WHOLE_PACKETS_MAX;

/** The user's own files of which something is compared: what, and the place the user chose for it. */
export function openCaptures({
  files,
  roles,
  part,
}: Pick<AppState, 'files' | 'roles' | 'part'>): readonly SessionCapture[] {
  const isWhole = isComparedWhole(files);
  return files.flatMap(({ id, name, capture }) => {
    if (capture === null) return [];
    const compared = isWhole ? capture : part === 'none' ? firstOf(capture) : part?.captures.get(id);
    return compared === undefined ? [] : [{ id, name, capture: compared, role: roles.get(id) ?? null }];
  });
}

const firstParts = new WeakMap<CaptureFile, CaptureFile>();

/** Its first packets, where nobody could find better ones. */
function firstOf(capture: CaptureFile): CaptureFile {
  const known = firstParts.get(capture) ?? { ...capture, packets: capture.packets.slice(0, PART_ROWS) };
  firstParts.set(capture, known);
  return known;
}

export const carriedClusters = new WeakMap<Topology, Map<Mode, Topology>>();

/** The scenario's cluster, its packets carried as the mode says. */
export function carriedBy({ topology }: Scenario, mode: Mode): Topology {
  const known = carriedClusters.get(topology) ?? new Map<Mode, Topology>();
  const carried = known.get(mode) ?? carry(topology, mode);
  carriedClusters.set(topology, known.set(mode, carried));
  return carried;
}

function carry(topology: Topology, mode: Mode): Topology {
  switch (mode) {
    case 'host-gw':
      return topology;
    case 'vxlan':
      return asVxlan(topology);
    case 'ipip':
      return asIpip(topology);
    case 'same-node': {
      const pair = sameNodePair(topology);
      return pair === null ? topology : onOneNode(pair);
    }
    default:
      return unreachable(mode);
  }
}

export const isFault = (id: string): id is FaultId => FAULTS.some((fault) => fault.id === id);

/** What flannel was told, where the user's own texts say so. */
const flannelOf = ({ scenario, own }: AppState) => (scenario === OWN ? (own?.flannel ?? null) : null);

/** Whether the time lines can be played on the cluster, as it was before anything happened to it. */
export const selectPlayable = (s: AppState) => playable(scenarioOf(s).topology, flannelOf(s));

/** The open time line. Null: none is open, or it cannot be played here. */
export const selectTimeline = (s: AppState): Timeline | null =>
  s.timeline === null || s.mode !== 'host-gw'
    ? null
    : timelineOn(scenarioOf(s).topology, flannelOf(s), s.timeline.example);

/** How many steps of the open time line have happened. */
export const selectMoment = (s: AppState): number =>
  Math.min(s.timeline?.step ?? 0, selectTimeline(s)?.steps.length ?? 0);

/** The scenario's cluster at the moment of the time line, before the user changes anything. */
const givenCluster = (s: AppState): Topology =>
  selectTimeline(s)?.steps[selectMoment(s) - 1]?.topologyAfter ?? carriedBy(scenarioOf(s), s.mode);

/** The cluster shown: what is given, with the user's changes made one after another. */
const clusterOf = lastOf(
  (given: Topology, changes: AppState['changes']): Topology =>
    changes.reduce((now, { edits }) => {
      const changed = applyEdits(now, edits);
      return changed.ok ? changed.value : now; // tried before it was kept; but a link may hold one that fits no more
    }, given),
);

/** The cluster as it stands after the user's changes, before any capture corrects it. */
export const selectCluster = (s: AppState): Topology => clusterOf(givenCluster(s), s.changes);

const placingsIn = lastOf((given: Topology, changes: AppState['changes']) =>
  placingsAfter(
    given.layout ?? [],
    changes.flatMap(({ edits }) => edits),
  ),
);

/** Where hosts were moved to in the picture: by the cluster file, and since. */
export const selectPlacings = (s: AppState) => placingsIn(scenarioOf(s).topology, s.changes);

type Choices = readonly [
  scenario: Scenario,
  topology: Topology,
  command: string,
  typed: boolean,
  files: AppState['files'],
  roles: AppState['roles'],
  part: AppState['part'],
];

const choicesIn = (s: AppState): Choices =>
  [scenarioOf(s), selectCluster(s), s.command, s.typed, s.files, s.roles, s.part] as const;

function inputOf([scenario, topology, command, typed, files, roles, part]: Choices): SessionInput {
  // The sample's captures are of the cluster and the command as they were.
  const pristine = topology === scenario.topology && (!typed || command === scenario.command);
  const captures = !isSample(files) ? openCaptures({ files, roles, part }) : pristine ? scenario.captures : [];
  return { topology, command, typed, captures };
}

const sessions = lastAnswers<Choices, Session>();

const isSample = (files: AppState['files']): boolean => files.every((file) => file.capture === null);

/** True while none of the user's files can be read, or none is open: the scenario's own captures are compared. */
export const selectShowsSample = (s: AppState): boolean => isSample(s.files);

/** The run and its comparison, for what is open now. */
export const selectSession = (s: AppState): Session => inOneGo(shownInParts(s));

/** The same, for a page that stays live meanwhile. Nothing is left to do afterwards. */
export function* shownInParts(s: AppState): InParts<Session> {
  const input = choicesIn(s);
  const known = sessions.known(input);
  if (known !== null) return known.result;
  const result = yield* sessionInParts(inputOf(input));
  return sessions.keep({ input, result }).result;
}

/** True where the captures fit no known cluster, and the shown one was built from them. */
export const selectClusterIsInferred = (s: AppState): boolean => {
  const { inferred, topology } = selectSession(s);
  return inferred !== null && topology.name !== selectCluster(s).name;
};

export const selectStepCount = (s: AppState): number => selectSession(s).trace.steps.length;

/** The step shown: the chosen index, kept within the trace. */
export const selectStepIndex = (s: AppState): number => Math.min(s.stepIndex, Math.max(0, selectStepCount(s) - 1));

export const selectStep = (s: AppState): Step | null => selectSession(s).trace.steps[selectStepIndex(s)] ?? null;

export const selectStops = (s: AppState, size: StepSize): readonly number[] => stopsOf(selectSession(s).trace, size);

export const selectText = (s: AppState): Catalogue => catalogue(s.lang);

const verdictIn = lastOf(({ trace, topology, command }: Session): Verdict | null =>
  verdictOf(trace, topology, command),
);

/** What became of the command; null where it sends nothing. */
export const selectVerdict = (s: AppState): Verdict | null => verdictIn(selectSession(s));

const wireIn = lastOf((session: Session, verdict: Verdict | null): OnWire | null =>
  verdict === null || verdict.request === null ? null : onWire(session.trace, session.topology, verdict.request.packet),
);

/** The request as it leaves its node. */
export const selectWire = (s: AppState): OnWire | null => wireIn(selectSession(s), selectVerdict(s));

const ownSizeIn = lastOf((own: AppState['own']): { readonly nodes: number; readonly pods: number } | null => {
  if (own === null) return null;
  const { hosts } = own.topology;
  const told = toldHosts(hosts);
  const count = (role: HostRole): number => told.filter((host) => host.role === role).length;
  return { nodes: count('node'), pods: hosts.length - told.length + count('pod') };
});

/** How large the user's own cluster is; null: there is none. */
export const selectOwnSize = (s: AppState) => ownSizeIn(s.own);

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

export const sameNodeCommand = lastOf(({ topology }: Scenario): string | null => {
  const pair = sameNodePair(topology);
  return pair === null ? null : `${pair.from}: ping -c 1 ${formatIpv4(pair.ip)}`;
});

/** What is asked when the mode becomes this one: only two pods of one node need words of their own. */
export function askedIn(s: AppState, mode: Mode): Partial<Asked> {
  const scenario = scenarioOf(s);
  const own = sameNodeCommand(scenario);
  if (mode === 'same-node') return own === null ? {} : { command: own, typed: true };
  return s.mode === 'same-node' && s.command === own ? { command: scenario.command, typed: false } : {};
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

/** The capture that would be taken at a point, as a file. */
export const captureBytes = (s: AppState, point: CapturePoint): Uint8Array =>
  captureFileOf(selectSession(s).trace, point.host, point.dev);
