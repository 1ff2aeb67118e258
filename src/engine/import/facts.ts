/**
 * What texts say of a cluster, one statement at a time, each with the place where it was read. Nothing is decided here:
 * two facts may contradict each other, and most of a cluster may be missing. `assemble.ts` makes a cluster of them.
 */
import type { Ipv4 } from '../addr/ipv4';
import type { Mac } from '../addr/mac';
import type { Prefix } from '../addr/prefix';
import type { NodeSpec, PodSpec } from '../flannel/cluster-spec';
import type { InterfaceAddress } from '../net/device';
import type { Chain, TableName } from '../net/netfilter';
import type { Route } from '../net/route';

/** A line of one of the texts handed in. */
export interface Source {
  readonly text: number; // index of the text
  readonly line: number; // counted from 1, as editors do
}

export type LinkType = 'loopback' | 'bridge' | 'veth' | 'vxlan' | 'ipip' | 'tun' | 'other';

/** What one listing shows of a device; a field that it does not show is absent. */
export interface DeviceFact {
  readonly kind: 'device';
  readonly dev: string;
  readonly ifindex?: number;
  readonly mac?: Mac;
  readonly mtuBytes?: number;
  readonly up?: boolean;
  readonly master?: string | null;
  readonly peerIndex?: number; // `@if7`: the other end's number in its own network namespace
  readonly netnsid?: number; // which namespace that is, as this host numbers them
  readonly type?: LinkType;
  readonly hairpin?: boolean;
  readonly vxlan?: {
    readonly vni: number;
    readonly local: Ipv4 | null;
    readonly underlay: string | null;
    readonly port: number;
  };
  readonly ipip?: { readonly local: Ipv4 | null; readonly remote: Ipv4 | null };
}

export type Fact =
  | DeviceFact
  /** `complete`: these are all the device has. */
  | {
      readonly kind: 'addresses';
      readonly dev: string;
      readonly addresses: readonly InterfaceAddress[];
      readonly complete: boolean;
    }
  /** Table main, or part of it. `exact`: with protocol and source address, which `route -n` does not print. */
  | {
      readonly kind: 'routes';
      readonly routes: readonly Route[];
      readonly lines: readonly number[]; // of each route, counted from the fact's own line
      readonly complete: boolean;
      readonly exact: boolean;
    }
  | {
      readonly kind: 'neighbour';
      readonly dev: string;
      readonly ip: Ipv4;
      readonly mac: Mac | null;
      readonly state: string;
    }
  | {
      readonly kind: 'fdb';
      readonly dev: string;
      readonly mac: Mac;
      readonly remote: Ipv4 | null;
      readonly permanent: boolean;
    }
  /** `brctl showmacs` knows ports by number; a local MAC is the port's own, which tells its device. */
  | {
      readonly kind: 'port-mac';
      readonly bridge: string | null;
      readonly port: number;
      readonly mac: Mac;
      readonly local: boolean;
    }
  | { readonly kind: 'peer-ifindex'; readonly dev: string | null; readonly ifindex: number }
  | { readonly kind: 'tx-checksum'; readonly dev: string; readonly on: boolean }
  | { readonly kind: 'sysctl'; readonly key: string; readonly value: string | null } // null: the kernel has no such key
  | { readonly kind: 'netfilter'; readonly table: TableName; readonly chains: ReadonlyMap<string, Chain> }
  /** What the kernel answered to `ip route get`: a symptom, not part of the cluster. `error`: its own words. */
  | {
      readonly kind: 'route-answer';
      readonly dst: Ipv4 | null;
      readonly via: Ipv4 | null;
      readonly dev: string | null;
      readonly error: string | null;
    }
  | PingFact
  | { readonly kind: 'traceroute'; readonly target: Ipv4 | null; readonly hops: readonly (Ipv4 | null)[] }
  /** /run/flannel/subnet.env: what flanneld on this node tells its CNI plugin. `subnet` is the bridge's address. */
  | {
      readonly kind: 'subnet-env';
      readonly network: Prefix | null;
      readonly subnet: InterfaceAddress | null;
      readonly mtuBytes: number | null;
      readonly masquerade: boolean | null;
    }
  | { readonly kind: 'flanneld'; readonly time: string | null; readonly event: FlanneldEvent }
  /** The remaining kinds are about the cluster, wherever they were printed. */
  | { readonly kind: 'pod'; readonly pod: PodSpec }
  | { readonly kind: 'node'; readonly node: NodeSpec }
  | { readonly kind: 'flannel-config'; readonly network: Prefix | null; readonly backend: string | null };

/** What a user saw: a symptom, like `route-answer`. `ttl`: of the first reply. */
export interface PingFact {
  readonly kind: 'ping';
  readonly target: Ipv4 | null;
  readonly sent: number | null;
  readonly received: number | null;
  readonly ttl: number | null;
  readonly errors: readonly { readonly from: Ipv4 | null; readonly message: string }[];
}

/** What a line of flanneld's log says, as far as it is about leases, routes and the way it was started. */
export type FlanneldEvent =
  | { readonly kind: 'interface'; readonly dev: string; readonly ip: Ipv4 }
  | { readonly kind: 'backend'; readonly backend: string }
  | { readonly kind: 'lease-added' | 'route-recovered'; readonly subnet: Prefix; readonly via: Ipv4 }
  | { readonly kind: 'lease-removed'; readonly subnet: Prefix }
  | { readonly kind: 'route-replaced' | 'route-exists' | 'route-failed'; readonly words: string }
  | { readonly kind: 'other-backend'; readonly backend: string }
  | { readonly kind: 'rules-rebuilt' | 'subnet-file-written' }
  | { readonly kind: 'failed'; readonly words: string };

/** Kinds that say something of the cluster, not of the host at whose prompt they were printed. */
const OF_CLUSTER: ReadonlySet<string> = new Set<Fact['kind']>(['pod', 'node', 'flannel-config']);
/** Kinds that alone make no host: what a user saw, and logs that do not say whose they are. */
const NO_HOST: ReadonlySet<string> = new Set<Fact['kind']>(['route-answer', 'ping', 'traceroute', 'flanneld']);

export const isOfCluster = (fact: Fact): boolean => OF_CLUSTER.has(fact.kind);
export const describesHost = (fact: Fact): boolean => !isOfCluster(fact) && !NO_HOST.has(fact.kind);

export type FactKind = Fact['kind'];
export type FactOf<K extends FactKind> = Extract<Fact, { readonly kind: K }>;

/** A fact, the host it is about, and where it stands. */
export interface Statement {
  readonly host: string | null; // null: a fact about the cluster, or nobody knows whose
  readonly fact: Fact;
  readonly source: Source;
}
