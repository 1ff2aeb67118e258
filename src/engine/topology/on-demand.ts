/**
 * Tables that follow from leases, worked out when somebody looks at them. In a cluster of 5,000 nodes every node has
 * 5,000 routes; all of them together would be 25 million, of which a run reads a few tables. Likewise a node's ends of
 * the cables to pods that only a list tells of.
 */
import { routesFromLeases } from '../flannel/host-gw';
import type { Lease } from '../flannel/lease';
import type { Device, InterfaceAddress } from '../net/device';
import type { Route } from '../net/route';
import { inTableOrder } from './build';
import { ADDRESSED } from './host-index';
import { type PodList, withVeths } from './listed';
import { type Host, REMEMBERED } from './topology';

/** What a node's table follows from. `leases` is one list, shared by all nodes. */
export interface LeaseTable {
  readonly own: Lease;
  readonly leases: readonly Lease[];
  readonly ext: { readonly dev: string; readonly address: InterfaceAddress };
  readonly others: readonly Route[]; // connected networks and the default
}

/** Where a host's routes come from: shown, worked out by a function, or flannel's. */
export type RouteSource =
  | { readonly kind: 'shown'; readonly routes: readonly Route[] }
  | { readonly kind: 'made'; readonly make: () => readonly Route[] }
  | { readonly kind: 'leases'; readonly table: LeaseTable };

const tables = new WeakMap<Host, LeaseTable>();
const bases = new WeakMap<Host, readonly Device[]>();
const ownRoutes = new WeakMap<Host, readonly Route[]>();

/** The host with a table that is made at the first look, and kept. A changed copy of it has an ordinary table. */
export function hostOnDemand(host: Omit<Host, 'routes'>, from: RouteSource, pods: PodList | null = null): Host {
  const made = pods === null ? withRoutes(host, from) : withVethsAndRoutes(host, from, pods);
  if (from.kind === 'leases') tables.set(made, from.table);
  return made;
}

/** The node with flannel's routes. */
export const withLeaseRoutes = (host: Omit<Host, 'routes'>, table: LeaseTable): Host =>
  hostOnDemand(host, { kind: 'leases', table });

function withRoutes(host: Omit<Host, 'routes'>, from: RouteSource): Host {
  if (from.kind === 'shown') return { ...host, routes: from.routes };
  let made: readonly Route[] | null = null;
  return {
    ...host,
    get routes() {
      made ??= routesFrom(from);
      return made;
    },
  };
}

function withVethsAndRoutes({ devices: base, ...rest }: Omit<Host, 'routes'>, from: RouteSource, pods: PodList): Host {
  let devices: readonly Device[] | null = null;
  let routes: readonly Route[] | null = null;
  const made: Host = {
    ...rest,
    get devices() {
      devices ??= withVeths(base, pods);
      return devices;
    },
    get routes() {
      routes ??= routesFrom(from);
      return routes;
    },
  };
  Object.defineProperty(made, ADDRESSED, { value: base });
  bases.set(made, base);
  return made;
}

type Made = Pick<Host, 'devices' | 'routes' | 'neighbours' | 'tunnelFdb'>;

/** What is known of a host before any of that is made. */
export interface KnownBefore {
  readonly devices: readonly Device[]; // those that do not follow from lists or leases
  readonly addressed: readonly Pick<Device, 'name' | 'addresses'>[];
  readonly routes: readonly Route[]; // those that no lease gave
  readonly neighbours: Host['neighbours']; // but the tunnel's
}

/** A host all of whose tables are made at the first look, and kept. */
export function hostMadeBy(
  like: Omit<Host, keyof Made>,
  make: { readonly [Part in keyof Made]: () => Made[Part] },
  known: KnownBefore,
): Host {
  const made: Partial<{ -readonly [Part in keyof Made]: Made[Part] }> = {};
  const { name, role, label, node, podCidr, sysctls, netfilter, listeners } = like;
  const host: Host = {
    name,
    role,
    label,
    node,
    podCidr,
    sysctls,
    netfilter,
    listeners,
    get devices() {
      made.devices ??= make.devices();
      return made.devices;
    },
    get routes() {
      made.routes ??= make.routes();
      return made.routes;
    },
    get neighbours() {
      made.neighbours ??= make.neighbours();
      return made.neighbours;
    },
    get tunnelFdb() {
      made.tunnelFdb ??= make.tunnelFdb();
      return made.tunnelFdb;
    },
  };
  Object.defineProperty(host, ADDRESSED, { value: known.addressed });
  Object.defineProperty(host, REMEMBERED, { value: known.neighbours });
  bases.set(host, known.devices);
  ownRoutes.set(host, known.routes);
  return host;
}

/** What the host's table follows from, or null where it is a table of its own. */
export const leaseTableOf = (host: Host): LeaseTable | null => tables.get(host) ?? null;

/** Are the host's tables made at the first look? */
export const isOnDemand = (host: Host): boolean => tables.has(host) || ownRoutes.has(host);

/** The routes that no lease gave: all of an ordinary table. */
export const ownRoutesOf = (host: Host): readonly Route[] =>
  ownRoutes.get(host) ?? tables.get(host)?.others ?? host.routes;

/** The devices without the ends of listed pods' cables: all of an ordinary host. */
export const ownDevicesOf = (host: Host): readonly Device[] => bases.get(host) ?? host.devices;

function routesFrom(from: RouteSource): readonly Route[] {
  if (from.kind === 'shown') return from.routes;
  return from.kind === 'made' ? from.make() : routesOf(from.table);
}

const routesOf = ({ own, leases, ext, others }: LeaseTable): readonly Route[] => {
  const flannel = routesFromLeases(own, leases, { dev: ext.dev, addresses: [ext.address] });
  return inTableOrder([...flannel.flatMap((outcome) => outcome.route ?? []), ...others]);
};
