/** What a click or a key does. Plain functions over the store; the only callers of `setState`. */
import type { StepSize } from '../engine/analysis/stops';
import { isLoaded, type Lang, loadCatalogue } from '../i18n';
import { readFiles, refuseFolder } from './files';
import { selectStepCount, selectStepIndex, selectStops } from './selectors';
import { type AppState, type DialogName, INITIAL, type Panel, SPEEDS, type Theme, useApp } from './store';

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

/** Another cluster, from its first step, with its own captures. */
export const openScenario = (scenario: string): void =>
  set({ scenario, command: INITIAL.command, stepIndex: 0, playing: false, files: [], roles: new Map() });

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
export const openDialog = (dialog: DialogName): void => set({ dialog, playing: false });
export const closeDialog = (): void => set({ dialog: null });
export const pointAtField = (fieldUnderPointer: string | null): void => set({ fieldUnderPointer });
export const setSpeed = (speed: AppState['speed']): void => set({ speed });

/** Adds files to those open; the sample's own captures step aside. Folders are only named. */
export async function openFiles(files: readonly File[], folders: readonly string[] = []): Promise<void> {
  const loaded = [...(await readFiles(files)), ...folders.map(refuseFolder)];
  if (loaded.length === 0) return;
  set((state) => ({ files: [...state.files, ...loaded], dialog: 'captures', playing: false }));
}
export const removeFile = (id: string): void =>
  set((state) => ({ files: state.files.filter((file) => file.id !== id) }));
export const removeAllFiles = (): void => set({ files: [], roles: new Map(), stepIndex: 0 });

/** Overrules which capture point a file belongs to; '' leaves the file out; null goes back to what was found. */
export const assignRole = (fileId: string, point: string | null): void =>
  set((state) => {
    const roles = new Map(state.roles);
    if (point === null) roles.delete(fileId);
    else roles.set(fileId, point);
    return { roles };
  });
