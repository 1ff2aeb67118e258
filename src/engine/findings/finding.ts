/**
 * What is wrong with a cluster, as data: what was seen, what becomes of a packet because of it, how to look and how to
 * mend it. A closed list: docs/findings.md states the condition of each kind, src/i18n has its sentences.
 */
import type { Ipv4 } from '../addr/ipv4';
import type { Mac } from '../addr/mac';
import type { Prefix } from '../addr/prefix';
import type { InterfaceAddress, Port } from '../net/device';
import type { Route } from '../net/route';
import type { Trace } from '../sim/trace';
import type { Edit } from '../topology/edits';
import type { Topology } from '../topology/topology';
import type { Proof } from '../verdict/proof';
import type { RepairKind } from '../verdict/repair';
import type { Verdict } from '../verdict/verdict';

/** The row or value it rests on. */
export type Evidence =
  // ---- route tables
  | { readonly kind: 'route-missing'; readonly expected: readonly Route[]; readonly peers: readonly string[] }
  | { readonly kind: 'route-wrong'; readonly expected: Route; readonly actual: Route; readonly peer: string }
  | { readonly kind: 'route-refusing'; readonly expected: Route; readonly actual: Route; readonly peer: string }
  | { readonly kind: 'route-stale'; readonly actual: Route }
  | { readonly kind: 'route-foreign'; readonly actual: Route; readonly peer: string | null } // whose subnet it lies in
  | {
      readonly kind: 'own-subnet-elsewhere';
      readonly subnet: Prefix;
      readonly actual: Route | null;
      readonly bridge: string;
    }
  | { readonly kind: 'pod-no-route'; readonly pod: string }
  // ---- devices
  | {
      readonly kind: 'link-down';
      readonly host: string;
      readonly dev: string;
      readonly what: 'card' | 'bridge' | 'cable' | 'pod';
    }
  | { readonly kind: 'veth-off-bridge'; readonly dev: string; readonly pod: string; readonly bridge: string }
  | { readonly kind: 'veth-unpaired'; readonly dev: string; readonly peer: Port }
  | {
      readonly kind: 'bridge-address';
      readonly bridge: string;
      readonly actual: InterfaceAddress | null;
      readonly expected: InterfaceAddress;
    }
  | { readonly kind: 'mtu-below-pods'; readonly dev: string; readonly mtuBytes: number; readonly podMtuBytes: number }
  | { readonly kind: 'mtu-differs'; readonly dev: string; readonly mtuBytes: number; readonly othersBytes: number }
  // ---- what the kernel lets through
  | { readonly kind: 'forwarding-off'; readonly dev: string | null } // null: the switch of all devices
  | { readonly kind: 'forward-drop'; readonly rule: string | null } // null: the chain's policy
  | { readonly kind: 'forward-reject'; readonly rule: string }
  | { readonly kind: 'rp-filter-strict'; readonly dev: string; readonly peer: string; readonly back: Route | null }
  | { readonly kind: 'pod-traffic-rewritten'; readonly rule: string }
  // ---- what flannel was told
  | {
      readonly kind: 'nodes-apart';
      readonly nodes: readonly string[];
      readonly address: InterfaceAddress;
      readonly others: readonly string[];
      readonly othersNet: Prefix;
    }
  | { readonly kind: 'backend-mixed'; readonly backend: string; readonly others: string }
  | { readonly kind: 'not-managed' }
  | { readonly kind: 'pod-cidr-missing' }
  | { readonly kind: 'pod-cidr-outside'; readonly podCidr: Prefix; readonly network: Prefix }
  | { readonly kind: 'pod-cidr-shared'; readonly podCidr: Prefix; readonly other: string }
  | { readonly kind: 'pod-outside-cidr'; readonly pod: string; readonly ip: Ipv4; readonly podCidr: Prefix }
  | { readonly kind: 'public-ip-shared'; readonly ip: Ipv4; readonly others: readonly string[] }
  | { readonly kind: 'public-ip-elsewhere'; readonly publicIp: Ipv4; readonly dev: string; readonly ip: Ipv4 }
  // ---- the LAN
  | { readonly kind: 'address-duplicate'; readonly ip: Ipv4; readonly at: readonly Port[] }
  | { readonly kind: 'mac-duplicate'; readonly mac: Mac; readonly at: readonly Port[] };

export type FindingKind = Evidence['kind'];

/** error: packets are lost. warning: they arrive, but not as they should, or will be lost one day. note: worth knowing. */
export type Severity = 'error' | 'warning' | 'note';

export type RemedyKind =
  | RepairKind
  | 'delete-route'
  | 'restart-flannel'
  | 'new-bridge' // cni0 anew: its pods go with it
  | 'recreate-pod'
  | 'choose-interface'
  | 'no-overwrite' // of the public IP
  | 'one-backend'
  | 'assign-pod-cidr'
  | 'change-network'
  | 'change-address'
  | 'change-mac';

/** A line to type; `host` null: wherever kubectl works. */
export interface Line {
  readonly host: string | null;
  readonly line: string;
}

export interface Remedy {
  readonly kind: RemedyKind;
  readonly lines: readonly Line[];
  readonly edits: readonly Edit[]; // the same for the model; none where it has no such command
}

/** What becomes of one ping because of it: run on the cluster, and again with the remedy applied. */
export interface Consequence {
  readonly command: string; // 'pod1: ping -c 1 -W 4 10.244.2.2'
  readonly topology: Topology; // that it was run on: in a large cluster the hosts that matter
  readonly trace: Trace;
  readonly verdict: Verdict;
  readonly repaired: Verdict['outcome'] | null; // null: the remedy cannot be tried in the model
}

export interface Finding {
  readonly kind: FindingKind;
  readonly severity: Severity;
  readonly node: string; // the host where it is to be mended
  readonly evidence: Evidence;
  readonly consequence: Consequence | null; // null: nobody to ping, or too many findings to try them all
  readonly check: readonly Proof[];
  readonly repair: readonly Remedy[]; // each alone is meant to do
}
