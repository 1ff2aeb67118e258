/**
 * iptables rules as far as a cluster's forwarding depends on them: the five hooks' built-in chains of four
 * tables, user chains, and the matches and targets that flannel, Docker and an operator write.
 * Source: iptables(8), iptables-extensions(8).
 */
import type { Ipv4 } from '../addr/ipv4';
import type { Prefix } from '../addr/prefix';

/** In the order in which a packet meets them at a hook; `nat` comes last where packets leave. */
export const TABLES = ['raw', 'mangle', 'nat', 'filter'] as const;
export type TableName = (typeof TABLES)[number];

export const isTable = (name: string | undefined): name is TableName =>
  (TABLES as readonly (string | undefined)[]).includes(name);

/** How a command names a table, before anything else; `filter` need not be named. */
export const tableOption = (table: TableName): string => (table === 'filter' ? '' : `-t ${table} `);

/** A prefix match, perhaps inverted (`! -s`). */
export interface PrefixMatch {
  readonly prefix: Prefix;
  readonly not: boolean;
}
export interface DevMatch {
  readonly dev: string; // a trailing + matches any suffix, as iptables has it
  readonly not: boolean;
}

/** What a rule asks of the header behind IP's; a later fragment has none, and no packet of another protocol does. */
export type TransportMatch =
  | {
      readonly kind: 'ports';
      readonly of: 'src' | 'dst' | 'either';
      readonly ranges: readonly Range[];
      readonly not: boolean;
    }
  | { readonly kind: 'icmp-type'; readonly type: number; readonly code: number | null; readonly not: boolean }
  /** Of the flags in `mask` those in `set` are set, and no others; as bits of the header's fourteenth byte. */
  | { readonly kind: 'tcp-flags'; readonly mask: number; readonly set: number; readonly not: boolean };

/** First and last, both within. */
export type Range = readonly [number, number];

export type Target =
  | { readonly kind: 'accept' }
  | { readonly kind: 'drop' }
  | { readonly kind: 'reject'; readonly type: number; readonly code: number } // the ICMP error it sends
  | { readonly kind: 'reset' } // REJECT --reject-with tcp-reset: a TCP segment that ends the connection, in the destination's name
  | { readonly kind: 'return' }
  | { readonly kind: 'jump'; readonly chain: string }
  | { readonly kind: 'masquerade' }
  | { readonly kind: 'snat'; readonly to: Ipv4 }
  | { readonly kind: 'dnat'; readonly to: Ipv4; readonly port: number | null }
  | { readonly kind: 'count' }; // no target: only counts

export interface Rule {
  readonly text: string; // as iptables-save prints it, for showing
  readonly src: PrefixMatch | null;
  readonly dst: PrefixMatch | null;
  readonly inDev: DevMatch | null;
  readonly outDev: DevMatch | null;
  readonly protocol: number | null; // IP protocol number
  readonly transport: readonly TransportMatch[]; // all of them are to match
  readonly ctState: readonly ('new' | 'established' | 'related')[] | null;
  readonly mark: { readonly value: number; readonly mask: number; readonly not: boolean } | null;
  readonly target: Target;
}

export interface Chain {
  readonly policy: 'accept' | 'drop' | null; // null = a user chain: returns at its end
  readonly rules: readonly Rule[];
}

/** Chain name to chain, for each table. Absent built-in chains accept. */
export type Ruleset = Readonly<Record<TableName, ReadonlyMap<string, Chain>>>;

export const EMPTY_RULESET: Ruleset = { raw: new Map(), mangle: new Map(), nat: new Map(), filter: new Map() };

/** It lets everything pass. */
export const isIdle = ({ rules, policy }: Chain): boolean => rules.length === 0 && policy !== 'drop';

export const chainsOf = (rules: Ruleset): readonly Chain[] => TABLES.flatMap((table) => [...rules[table].values()]);
