/**
 * FIB: the routing decision, with its evidence.
 * Longest prefix match (LPM, RFC 1812 section 5.2.4.3), then lowest metric; on a full tie the earlier entry stays.
 * As in Linux (net/ipv4/fib_trie.c), connected networks are ordinary entries.
 */
import type { Ipv4 } from '../addr/ipv4';
import { contains, maskedBy } from '../addr/prefix';
import type { Route } from './route';

export type RowVerdict = 'chosen' | 'less-specific' | 'higher-metric' | 'duplicate' | 'no-match';

/** One row of the explanation: `dst & mask`, whether that equals the row's network, and what became of it. */
export interface ConsideredRow {
  readonly route: Route;
  readonly masked: Ipv4; // the destination AND the row's mask
  readonly verdict: RowVerdict;
}

type Index = ReadonlyMap<number, ReadonlyMap<number, Route>>; // prefix length -> base -> best route
const indexes = new WeakMap<readonly Route[], { lengths: readonly number[]; byLength: Index }>();

function indexOf(table: readonly Route[]) {
  const known = indexes.get(table);
  if (known !== undefined) return known;
  const byLength = new Map<number, Map<number, Route>>();
  for (const route of table) {
    const sameLength = byLength.get(route.dst.len) ?? new Map<number, Route>();
    byLength.set(route.dst.len, sameLength);
    const best = sameLength.get(route.dst.base);
    if (best === undefined || route.metric < best.metric) sameLength.set(route.dst.base, route);
  }
  const made = { lengths: [...byLength.keys()].sort((a, b) => b - a), byLength };
  indexes.set(table, made);
  return made;
}

/** The route that wins for `dst`, or null. A map per prefix length, longest first: fast at 5,000 routes. */
export function lookup(table: readonly Route[], dst: Ipv4): Route | null {
  const { lengths, byLength } = indexOf(table);
  for (const len of lengths) {
    const hit = byLength.get(len)?.get(maskedBy(dst, len));
    if (hit !== undefined) return hit;
  }
  return null;
}

/** The same decision as a table to be shown: one entry per route, in table order. */
export function explain(table: readonly Route[], dst: Ipv4): readonly ConsideredRow[] {
  const chosen = lookup(table, dst);
  return table.map((route) => ({
    route,
    masked: maskedBy(dst, route.dst.len),
    verdict: verdictOn(route, chosen, dst),
  }));
}

function verdictOn(route: Route, chosen: Route | null, dst: Ipv4): RowVerdict {
  if (chosen === null || !contains(route.dst, dst)) return 'no-match';
  if (route === chosen) return 'chosen';
  if (route.dst.len < chosen.dst.len) return 'less-specific';
  return route.metric > chosen.metric ? 'higher-metric' : 'duplicate';
}
