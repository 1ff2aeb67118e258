/**
 * Everything the page shows that can be computed from the choices. A selector returns part of the state or a memoized
 * value, never a fresh object, since zustand compares by reference.
 */
import { type StepSize, stopsOf } from '../engine/analysis/stops';
import { type InParts, inOneGo } from '../engine/base/in-parts';
import { captureFileOf } from '../engine/comparison/predicted';
import { type Session, type SessionInput, sessionInParts } from '../engine/comparison/session';
import type { Timeline } from '../engine/control-plane/step';
import type { Step } from '../engine/sim/trace';
import { applyEdits } from '../engine/topology/edits';
import { toldHosts } from '../engine/topology/host-index';
import { placingsAfter } from '../engine/topology/placing';
import type { CapturePoint, HostRole, Topology } from '../engine/topology/topology';
import { type OnWire, onWire } from '../engine/verdict/on-wire';
import { type Verdict, verdictOf } from '../engine/verdict/verdict';
import { type Catalogue, catalogue } from '../i18n';
import { openCaptures } from './compared-packets';
import { playable, timelineOn } from './control-plane';
import { lastAnswers, lastOf } from './last-answers';
import { carriedBy } from './modes';
import { OWN, type Scenario, scenarioOf } from './scenarios';
import type { AppState } from './store';

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

/** The capture that would be taken at a point, as a file. */
export const captureBytes = (s: AppState, point: CapturePoint): Uint8Array =>
  captureFileOf(selectSession(s).trace, point.host, point.dev);
