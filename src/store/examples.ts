/** Commands to begin with, for the cluster shown. */
import { wayOf } from '../engine/analysis/way';
import { type Example, examplesOf } from '../engine/topology/examples';
import type { Topology } from '../engine/topology/topology';
import { lastOf } from './last-answers';
import { type Scenario, scenarioOf } from './scenarios';
import { selectCluster } from './selectors';
import type { AppState } from './store';

const examplesIn = lastOf(({ command: first }: Scenario, cluster: Topology, command: string): readonly Example[] => {
  const way = wayOf(cluster, command) ?? wayOf(cluster, first);
  return way === null ? [] : examplesOf(cluster, way);
});

/** Commands worth trying, with addresses of this cluster. */
export const selectExamples = (s: AppState): readonly Example[] =>
  examplesIn(scenarioOf(s), selectCluster(s), s.command);
