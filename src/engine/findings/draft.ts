/** A finding before its consequence is known, and the words most finders need. */

import type { Edit } from '../topology/edits';
import type { Proof } from '../verdict/proof';
import type { Evidence, FindingKind, Line, Remedy, RemedyKind, Severity } from './finding';

/** A ping to try. Asked for only when there is time to run it. */
export type Trial = () => string | null;

export interface Draft {
  readonly node: string;
  readonly evidence: Evidence;
  readonly severity: Severity;
  readonly check: readonly Proof[];
  readonly repair: readonly Remedy[];
  readonly trial: Trial | null;
}

/** How bad each kind is where no ping was tried. */
export const SEVERITY: Readonly<Record<FindingKind, Severity>> = {
  'route-missing': 'error',
  'route-wrong': 'error',
  'route-refusing': 'error',
  'route-stale': 'warning',
  'route-foreign': 'warning',
  'own-subnet-elsewhere': 'error',
  'pod-no-route': 'error',
  'link-down': 'error',
  'veth-off-bridge': 'error',
  'veth-unpaired': 'warning',
  'bridge-address': 'error',
  'mtu-below-pods': 'warning',
  'mtu-differs': 'note',
  'forwarding-off': 'error',
  'forward-drop': 'error',
  'forward-reject': 'error',
  'rp-filter-strict': 'error',
  'pod-traffic-rewritten': 'warning',
  'nodes-apart': 'error',
  'backend-mixed': 'error',
  'not-managed': 'error',
  'pod-cidr-missing': 'error',
  'pod-cidr-outside': 'error',
  'pod-cidr-shared': 'error',
  'pod-outside-cidr': 'warning',
  'public-ip-shared': 'error',
  'public-ip-elsewhere': 'error',
  'address-duplicate': 'error',
  'mac-duplicate': 'error',
};

export interface DraftParts {
  readonly check: readonly Proof[];
  readonly repair: readonly (Remedy | null)[];
  readonly trial: Trial | null;
  readonly severity?: Severity;
}

export const draft = (node: string, evidence: Evidence, { check, repair, trial, severity }: DraftParts): Draft => ({
  node,
  evidence,
  severity: severity ?? SEVERITY[evidence.kind],
  check,
  repair: repair.flatMap((one) => one ?? []),
  trial,
});

/** A remedy the model can carry out, too. */
export const byEdits = (kind: RemedyKind, ...edits: readonly Edit[]): Remedy => ({
  kind,
  edits,
  lines: edits.flatMap((edit): readonly Line[] => {
    if (edit.kind !== 'line') return [];
    const colon = edit.line.indexOf(':');
    return [{ host: edit.line.slice(0, colon), line: edit.line.slice(colon + 1).trim() }];
  }),
});

/** A remedy for people alone. */
export const byHand = (kind: RemedyKind, ...lines: readonly Line[]): Remedy => ({ kind, edits: [], lines });

export const anywhere = (line: string): Line => ({ host: null, line });

/** flannel's pod of one node; the DaemonSet starts it anew. Names as in flannel's kube-flannel.yml. */
export const restartFlannel = (node: string): Line =>
  anywhere(`kubectl -n kube-flannel delete pod -l app=flannel --field-selector spec.nodeName=${node}`);
