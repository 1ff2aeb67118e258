/**
 * The host-gw control plane: leases in, routes out. For every other node's lease one route,
 * `<subnet> via <its public IP> dev <external interface>`: protocol boot, metric 0, no onlink flag, no source hint.
 * Source: flannel pkg/backend/hostgw/hostgw.go and pkg/backend/route_network.go @cdf76059.
 */
import type { Ipv4 } from '../addr/ipv4';
import { contains, prefixOf, samePrefix } from '../addr/prefix';
import type { InterfaceAddress } from '../net/device';
import { type Route, route } from '../net/route';
import type { Lease } from './lease';

/** Why a lease gave no route on this node. */
export type NoRoute =
  | { readonly kind: 'own-lease' }
  | { readonly kind: 'other-backend'; readonly backend: Lease['backend'] } // logged as "Ignoring non-host-gw subnet"
  /** The kernel refuses it: "Nexthop has invalid gateway" (ENETUNREACH). flannel remembers it and tries again every 10 s. */
  | { readonly kind: 'next-hop-not-on-link'; readonly via: Ipv4 };

export interface LeaseOutcome {
  readonly lease: Lease;
  readonly route: Route | null;
  readonly why: NoRoute | null;
}

/** The interface flanneld uses to reach its peers. */
export interface ExternalInterface {
  readonly dev: string;
  readonly addresses: readonly InterfaceAddress[];
}

/** What flanneld on the node that holds `own` does with every lease. */
export function routesFromLeases(
  own: Lease,
  leases: readonly Lease[],
  ext: ExternalInterface,
): readonly LeaseOutcome[] {
  return leases.map((lease) => {
    const why = whyNone(own, lease, ext);
    return { lease, why, route: why === null ? route(lease.subnet, { via: lease.publicIp, dev: ext.dev }) : null };
  });
}

function whyNone(own: Lease, lease: Lease, ext: ExternalInterface): NoRoute | null {
  if (samePrefix(own.subnet, lease.subnet)) return { kind: 'own-lease' };
  if (lease.backend !== 'host-gw') return { kind: 'other-backend', backend: lease.backend };
  const onLink = ext.addresses.some(({ ip, prefixLen }) => contains(prefixOf(ip, prefixLen), lease.publicIp));
  return onLink ? null : { kind: 'next-hop-not-on-link', via: lease.publicIp };
}
