/**
 * Choices only: what is open, which step, which language. Everything that can be computed is in `selectors.ts`.
 * Actions are plain functions, so a test or a key handler calls them without React.
 */
import { create } from 'zustand';
import type { StepSize } from '../engine/analysis/stops';
import type { Lang } from '../i18n';
import type { LoadedFile } from './files';

export type Theme = 'auto' | 'light' | 'dark';
export type Panel = 'matrix' | 'ladder';
export type DialogName = 'captures' | 'help' | 'about';
export const SPEEDS = [0.5, 1, 2, 4] as const;
export type Speed = (typeof SPEEDS)[number];

export interface AppState {
  readonly scenario: string; // id of a scenario in engine/topology/scenarios
  readonly command: string; // 'pod1: ping -c 1 10.244.2.2'
  readonly stepIndex: number; // 0-based into the trace; selectors clamp it
  readonly stepSize: StepSize;
  readonly playing: boolean;
  readonly speed: Speed;
  readonly lang: Lang;
  readonly theme: Theme;
  readonly panel: Panel;
  readonly dialog: DialogName | null;
  /** The user's own files; empty = the scenario's bundled captures are shown. */
  readonly files: readonly LoadedFile[];
  /** File id to capture point id ('' = leave out), where the user overruled what was found. */
  readonly roles: ReadonlyMap<string, string>;
  readonly fieldUnderPointer: string | null; // 'ip.ttl'; links field, byte, matrix row
}

export const INITIAL: AppState = {
  scenario: 'article',
  command: 'pod1: ping -c 1 10.244.2.2',
  stepIndex: 0,
  stepSize: 'decision',
  playing: false,
  speed: 1,
  lang: 'en',
  theme: 'auto',
  panel: 'matrix',
  dialog: null,
  files: [],
  roles: new Map(),
  fieldUnderPointer: null,
};

export const useApp = create<AppState>(() => INITIAL);
