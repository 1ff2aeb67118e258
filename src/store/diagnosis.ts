/**
 * The diagnosis of the files that are open, made when it is looked at: a worker matches all their packets, and the model
 * of the command, which the page has already, sharpens what it says.
 */
import type { ModelView } from '../engine/diagnosis/diagnose-model';
import type { Answer, Asked } from '../engine/diagnosis/diagnose-session';
import type { Evidence } from '../engine/diagnosis/finding';
import type { MatchingProgress } from '../engine/diagnosis/worker-messages';
import { goToStep } from './actions';
import { isComparedWhole, openCaptures, packetsIn } from './compared-packets';
import { findPart, findStoppedPart, partFound, stopFinding } from './compared-part';
import { whileBusy } from './environment';
import type { NotAnswered } from './matching-client';
import { selectCluster, selectSession, selectVerdict } from './selectors';
import { type AppState, useApp } from './store';

export interface Diagnosed extends Answer {
  readonly model: ModelView;
  readonly ids: readonly string[]; // of the files, by their number
}

interface Latest {
  readonly files: AppState['files'];
  readonly question: Asked;
  readonly answer: Promise<Answer | NotAnswered>;
  onProgress: (progress: MatchingProgress) => void; // of whoever waits for it now
}

/** Answered or on its way: the part that is compared may change, and the question about all packets is still the same. */
let latest: Latest | null = null;

export const diagnoseOpen = (onProgress: (progress: MatchingProgress) => void): Promise<Diagnosed | NotAnswered> =>
  whileBusy(diagnosed(onProgress));

async function diagnosed(onProgress: (progress: MatchingProgress) => void): Promise<Diagnosed | NotAnswered> {
  const { askMatching, isSameQuestion, modelOf, questionOf, sharpened, unreadSource } = await import(
    './diagnosis-engine'
  );
  findStoppedPart();
  if (isPartAwaited(useApp.getState())) onProgress(searching(useApp.getState()));
  if (!(await partFound())) return 'cancelled'; // the command that the captures show is read off it
  const state = useApp.getState();
  if (isPartAwaited(state)) return 'out-of-date'; // more files are on their way
  const { files } = state;
  const captures = openCaptures(state);
  const run = { session: selectSession(state), verdict: selectVerdict(state) };
  const model = modelOf(selectCluster(state), captures, run);
  const question = questionOf(model, captures);
  if (latest?.files === files && isSameQuestion(latest.question, question)) latest.onProgress = onProgress;
  else {
    const asked = question.files.map((file) => ({ ...file, source: unreadSource(files, file.id) }));
    const hear = (progress: MatchingProgress) => latest?.onProgress(progress);
    latest = { files, question, answer: askMatching(asked, question.owners, hear), onProgress };
  }
  const own = latest;
  const answer = await own.answer;
  if (own.onProgress !== onProgress) return 'out-of-date'; // whoever asked later has it
  if (typeof answer === 'string') {
    if (latest === own) latest = null;
    return answer;
  }
  const ids = question.files.map(({ id }) => id);
  return { ...answer, model, ids, diagnosis: sharpened(answer.diagnosis, model) };
}

const isPartAwaited = ({ files, part }: AppState): boolean => !isComparedWhole(files) && part === null;

/** What the worker is at, while nothing is compared yet. */
const searching = ({ files, reading }: AppState): MatchingProgress => ({
  stage: reading.length > 0 ? 'waiting' : 'matching',
  files: files.length + reading.length,
  packets: files.reduce((sum, file) => sum + packetsIn(file), 0),
});

/** Stops the matching. To look again starts it anew. */
export function cancelDiagnosis(): void {
  stopFinding();
  void import('./diagnosis-engine').then(({ stopMatching }) => stopMatching());
}

/**
 * Shows a packet of a file: the step of the run that it was matched with, in the ladder. Of large files a part is compared:
 * another one where the packet lies outside; what cannot be compared is in the list of packets alone.
 */
export async function goToEvidence({ file, packet }: Evidence): Promise<void> {
  const { files } = useApp.getState();
  const opened = files.find(({ name }) => name === file);
  const isElsewhere = frameOf({ file, packet }) === undefined && opened !== undefined && !isComparedWhole(files);
  const isCompared = !isElsewhere || (await findPart({ file: opened.id, packet }));
  const step = frameOf({ file, packet })?.predicted?.step;
  if (step !== undefined) goToStep(step);
  useApp.setState({ panel: isCompared ? 'ladder' : 'packets' });
}

const frameOf = ({ file, packet }: Pick<Evidence, 'file' | 'packet'>) =>
  selectSession(useApp.getState())
    .comparison.frames.flat()
    .find(({ captured }) => captured?.file === file && captured.index === packet);
