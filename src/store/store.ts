/**
 * Choices only: what is open, which step, which language. Everything that can be computed is in `selectors.ts`.
 * Actions are plain functions, so a test or a key handler calls them without React.
 */
import { create } from 'zustand';
import type { StepSize } from '../engine/analysis/stops';
import type { CaptureFile } from '../engine/capture/types';
import type { ExampleId } from '../engine/control-plane/example-ids';
import type { ClusterSpec } from '../engine/flannel/cluster-spec';
import type { ReportShown } from '../engine/import/report-shown';
import type { ImportProgress } from '../engine/import/worker-messages';
import type { Conversation } from '../engine/matching/part';
import type { Edit } from '../engine/topology/edits';
import type { FaultId } from '../engine/topology/faults';
import type { ClusterFileError } from '../engine/topology/file';
import type { Topology } from '../engine/topology/topology';
import type { Lang } from '../i18n';
import type { ClockPair } from './clocks';
import type { LoadedFile, ReadingFile } from './files';

export type Theme = 'auto' | 'light' | 'dark';
export type Panel = 'matrix' | 'ladder' | 'verdict' | 'packets';
/** How the cluster carries packets between nodes; all but host-gw are there for contrast. */
export type Mode = 'host-gw' | 'vxlan' | 'ipip' | 'same-node';
export const MODES: readonly Mode[] = ['host-gw', 'vxlan', 'ipip', 'same-node'];

/** What is run: a command line, and whether the user chose it, so that captures do not overrule it. */
export interface Asked {
  readonly command: string;
  readonly typed: boolean;
}

/** One thing the user changed: a fault from the menu, or a configuration command typed at a host. Undone as a whole. */
export interface Change {
  readonly fault: FaultId | null;
  readonly edits: readonly Edit[];
  readonly isRepair: boolean; // tried from the verdict
  /** Where the fault lies in the question: what is asked from here on, and what was asked before. */
  readonly asks: { readonly command: string; readonly before: Asked } | null;
}
/** The user's own cluster: from texts that terminals printed, or from a cluster file. */
export interface OwnCluster {
  readonly topology: Topology;
  readonly command: string; // what is asked of it at first
  readonly texts: readonly GivenText[]; // in the order they were given; none for a cluster file
  readonly report: ReportShown | null; // null for a cluster file
  readonly flannel: ClusterSpec | null; // what flannel was told, as far as the texts say; not of a large cluster
  readonly leftOut: readonly string[]; // names of texts given beside a cluster file, which stands alone
}

export interface GivenText {
  readonly name: string; // of the file; '' = pasted
  readonly text: string | Blob;
  readonly lines: number | null; // null until it has been read
}

/** Texts on their way to a cluster. */
export interface Importing extends ImportProgress {
  readonly sizeBytes: number; // of all texts
}

export interface RefusedFile {
  readonly name: string; // '' = pasted
  readonly error: ClusterFileError;
}

/** A stretch of one conversation: of each open file the packets that belong to it. */
export interface ComparedPart {
  readonly about: Conversation;
  readonly captures: ReadonlyMap<string, CaptureFile>; // by LoadedFile.id
}

/** A time line of the control plane, and how many of its steps have happened; 0: the cluster is as it was. */
export interface Moment {
  readonly example: ExampleId;
  readonly step: number; // selectors clamp it
}

/** What a link could not bring, or cannot take along; said until it is put away or another link is opened. */
export type LinkNotice =
  | { readonly kind: 'damaged' } // cut or changed on its way
  | { readonly kind: 'too-long' } // more than this page opens
  | { readonly kind: 'own-cluster' } // somebody's own, which no link holds
  | { readonly kind: 'unknown-changes'; readonly count: number } // of another version
  | { readonly kind: 'no-link' }; // what is shown does not fit

export type DialogName = 'captures' | 'cluster' | 'help' | 'nodes' | 'wire';
export const SPEEDS = [0.5, 1, 2, 4] as const;
export type Speed = (typeof SPEEDS)[number];

export interface AppState {
  readonly scenario: string; // id of one in scenarios.ts, or OWN
  readonly own: OwnCluster | null; // kept while a scenario is looked at
  readonly importing: Importing | null; // null: nothing is being imported
  readonly refused: RefusedFile | null; // the cluster file given last, where it could not be opened
  readonly command: string; // 'pod1: ping -c 1 10.244.2.2'
  readonly typed: boolean; // the user chose the command: captures do not overrule it
  readonly typedBefore: readonly string[]; // history of the command box, newest last
  readonly mode: Mode;
  readonly timeline: Moment | null; // what flanneld does; null: nothing is played
  readonly changes: readonly Change[]; // in order; the cluster is the scenario's at that moment with these applied
  readonly undone: readonly Change[]; // what redo brings back, newest last
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
  /**
   * What is compared of them, where they are too many packets to be compared whole. Null: not needed, or not found yet,
   * and then nothing is compared; 'none': nobody could find it, and the first packets of each file are.
   */
  readonly part: ComparedPart | 'none' | null;
  /** Large files that are being read: they are among `files` once they have been. */
  readonly reading: readonly ReadingFile[];
  /** File id to capture point id ('' = leave out), where the user overruled what was found. */
  readonly roles: ReadonlyMap<string, string>;
  readonly clocks: readonly ClockPair[]; // that were set against each other
  readonly fieldUnderPointer: string | null; // 'ip.ttl'; links field, byte, matrix row
  readonly presenting: boolean; // large type for a projector
  /** Which tool of a lecture is open, and with what: 'questions:ttl,held', 'fault:…', 'lesson:article'. Read by store/lecture. */
  readonly lecture: string | null;
  readonly linkNotice: LinkNotice | null;
}

export const INITIAL: AppState = {
  scenario: 'article',
  own: null,
  importing: null,
  refused: null,
  command: 'pod1: ping -c 1 10.244.2.2',
  typed: false,
  typedBefore: [],
  mode: 'host-gw',
  timeline: null,
  changes: [],
  undone: [],
  stepIndex: 0,
  stepSize: 'decision',
  playing: false,
  speed: 1,
  lang: 'en',
  theme: 'auto',
  panel: 'matrix',
  dialog: null,
  files: [],
  part: null,
  reading: [],
  roles: new Map(),
  clocks: [],
  fieldUnderPointer: null,
  presenting: false,
  lecture: null,
  linkNotice: null,
};

export const useApp = create<AppState>(() => INITIAL);
