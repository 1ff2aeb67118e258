/** By which address each pod network is reached, as routing tables and flanneld's logs have it. */
import type { Ipv4 } from '../addr/ipv4';
import { formatPrefix, type Prefix } from '../addr/prefix';
import type { Statement } from './facts';
import type { HostDraft } from './host-draft';

export interface Reach {
  readonly prefix: Prefix;
  readonly hops: readonly Ipv4[]; // more than one: hosts do not agree
}

/** Keyed by the prefix as text. Default routes are left out: they say nothing of who is behind. */
export function reachOf(drafts: readonly HostDraft[], statements: readonly Statement[]): ReadonlyMap<string, Reach> {
  const out = new Map<string, { prefix: Prefix; hops: Ipv4[] }>();
  const note = (prefix: Prefix, via: Ipv4) => {
    const key = formatPrefix(prefix);
    const known = out.get(key);
    if (known === undefined) out.set(key, { prefix, hops: [via] });
    else if (!known.hops.includes(via)) known.hops.push(via);
  };
  for (const { routes } of drafts) {
    for (const { dst, via } of routes ?? []) if (via !== null && dst.len > 0) note(dst, via);
  }
  for (const { prefix, via } of leasesInLogs(statements)) note(prefix, via);
  return out;
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
