/**
 * Tables that follow from leases, worked out when somebody looks at them. In a cluster of 5,000 nodes every node has
 * 5,000 routes; all of them together would be 25 million, of which a run reads a few tables.
 */
import { routesFromLeases } from '../flannel/host-gw';
import type { Lease } from '../flannel/lease';
import type { InterfaceAddress } from '../net/device';
import type { Route } from '../net/route';
import { inTableOrder } from './build';
import type { Host } from './topology';

/** What a node's table follows from. `leases` is one list, shared by all nodes. */
export interface LeaseTable {
  readonly own: Lease;
  readonly leases: readonly Lease[];
  readonly ext: { readonly dev: string; readonly address: InterfaceAddress };
  readonly others: readonly Route[]; // connected networks and the default
}

const tables = new WeakMap<Host, LeaseTable>();

/** The host with a table that is made at the first look, and kept. */
export function withRoutesOnDemand(host: Omit<Host, 'routes'>, make: () => readonly Route[]): Host {
  let made: readonly Route[] | null = null;
  return {
    ...host,
    get routes() {
      made ??= make();
      return made;
    },
  };
}

/** The node with flannel's routes. A changed copy of it has an ordinary table. */
export function withLeaseRoutes(host: Omit<Host, 'routes'>, table: LeaseTable): Host {
  const made = withRoutesOnDemand(host, () => routesOf(table));
  tables.set(made, table);
  return made;
}

/** What the host's table follows from, or null where it is a table of its own. */
export const leaseTableOf = (host: Host): LeaseTable | null => tables.get(host) ?? null;

/** The routes that no lease gave: all of an ordinary table. */
export const ownRoutesOf = (host: Host): readonly Route[] => tables.get(host)?.others ?? host.routes;

const routesOf = ({ own, leases, ext, others }: LeaseTable): readonly Route[] => {
  const flannel = routesFromLeases(own, leases, { dev: ext.dev, addresses: [ext.address] });
  return inTableOrder([...flannel.flatMap((outcome) => outcome.route ?? []), ...others]);
};
