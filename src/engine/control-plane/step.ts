/** One step of the time line: what happened on which host, what was logged, which tables changed, and the cluster after it. */
import type { Prefix } from '../addr/prefix';
import type { Lease } from '../flannel/lease';
import type { InterfaceAddress } from '../net/device';
import type { Route } from '../net/route';
import type { Topology } from '../topology/topology';
import type { TableChange } from './changes';
import type { Errno, LogLine } from './log';

export type Happening =
  // ---- from outside
  | { readonly kind: 'node-registered'; readonly podCidr: Prefix | null; readonly isNew: boolean } // isNew: the machine was not there
  | { readonly kind: 'node-deleted' }
  | { readonly kind: 'powered-off' } // no event reaches anybody
  | {
      readonly kind: 'address-changed';
      readonly dev: string;
      readonly before: InterfaceAddress;
      readonly after: InterfaceAddress;
    }
  | { readonly kind: 'typed'; readonly command: string; readonly refused: string | null } // the tool's own words
  | { readonly kind: 'flannel-stopped' } // routes and rules stay
  | { readonly kind: 'no-such-node' }
  // ---- flanneld starts
  | { readonly kind: 'interface-chosen'; readonly dev: string; readonly address: InterfaceAddress }
  | { readonly kind: 'start-failed'; readonly why: 'no-interface' | 'no-pod-cidr' | 'outside-network' }
  | { readonly kind: 'annotated'; readonly lease: Lease; readonly changed: boolean } // changed: its peers are told
  | { readonly kind: 'rules-written' }
  | {
      readonly kind: 'subnet-env-written';
      readonly network: Prefix | null;
      readonly subnet: InterfaceAddress;
      readonly mtuBytes: number;
    }
  | { readonly kind: 'flannel-ready' } // condition NetworkUnavailable=False, reason FlannelIsUp
  // ---- leases come and go
  | { readonly kind: 'lease-added'; readonly lease: Lease }
  | { readonly kind: 'lease-removed'; readonly lease: Lease }
  | { readonly kind: 'lease-ignored'; readonly lease: Lease } // of another backend
  | { readonly kind: 'route-added'; readonly route: Route }
  | { readonly kind: 'route-kept'; readonly route: Route } // there already
  | { readonly kind: 'route-replaced'; readonly before: Route; readonly route: Route } // the old one is deleted; the new one follows
  | { readonly kind: 'route-refused'; readonly route: Route; readonly errno: Errno }
  | { readonly kind: 'route-removed'; readonly route: Route }
  | { readonly kind: 'route-gone-already'; readonly route: Route }
  // ---- flanneld's checks
  | { readonly kind: 'route-recovered'; readonly route: Route }
  | { readonly kind: 'recovery-refused'; readonly route: Route; readonly errno: Errno } // and nothing is logged
  | { readonly kind: 'rules-recovered' }
  // ---- CNI
  | { readonly kind: 'bridge-made'; readonly bridge: string; readonly address: InterfaceAddress }
  | { readonly kind: 'pod-connected'; readonly pod: string; readonly address: InterfaceAddress; readonly veth: string }
  | { readonly kind: 'cni-refused'; readonly pod: string; readonly text: string };

export type HappeningKind = Happening['kind'];

export interface ControlStep {
  readonly index: number;
  readonly atMs: number;
  readonly host: string; // where it happened
  readonly happening: Happening;
  readonly log: LogLine | null; // of flanneld on that host
  readonly changes: readonly TableChange[];
  readonly topologyAfter: Topology; // what did not change is shared with the step before
}

export interface Timeline {
  readonly initial: Topology;
  readonly steps: readonly ControlStep[];
}
