/** A cluster that is looked at for two pods of one node. */
import type { SameNodePair } from './modes';
import { nodeOf } from './places';
import { hostNamed, type Topology } from './topology';

/** The pair's cluster, captured at both pods and, to show that nothing passes there, at their node's cards. */
export function onOneNode({ topology, from, to }: SameNodePair): Topology {
  const pod = hostNamed(topology, from);
  const node = pod === null ? null : nodeOf(topology, pod).name;
  const near = topology.capturePoints.filter(({ host }) => host === from || host === node);
  const own = near.find(({ host }) => host === from);
  const far = topology.capturePoints.find(({ host }) => host === to) ?? { id: to, host: to, dev: own?.dev ?? 'eth0' };
  return { ...topology, capturePoints: [...near, far] };
}
