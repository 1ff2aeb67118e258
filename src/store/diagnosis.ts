/** The diagnosis of the files that are open, made when it is looked at. */
import type { DiagnosedSession } from '../engine/diagnosis/diagnose-session';
import type { Evidence } from '../engine/diagnosis/finding';
import { goToStep } from './actions';
import { whileBusy } from './environment';
import { openCaptures, selectCluster, selectSession } from './selectors';
import { useApp } from './store';

export async function diagnoseOpen(): Promise<DiagnosedSession> {
  const { diagnoseSession } = await whileBusy(import('./diagnosis-engine'));
  const state = useApp.getState();
  return diagnoseSession(selectCluster(state), openCaptures(state));
}

/** Shows a packet of a file: the step of the run that it was matched with, in the ladder, if there is one. */
export function goToEvidence({ file, packet }: Evidence): void {
  const { comparison } = selectSession(useApp.getState());
  const frame = comparison.frames.flat().find(({ captured }) => captured?.file === file && captured.index === packet);
  const step = frame?.predicted?.step;
  if (step !== undefined) goToStep(step);
  useApp.setState({ panel: 'ladder' });
}
