/** A diagnosis of files that are open beside a cluster, each at the place that was found for it or chosen by the user. */
import { macToBytes } from '../addr/mac';
import type { CaptureFile } from '../capture/types';
import type { FileRole, SessionCapture } from '../comparison/session';
import { type PacketColumns, packetColumns } from '../matching/packet-columns';
import type { Topology } from '../topology/topology';
import { type Diagnosis, diagnose } from './diagnose';
import { type ModelView, modelOf, sharpened } from './diagnose-model';
import { lookAt, type PointFile, type Seen } from './seen';

export interface DiagnosedSession {
  readonly seen: Seen;
  readonly diagnosis: Diagnosis;
  readonly model: ModelView;
}

export function diagnoseSession(topology: Topology, captures: readonly SessionCapture[]): DiagnosedSession {
  const model = modelOf(topology, captures);
  const points = pointFiles(captures, model.session.roles, model.session.topology);
  const isGiven = model.session.inferred === null;
  const seen = lookAt(points, isGiven ? ownersIn(model.session.topology) : undefined);
  return { seen, diagnosis: sharpened(diagnose(seen), model), model };
}

/** In the order of the capture points; files without a place come last, under their own names. */
function pointFiles(
  captures: readonly SessionCapture[],
  roles: readonly FileRole[],
  { capturePoints }: Topology,
): readonly PointFile[] {
  const placed = captures.map(({ id, name, capture }) => {
    const role = roles.find(({ file }) => file === id)?.point ?? null;
    const place = capturePoints.findIndex((point) => point.id === role);
    const host = capturePoints[place]?.host ?? role ?? name;
    const point = { name: role ?? name, host, file: name, columns: columnsOf(capture) };
    return { point, place: place < 0 ? capturePoints.length : place };
  });
  return placed.sort((a, b) => a.place - b.place).map(({ point }) => point);
}

function columnsOf({ interfaces, packets }: CaptureFile): PacketColumns {
  const { columns, sink } = packetColumns();
  for (const one of interfaces) sink.interface(one);
  for (const packet of packets) {
    const { bytes, capturedLength, originalLength, seconds, nanoseconds, fileOffset } = packet;
    sink.packet(bytes, 0, capturedLength, originalLength, seconds, nanoseconds, fileOffset, packet.interface);
  }
  return columns;
}

/** Whose MAC that is, by the cluster's own account. */
export function ownersIn({ hosts }: Topology): (mac: number) => string | null {
  const owners = new Map(
    hosts.flatMap(({ name, devices }) =>
      devices
        .filter(({ link }) => link.kind !== 'loopback')
        .map(({ mac }) => [macToBytes(mac).reduce((sum, byte) => sum * 256 + byte, 0), name] as const),
    ),
  );
  return (mac) => owners.get(mac) ?? null;
}
