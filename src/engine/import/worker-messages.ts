/** What the page and the worker that imports say to each other. `Source` is the browser's Blob, `Judged` the findings, unknown here. */
import type { ClusterSpec } from '../flannel/cluster-spec';
import type { Edit } from '../topology/edits';
import type { Parcel } from '../topology/parcels';
import type { AsksShown, ReportShown } from './report-shown';

export type ToImporter<Source> =
  | { readonly kind: 'import'; readonly texts: readonly (string | Source)[] }
  /** What is wrong with the cluster imported before, after these edits. */
  | { readonly kind: 'judge'; readonly number: number; readonly edits: readonly Edit[] };

/** All that comes of texts beside the cluster. */
export interface ImportedRest {
  readonly report: ReportShown;
  /** Null where it has more than FLANNEL_PODS_MAX pods: nobody but the worker needs it then. */
  readonly flannel: ClusterSpec | null;
  readonly command: string; // what to ask of the cluster at first; '' = there is nobody to ask
  readonly lines: readonly number[]; // of each text
}

/** `started` at once, progress and parcels in their order, `imported` or `unreadable` at the end. */
export type FromImporter<Judged> =
  | { readonly kind: 'started' }
  | { readonly kind: 'progress'; readonly progress: ImportProgress }
  | { readonly kind: 'parcel'; readonly parcel: Parcel }
  | { readonly kind: 'imported'; readonly rest: ImportedRest }
  | { readonly kind: 'unreadable' }
  | { readonly kind: 'judged'; readonly number: number; readonly judged: Judged; readonly asks: AsksShown };

export interface ImportProgress {
  readonly stage: 'reading' | 'joining'; // line by line; then all of it to one cluster
  readonly characters: number; // read so far
}

/** The control plane is played on small clusters only, and what is judged on the page is small as well. */
export const FLANNEL_PODS_MAX = 5000;
