/** Where the captures come in: a ping that ran before they were begun has counted on, and its echoes say how far. */
import { type CapturePoint, ownerOf, type Topology } from '../topology/topology';
import type { CapturesByPoint } from './compare';
import { firstSeqOf, pingsIn } from './seen-ping';

/** By host that pings: the sequence number its first ping is seen from. Hosts whose ping counts from 1 are left out. */
export function pingStartsIn(
  topology: Topology,
  points: readonly CapturePoint[],
  captures: CapturesByPoint,
): ReadonlyMap<string, number> {
  const pings = points.flatMap((point) => {
    const file = captures.get(point.id);
    return file === undefined ? [] : pingsIn(file.capture, point);
  });
  const starts = new Map<string, number>();
  const met = new Set<string>();
  for (const { src, dst, id } of pings) {
    const host = ownerOf(topology, src)?.host;
    if (host === undefined || met.has(host)) continue;
    met.add(host);
    const first = firstSeqOf(pings.filter((one) => one.src === src && one.dst === dst && one.id === id));
    if (first !== 1) starts.set(host, first);
  }
  return starts;
}
