/**
 * What texts say of a cluster, one statement at a time, each with the place where it was read. Nothing is decided here:
 * two facts may contradict each other, and most of a cluster may be missing. `assemble.ts` makes a cluster of them.
 */
import type { Ipv4 } from '../addr/ipv4';
import type { Mac } from '../addr/mac';
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
  | { readonly kind: 'routes'; readonly routes: readonly Route[]; readonly complete: boolean; readonly exact: boolean }
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
    };

export type FactKind = Fact['kind'];
export type FactOf<K extends FactKind> = Extract<Fact, { readonly kind: K }>;

/** A fact, the host it is about, and where it stands. */
export interface Statement {
  readonly host: string;
  readonly fact: Fact;
  readonly source: Source;
}
