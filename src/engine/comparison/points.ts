/** The capture points shown side by side: those the topology lists, and those that files were taken at besides. */
import { deviceKey, packetsOf, type Trace } from '../sim/trace';
import { type CapturePoint, hostNamed, type Topology } from '../topology/topology';
import type { CapturesByPoint } from './compare';
import type { PointCapture } from './pairing';
import { hostsIn } from './places';
import { predictedByDevice } from './predicted';
import { pointId } from './roles';
import type { FileRole, SessionCapture } from './session';

/** The file of each point; where several were taken for one, the first. */
export function filesByPoint(captures: readonly SessionCapture[], roles: readonly FileRole[]): CapturesByPoint {
  const files = new Map<string, PointCapture>();
  for (const { point, file, evidence } of roles) {
    const one = captures.find(({ id }) => id === file);
    const isSecond = evidence.some(({ kind }) => kind === 'second');
    if (one !== undefined && point !== null && !isSecond && !files.has(point)) files.set(point, one);
  }
  return files;
}

/** Listed points in their order, then the extra ones. */
export function pointsOf(topology: Topology, roles: readonly FileRole[]): readonly CapturePoint[] {
  const wanted = new Set(roles.flatMap(({ point }) => (point === null ? [] : [point])));
  const listed = new Set(topology.capturePoints.map(({ id }) => id));
  if ([...wanted].every((id) => listed.has(id))) return topology.capturePoints;
  const hosts = new Set([...wanted].flatMap(hostsIn).flatMap((name) => hostNamed(topology, name) ?? []));
  const extra = [...hosts].flatMap(({ name, devices }) =>
    devices.flatMap(({ name: dev }) => {
      const id = pointId(topology, { host: name, dev });
      return wanted.has(id) && !listed.has(id) ? [{ id, host: name, dev }] : [];
    }),
  );
  return [...topology.capturePoints, ...extra];
}

/**
 * Extra points put where the first packet of the run passes them: node1's cni0 between pod1 and node1's card. Listed
 * points keep their order; an extra point that packet does not pass stands behind the listed one of its host.
 */
export function inTravelOrder(
  points: readonly CapturePoint[],
  topology: Topology,
  trace: Trace,
): readonly CapturePoint[] {
  const listed = points.filter(({ id }) => topology.capturePoints.some((point) => point.id === id));
  const extra = points.filter((point) => !listed.includes(point));
  const stepAt = firstSteps(trace);
  const step = ({ host, dev }: CapturePoint): number | null => stepAt.get(deviceKey(host, dev)) ?? null;
  const ordered = [...listed];
  for (const point of [...extra].sort(
    (a, b) => (step(a) ?? Number.POSITIVE_INFINITY) - (step(b) ?? Number.POSITIVE_INFINITY),
  )) {
    const own = step(point);
    const behind =
      own === null ? ordered.findLastIndex(({ host }) => host === point.host) : lastBefore(ordered, step, own);
    ordered.splice(behind < 0 && own === null ? ordered.length : behind + 1, 0, point);
  }
  return ordered;
}

function lastBefore(
  points: readonly CapturePoint[],
  step: (point: CapturePoint) => number | null,
  own: number,
): number {
  return points.findLastIndex((point) => {
    const other = step(point);
    return other !== null && other <= own;
  });
}

/** Where the first packet that is no ARP passes, and when. */
function firstSteps(trace: Trace): ReadonlyMap<string, number> {
  const made = [...packetsOf(trace).values()].find(
    ({ what }) => what.kind !== 'arp-request' && what.kind !== 'arp-reply',
  );
  const steps = new Map<string, number>();
  for (const [key, frames] of predictedByDevice(trace)) {
    const first = frames.find(({ packet }) => packet === made?.packet);
    if (first !== undefined) steps.set(key, first.step);
  }
  return steps;
}
