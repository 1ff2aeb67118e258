/**
 * A cluster in parts that go from one thread to another: plain data, none of them long. What follows from lists and leases
 * does not travel; it is made on the other side, when somebody looks. The leases that all nodes share go once.
 */
import type { Lease } from '../flannel/lease';
import type { Device } from '../net/device';
import type { Route } from '../net/route';
import { type HostIndex, indexOf, tellIndex } from './host-index';
import { ListedPod, type PodList } from './listed';
import { hostOnDemand, type LeaseTable, leaseTableOf, ownDevicesOf } from './on-demand';
import type { Assumption, Host, Topology } from './topology';

/** A host without what follows: its table is written out, or made from the leases, of which `own` is the number of its own. */
interface HostRecipe {
  readonly plain: Omit<Host, 'devices' | 'routes'>;
  readonly devices: readonly Device[];
  readonly routes: readonly Route[] | (Pick<LeaseTable, 'ext' | 'others'> & { readonly own: number });
}

export type Parcel =
  | { readonly kind: 'leases'; readonly leases: readonly Lease[] }
  | { readonly kind: 'lists'; readonly lists: readonly PodList[] }
  | { readonly kind: 'hosts'; readonly hosts: readonly HostRecipe[] }
  | { readonly kind: 'pods'; readonly lists: Int32Array } // whose list each is of; a list's pods come in its own order
  | { readonly kind: 'assumed'; readonly assumed: readonly Assumption[] }
  | { readonly kind: 'index'; readonly index: HostIndex }
  | { readonly kind: 'rest'; readonly rest: Omit<Topology, 'hosts' | 'assumed' | 'listed'> };

/** What a page unpacks of each kind without anybody's noticing. */
const PARCEL = { leases: 1000, lists: 100, hosts: 200, pods: 2000, assumed: 5000 } as const;

/** All parts, in the order in which they are to be taken. */
export function* packed({ hosts, assumed, listed, ...rest }: Topology): Generator<Parcel> {
  yield { kind: 'rest', rest };
  const leases = sharedBy(hosts);
  for (const part of partsOf(leases, PARCEL.leases)) yield { kind: 'leases', leases: part };
  const lists = [...(listed?.values() ?? [])];
  for (const part of partsOf(lists, PARCEL.lists)) yield { kind: 'lists', lists: part };
  const numberOf = new Map(lists.map((list, number) => [list.node, number]));
  const leaseNumber = new Map(leases.map((lease, number) => [lease, number]));
  for (const run of runsOf(hosts)) {
    if (run[0] instanceof ListedPod) {
      for (const part of partsOf(run, PARCEL.pods))
        yield { kind: 'pods', lists: Int32Array.from(part, ({ node }) => numberOf.get(node ?? '') ?? -1) };
    } else {
      for (const part of partsOf(run, PARCEL.hosts))
        yield { kind: 'hosts', hosts: part.map((host) => recipeOf(host, leases, leaseNumber)) };
    }
  }
  for (const part of partsOf(assumed, PARCEL.assumed)) yield { kind: 'assumed', assumed: part };
  yield { kind: 'index', index: indexOf(hosts) };
}

function* partsOf<T>(all: readonly T[], length: number): Generator<readonly T[]> {
  for (let at = 0; at < all.length; at += length) yield all.slice(at, at + length);
}

/** Listed pods and other hosts, as long as they stand together. */
function* runsOf(hosts: readonly Host[]): Generator<readonly Host[]> {
  let from = 0;
  for (let at = 1; at <= hosts.length; at += 1) {
    if (at < hosts.length && hosts[at] instanceof ListedPod === hosts[from] instanceof ListedPod) continue;
    yield hosts.slice(from, at);
    from = at;
  }
}

function sharedBy(hosts: readonly Host[]): readonly Lease[] {
  for (const host of hosts) {
    const table = leaseTableOf(host);
    if (table !== null) return table.leases;
  }
  return [];
}

function recipeOf(host: Host, leases: readonly Lease[], numberOf: ReadonlyMap<Lease, number>): HostRecipe {
  const { name, role, label, node, podCidr, neighbours, tunnelFdb, sysctls, netfilter, listeners } = host;
  const table = leaseTableOf(host);
  const own = table === null || table.leases !== leases ? undefined : numberOf.get(table.own);
  return {
    plain: { name, role, label, node, podCidr, neighbours, tunnelFdb, sysctls, netfilter, listeners },
    devices: ownDevicesOf(host),
    routes: table === null || own === undefined ? host.routes : { ext: table.ext, others: table.others, own },
  };
}

/** Takes the parts, in their order. */
export class Unpacking {
  readonly #leases: Lease[] = [];
  readonly #lists: PodList[] = [];
  readonly #hosts: Host[] = [];
  readonly #assumed: Assumption[] = [];
  readonly #taken: number[] = []; // pods of each list
  readonly #byNode = new Map<string, PodList>();
  #index: HostIndex | null = null;
  #rest: Omit<Topology, 'hosts' | 'assumed' | 'listed'> | null = null;

  take(parcel: Parcel): void {
    switch (parcel.kind) {
      case 'rest':
        this.#rest = parcel.rest;
        return;
      case 'leases':
        this.#leases.push(...parcel.leases);
        return;
      case 'lists':
        for (const list of parcel.lists) {
          this.#byNode.set(list.node, list);
          this.#lists.push(list);
          this.#taken.push(0);
        }
        return;
      case 'hosts':
        for (const recipe of parcel.hosts) this.#hosts.push(this.#hostBy(recipe));
        return;
      case 'pods':
        for (const number of parcel.lists) this.#addPod(number);
        return;
      case 'assumed':
        this.#assumed.push(...parcel.assumed);
        return;
      case 'index':
        this.#index = parcel.index;
    }
  }

  /** Null before all have come. */
  finish(): Topology | null {
    if (this.#rest === null) return null;
    if (this.#index !== null) tellIndex(this.#hosts, this.#index);
    const listed = this.#lists.length === 0 ? {} : { listed: this.#byNode };
    return { ...this.#rest, hosts: this.#hosts, assumed: this.#assumed, ...listed };
  }

  #addPod(number: number): void {
    const list = this.#lists[number];
    if (list === undefined) return;
    const at = this.#taken[number] ?? 0;
    this.#taken[number] = at + 1;
    this.#hosts.push(new ListedPod(list, at));
  }

  #hostBy({ plain, devices, routes }: HostRecipe): Host {
    const pods = plain.role === 'node' ? (this.#byNode.get(plain.name) ?? null) : null;
    const bare = { ...plain, devices };
    if (!('own' in routes)) return hostOnDemand(bare, { kind: 'shown', routes }, pods);
    const { own: number, ext, others } = routes;
    const own = this.#leases[number];
    if (own === undefined) return hostOnDemand(bare, { kind: 'shown', routes: others }, pods);
    return hostOnDemand(bare, { kind: 'leases', table: { own, leases: this.#leases, ext, others } }, pods);
  }
}
