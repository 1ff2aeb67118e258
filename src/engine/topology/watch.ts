/** Which way through the cluster is looked at: the capture points, and with them the nodes drawn in full. */
import { err, ok, type Result } from '../base/result';
import { cardOf, nodeOf } from './places';
import { type CapturePoint, type Host, hostNamed, type Topology } from './topology';

export type WatchError = { readonly kind: 'unknown-host'; readonly host: string };

/** Sender, its node's card, the other node's card, receiver; what is on one node, or is a node itself, leaves out the cards. */
export function watch(topology: Topology, from: string, to: string): Result<Topology, WatchError> {
  const [near, far] = [hostNamed(topology, from), hostNamed(topology, to)];
  if (near === null) return err({ kind: 'unknown-host', host: from });
  if (far === null) return err({ kind: 'unknown-host', host: to });
  const [nearNode, farNode] = [nodeOf(topology, near), nodeOf(topology, far)];
  const nodes = nearNode === farNode ? [] : [nearNode, farNode];
  const points = [
    pointAt(near, endOf(near)),
    ...nodes.map((node) => pointAt(node, cardOf(node)?.name ?? null)),
    pointAt(far, endOf(far)),
  ].filter((point) => point !== null);
  const distinct = [...new Map(points.map((point) => [`${point.host} ${point.dev}`, point])).values()];
  return ok({ ...topology, capturePoints: distinct });
}

const pointAt = (host: Host, dev: string | null): CapturePoint | null =>
  dev === null ? null : { id: host.name, host: host.name, dev };

/** A pod's only cable; a node's card. */
const endOf = (host: Host): string | null =>
  host.role === 'pod'
    ? (host.devices.find(({ link }) => link.kind === 'veth')?.name ?? null)
    : (cardOf(host)?.name ?? null);
