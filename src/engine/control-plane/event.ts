/** What happens to a cluster from outside, each at its time. What flanneld then does follows in play.ts. */
import type { Prefix } from '../addr/prefix';
import type { InterfaceAddress } from '../net/device';

export type ControlEvent =
  /** A machine's kubelet registers its Node object and the controller manager assigns the podCIDR. A new machine is plugged in beside the others. */
  | {
      readonly kind: 'node-joins';
      readonly node: string;
      readonly podCidr: Prefix | null;
      readonly address: InterfaceAddress;
    }
  | { readonly kind: 'flannel-starts'; readonly node: string } // or starts anew
  | { readonly kind: 'flannel-stops'; readonly node: string }
  | { readonly kind: 'pod-scheduled'; readonly node: string; readonly pod: string }
  | { readonly kind: 'node-deleted'; readonly node: string } // kubectl delete node
  | { readonly kind: 'powered-off'; readonly node: string }
  | { readonly kind: 'address-changed'; readonly node: string; readonly address: InterfaceAddress } // of the card; flanneld notices at its next start
  | { readonly kind: 'typed'; readonly node: string; readonly command: string }; // 'ip route del 10.244.2.0/24'

export interface TimedEvent {
  readonly atMs: number;
  readonly event: ControlEvent;
}
