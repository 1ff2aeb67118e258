/** By which address each pod network is reached, as routing tables and flanneld's logs have it. */
import type { Ipv4 } from '../addr/ipv4';
import { formatPrefix, type Prefix } from '../addr/prefix';
import type { Statement } from './facts';
import type { HostDraft } from './host-draft';

export interface Reach {
  readonly prefix: Prefix;
  /** The address that most hosts reach it by, or flanneld's own word; null where that is undecided. */
  readonly owner: Ipv4 | null;
}

/** Keyed by the prefix as text. Default routes are left out: they say nothing of who is behind. */
export function reachOf(drafts: readonly HostDraft[], statements: readonly Statement[]): ReadonlyMap<string, Reach> {
  const votes = new Map<string, { prefix: Prefix; byHop: Map<Ipv4, number> }>();
  for (const { routes } of drafts) {
    for (const { dst, via } of routes ?? []) {
      if (via === null || dst.len === 0) continue;
      const key = formatPrefix(dst);
      const known = votes.get(key) ?? { prefix: dst, byHop: new Map<Ipv4, number>() };
      votes.set(key, known);
      known.byHop.set(via, (known.byHop.get(via) ?? 0) + 1);
    }
  }
  const out = new Map<string, Reach>();
  for (const [key, { prefix, byHop }] of votes) out.set(key, { prefix, owner: mostNamed(byHop) });
  for (const { prefix, via } of leasesInLogs(statements)) out.set(formatPrefix(prefix), { prefix, owner: via });
  return out;
}

function mostNamed(votes: ReadonlyMap<Ipv4, number>): Ipv4 | null {
  const [first, second] = [...votes].sort(([, a], [, b]) => b - a);
  return first === undefined || first[1] === second?.[1] ? null : first[0];
}

/** Leases that flanneld added and did not remove again. */
function leasesInLogs(statements: readonly Statement[]): readonly { readonly prefix: Prefix; readonly via: Ipv4 }[] {
  const live = new Map<string, { prefix: Prefix; via: Ipv4 }>();
  for (const { fact } of statements) {
    if (fact.kind !== 'flanneld') continue;
    const { event } = fact;
    if (event.kind === 'lease-added' || event.kind === 'route-recovered') {
      live.set(formatPrefix(event.subnet), { prefix: event.subnet, via: event.via });
    } else if (event.kind === 'lease-removed') live.delete(formatPrefix(event.subnet));
  }
  return [...live.values()];
}
