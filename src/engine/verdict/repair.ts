/** What a repair is: edits, or the same question put differently. repairs.ts finds them; a test applies each one. */
import type { Edit } from '../topology/edits';

export type RepairKind =
  | 'add-route' // the route flannel would have written
  | 'routes-on-router' // nodes are not neighbours: the router must know the pod networks
  | 'link-up' // and the routes that went with it
  | 'on-bridge' // the pod's cable back on the bridge
  | 'forwarding-on'
  | 'rp-filter-loose'
  | 'accept-in-chain' // before whatever refuses
  | 'policy-accept'
  | 'raise-mtu'
  | 'smaller-ping'
  | 'larger-ttl'
  | 'existing-pod'
  | 'guard-off' // in the cloud's or hypervisor's settings
  | 'no-snat'
  | 'open-port';

export interface Repair {
  readonly kind: RepairKind;
  readonly edits: readonly Edit[];
  readonly command: string | null; // to be run instead, where the fault lies in the question
}

export const repair = (kind: RepairKind, ...edits: readonly Edit[]): Repair => ({ kind, edits, command: null });
export const lineAt = (host: { readonly name: string }, command: string): Edit => ({
  kind: 'line',
  line: `${host.name}: ${command}`,
});
