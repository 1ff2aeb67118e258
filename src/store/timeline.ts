/** The time line of the control plane: opened, stepped, closed. Each moment is another cluster, so the run starts anew. */
import type { ExampleId } from '../engine/control-plane/example-ids';
import { isControlPlaneLoaded, loadControlPlane } from './control-plane';
import { whileBusy } from './environment';
import { askedIn } from './modes';
import { selectTimeline } from './selectors';
import { useApp } from './store';

const FRESH_RUN = { stepIndex: 0, playing: false } as const;

/** Before its first step. flanneld's host-gw is what is played, so the cluster is carried by it. */
export async function openExample(example: ExampleId): Promise<void> {
  if (!isControlPlaneLoaded()) await whileBusy(loadControlPlane());
  useApp.setState((state) => ({
    ...FRESH_RUN,
    ...askedIn(state, 'host-gw'),
    mode: 'host-gw',
    timeline: { example, step: 0 },
    panel: 'verdict',
  }));
}

/** So many steps have happened; kept within the time line. */
export function goToMoment(step: number): void {
  const state = useApp.getState();
  const line = selectTimeline(state);
  if (line === null || state.timeline === null) return;
  const kept = Math.min(Math.max(0, step), line.steps.length);
  useApp.setState({ ...FRESH_RUN, timeline: { ...state.timeline, step: kept } });
}

/** The cluster as it was before anything happened. */
export const closeTimeline = (): void => useApp.setState({ ...FRESH_RUN, timeline: null });
