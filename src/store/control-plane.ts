/** Time lines of the control plane, played once for each cluster. Their engine is loaded when one is first wanted. */
import { invariant } from '../engine/base/result';
import type { ExampleId } from '../engine/control-plane/example-ids';
import type { Timeline } from '../engine/control-plane/step';
import type { ClusterSpec } from '../engine/flannel/cluster-spec';
import type { Topology } from '../engine/topology/topology';

type ControlPlane = typeof import('./cluster-engine');
let engine: ControlPlane | null = null;

export async function loadControlPlane(): Promise<void> {
  engine = await import('./cluster-engine');
}

export const isControlPlaneLoaded = (): boolean => engine !== null;

function loadedEngine(): ControlPlane {
  invariant(engine !== null, 'the control plane is loaded before a time line is opened');
  return engine;
}

/** Every flanneld looks at every row of its table, again and again: with more nodes the page would stand still for it. */
export const PLAYED_NODES_MAX = 50;

export type Playable = 'yes' | 'too-few-nodes' | 'too-many-nodes';

/** `flannel`: what flannel was told, where that is known; else the cluster itself shows it. */
export function playable(topology: Topology, flannel: ClusterSpec | null): Playable {
  const nodes = topology.hosts.filter(({ role }) => role === 'node').length;
  if (nodes > PLAYED_NODES_MAX) return 'too-many-nodes';
  return loadedEngine().exampleEvents(topology, specFor(topology, flannel), 'delete') === null
    ? 'too-few-nodes'
    : 'yes';
}

const played = new WeakMap<Topology, Map<ExampleId, Timeline | null>>();

/** Null where it cannot be played, or its engine is not there yet: another window may have opened it. */
export function timelineOn(topology: Topology, flannel: ClusterSpec | null, example: ExampleId): Timeline | null {
  if (engine === null) return null;
  const known = played.get(topology) ?? new Map<ExampleId, Timeline | null>();
  played.set(topology, known);
  const found = known.get(example);
  if (found !== undefined) return found;
  const line = play(topology, flannel, example);
  known.set(example, line);
  return line;
}

function play(topology: Topology, flannel: ClusterSpec | null, example: ExampleId): Timeline | null {
  if (playable(topology, flannel) !== 'yes') return null;
  const spec = specFor(topology, flannel);
  const events = loadedEngine().exampleEvents(topology, spec, example);
  return events === null ? null : loadedEngine().playControlPlane(topology, spec, events);
}

function specFor(topology: Topology, flannel: ClusterSpec | null): ClusterSpec {
  const { specOf, told } = loadedEngine();
  return (flannel === null ? null : told(flannel)) ?? specOf(topology);
}
