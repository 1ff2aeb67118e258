/** What a click or a key does. Plain functions over the store; the only callers of `setState`. */
import type { StepSize } from '../engine/analysis/stops';
import type { Edit } from '../engine/topology/edits';
import { isLoaded, type Lang, loadCatalogue } from '../i18n';
import { cancelAll, readInTurn } from './file-reading';
import { nextId, readSmall, refuseFolder } from './files';
import { askedIn } from './modes';
import { type LineError, readLine, wayTo } from './offers';
import { scenarioOf } from './scenarios';
import { selectCluster, selectStepCount, selectStepIndex, selectStops } from './selectors';
import {
  type AppState,
  type Asked,
  type Change,
  type DialogName,
  type Mode,
  type Panel,
  SPEEDS,
  type Theme,
  useApp,
} from './store';

const get = useApp.getState;
const set = useApp.setState;

/** Goes to a step, by 0-based index; kept within the trace. */
export function goToStep(index: number): void {
  const last = Math.max(0, selectStepCount(get()) - 1);
  set({ stepIndex: Math.min(Math.max(0, index), last) });
}

/** One stop on, of the chosen step size or the given one. Stops playing at the end. */
export function stepForward(size: StepSize = get().stepSize): void {
  const stepIndex = selectStepIndex(get());
  const [next, after] = selectStops(get(), size).filter((stop) => stop > stepIndex);
  set({ stepIndex: next ?? stepIndex, playing: get().playing && after !== undefined });
}

export function stepBack(size: StepSize = get().stepSize): void {
  const stepIndex = selectStepIndex(get());
  goToStep(selectStops(get(), size).findLast((stop) => stop < stepIndex) ?? 0);
}

export const goToFirst = (): void => set({ stepIndex: 0, playing: false });
export const goToLast = (): void => {
  set({ playing: false });
  goToStep(Number.MAX_SAFE_INTEGER);
};

/** Starts playing from here, or from the start when at the end. */
export function togglePlaying(): void {
  const { playing } = get();
  const stepIndex = selectStepIndex(get());
  const atEnd = stepIndex >= selectStepCount(get()) - 1;
  set(playing ? { playing: false } : { playing: true, stepIndex: atEnd ? 0 : stepIndex });
}

export function changeSpeed(by: 1 | -1): void {
  const at = SPEEDS.indexOf(get().speed) + by;
  const speed = SPEEDS[at];
  if (speed !== undefined) set({ speed });
}

const LARGE_HOSTS = 2000;

/** Makes a choice: with a large cluster once what it comes to is worked out, so that the page is not blocked meanwhile. */
function choose(choice: (state: AppState) => Partial<AppState>): void {
  if (selectCluster(get()).hosts.length <= LARGE_HOSTS) set(choice);
  else
    void import('./beforehand').then(
      ({ chosen }) => chosen(choice),
      () => set(choice), // what is loaded later may be gone from the server: then the page stands still for it
    );
}

const FRESH_RUN = { stepIndex: 0, playing: false } as const;

/** Another cluster, from its first step, with its own captures. */
export function openScenario(scenario: string): void {
  cancelAll();
  set((state) => ({
    ...FRESH_RUN,
    scenario,
    command: scenarioOf({ scenario, own: state.own }).command,
    typed: false,
    mode: 'host-gw',
    timeline: null,
    changes: [],
    undone: [],
    files: [],
    roles: new Map(),
    clocks: [],
  }));
}

/** Choices that come from outside: a link somebody shared. */
export function restore(choices: Partial<AppState>): void {
  const { lang } = choices;
  const apply = () => set({ ...choices, playing: false });
  if (lang === undefined || isLoaded(lang)) apply();
  else void loadCatalogue(lang).then(apply);
}

export const setStepSize = (stepSize: StepSize): void => set({ stepSize });
/** The language changes once its texts are there. */
export const setLang = (lang: Lang): void => void loadCatalogue(lang).then(() => set({ lang }));
export const setTheme = (theme: Theme): void => set({ theme });
export const setPanel = (panel: Panel): void => set({ panel });
export const openDialog = (dialog: DialogName): void =>
  (dialog === 'wire' ? choose : set)(() => ({ dialog, playing: false }));
export const dismissLinkNotice = (): void => set({ linkNotice: null });
export const closeDialog = (): void => set({ dialog: null, refused: null });
export const pointAtField = (fieldUnderPointer: string | null): void => set({ fieldUnderPointer });
export const togglePresenting = (): void => set(({ presenting }) => ({ presenting: !presenting, dialog: null }));
export const openLecture = (lecture: string | null): void => set({ lecture, playing: false, dialog: null });
export const setSpeed = (speed: AppState['speed']): void => set({ speed });

/** Adds files to those open; the sample's own captures step aside. Empty folders are only named. */
export async function openFiles(files: readonly File[], emptyFolders: readonly string[] = []): Promise<void> {
  const small = await Promise.all(files.map(readSmall));
  const loaded = [...small.filter((file) => file !== null), ...emptyFolders.map(refuseFolder)];
  const large = files.filter((_, i) => small[i] === null);
  if (loaded.length + large.length === 0) return;
  choose((state) => ({ files: [...state.files, ...loaded], dialog: 'captures', playing: false }));
  await Promise.all(large.map((file) => readInTurn(file, nextId())));
}
export const removeFile = (id: string): void =>
  choose((state) => ({ files: state.files.filter((file) => file.id !== id) }));
export function removeAllFiles(): void {
  cancelAll();
  choose(() => ({ files: [], roles: new Map(), clocks: [], stepIndex: 0 }));
}

/** Overrules which capture point a file belongs to; '' leaves the file out; null goes back to what was found. */
export const assignRole = (fileId: string, point: string | null): void =>
  choose((state) => {
    const roles = new Map(state.roles);
    if (point === null) roles.delete(fileId);
    else roles.set(fileId, point);
    return { roles };
  });

/** Types a command at a host: 'pod1: ping -c 3 10.244.2.2'. It is run on the cluster as it stands. */
export const runCommand = (command: string): void => choose(() => ({ ...FRESH_RUN, command, typed: true }));

/**
 * What a line typed at a host comes to: configuration is a change of the cluster, anything else is run. Gives what is
 * wrong with the line, or null when it was carried out.
 */
export function typeLine(line: string): LineError | null {
  const read = readLine(get(), line);
  if (!read.ok) return read.error;
  set(({ typedBefore }) => ({ typedBefore: [...typedBefore.filter((one) => one !== line), line] }));
  if (read.value.kind === 'change') makeChange({ fault: null, edits: read.value.edits, isRepair: false });
  else runCommand(line);
  return null;
}

/** Breaks or changes the cluster; `command` replaces the one at hand where the fault is in the question. */
export const makeChange = (change: Omit<Change, 'asks'>, command: string | null = null): void =>
  choose((state) => {
    const { command: was, typed } = state;
    const asks = command === null ? null : { command, before: { command: was, typed } };
    return {
      ...FRESH_RUN,
      changes: [...state.changes, { ...change, asks }],
      undone: [],
      panel: 'verdict',
      ...(command === null ? {} : { command, typed: true }),
    };
  });

/** Only the picture changes: the run and its step stay. Moves of one host in a row are one change. */
export const changePicture = (edit: Extract<Edit, { kind: 'place' | 'lay-out' }>): void =>
  set(({ changes }) => {
    const last = changes.at(-1)?.edits;
    const [before] = last ?? [];
    const again = last?.length === 1 && before?.kind === 'place' && edit.kind === 'place' && before.host === edit.host;
    const change: Change = { fault: null, edits: [edit], isRepair: false, asks: null };
    return { changes: [...(again ? changes.slice(0, -1) : changes), change], undone: [] };
  });

export const isOfPicture = ({ edits }: Change): boolean =>
  edits.length > 0 && edits.every(({ kind }) => kind === 'place' || kind === 'lay-out');

const freshAfter = (change: Change): Partial<AppState> => (isOfPicture(change) ? {} : FRESH_RUN);

/** Looks at the way from the sender at hand to another host, which is drawn in full, and pings it. */
export function lookAt(to: string): void {
  const made = wayTo(get(), to);
  if (made !== null) makeChange({ fault: null, edits: [made.edit], isRepair: false }, made.command);
}

/** The question as it was before a change replaced it, unless another has been asked since. */
const unasked = ({ command }: AppState, change: Change): Partial<Asked> =>
  change.asks === null || change.asks.command !== command ? {} : change.asks.before;

export const undoChange = (): void =>
  choose((state) => {
    const last = state.changes.at(-1);
    if (last === undefined) return {};
    const changes = state.changes.slice(0, -1);
    return { ...freshAfter(last), ...unasked(state, last), changes, undone: [...state.undone, last] };
  });

export const redoChange = (): void =>
  choose(({ changes, undone }) => {
    const next = undone.at(-1);
    if (next === undefined) return {};
    const asked = next.asks === null ? {} : { command: next.asks.command, typed: true };
    return { ...freshAfter(next), ...asked, changes: [...changes, next], undone: undone.slice(0, -1) };
  });

/** Takes one change back, wherever it stands in the list. */
export const removeChange = (index: number): void =>
  choose((state) => {
    const gone = state.changes[index];
    if (gone === undefined) return {};
    const changes = state.changes.filter((_, i) => i !== index);
    return { ...freshAfter(gone), ...unasked(state, gone), changes, undone: [] };
  });

/** The cluster and the command as they were at first. */
export const resetChanges = (): void =>
  choose((state) => ({
    ...FRESH_RUN,
    timeline: null,
    changes: [],
    undone: [],
    command: scenarioOf(state).command,
    typed: false,
    mode: 'host-gw',
  }));

/** Another way from pod to pod. Two pods of one node are asked in their own words, and back again. */
export const setMode = (mode: Mode): void =>
  choose((state) => {
    const asked = askedIn(state, mode);
    return { ...FRESH_RUN, mode, timeline: null, panel: 'verdict', ...asked };
  });
