/**
 * Which host of a cluster is where: by its name, by its addresses, and which are more than a line in a list of pods. Found
 * out once for a list of hosts. A list made from another one by putting others in the places of a few keeps what is known.
 */
import type { Ipv4 } from '../addr/ipv4';
import { hashOfText, mixed, Positions, type PositionsTable } from '../base/positions';
import type { Device } from '../net/device';
import type { Host } from './topology';

type Hosts = readonly Host[];

/** `changed`: the places, ascending, of those that are not the same as before. All have the names they had. */
interface Origin {
  readonly before: Hosts;
  readonly changed: readonly number[];
  readonly moved?: ArrayLike<number>; // those of them whose addresses may be others; absent: any
}

const origins = new WeakMap<Hosts, Origin>();

/** Says what these hosts were made from: what is known of those is then used for these. */
export const madeFrom = (hosts: Hosts, origin: Origin): void => void origins.set(hosts, origin);

/** The hosts with others in their places, each of which has the name of the one it replaces. */
export function replaced(hosts: Hosts, others: ReadonlyMap<Host, Host>): Hosts {
  const changed = [...others.keys()].map((one) => placeOf(hosts, one)).sort((a, b) => a - b);
  const now = [...hosts];
  for (const at of changed) now[at] = others.get(hosts[at] as Host) as Host;
  madeFrom(now, { before: hosts, changed });
  return now;
}

function placeOf(hosts: Hosts, host: Host): number {
  const at = placesByName.of(hosts).find(host.name);
  return hosts[at] === host ? at : hosts.indexOf(host); // a second one of that name
}

/** Something found out once for a list of hosts: by `make`, or from what is known of the hosts it was made from. */
export class Known<T> {
  readonly #known = new WeakMap<Hosts, T>();
  readonly #make: (hosts: Hosts) => T;
  readonly #next: (before: T, hosts: Hosts, origin: Origin) => T | null;

  /** `next` gives null where what was known before does not help. */
  constructor(make: (hosts: Hosts) => T, next: (before: T, hosts: Hosts, origin: Origin) => T | null) {
    this.#make = make;
    this.#next = next;
  }

  of(hosts: Hosts): T {
    let known = this.#known.get(hosts);
    if (known === undefined) {
      const origin = origins.get(hosts);
      known = (origin === undefined ? null : this.#next(this.of(origin.before), hosts, origin)) ?? this.#make(hosts);
      this.#known.set(hosts, known);
    }
    return known;
  }

  /** It was found out elsewhere. */
  tell(hosts: Hosts, known: T): void {
    this.#known.set(hosts, known);
  }
}

const nameAt = (hosts: Hosts) => (at: number) => hosts[at]?.name ?? '';

export const placesByName = new Known<Positions<string>>(
  (hosts) => {
    const index = new Positions(hosts.length, hashOfText, nameAt(hosts));
    for (const [at, { name }] of hosts.entries()) index.add(name, at);
    return index;
  },
  (before) => before,
);

/** What a host whose devices are made on demand has beside them: those with addresses, named without making any. */
export const ADDRESSED = Symbol('addressed');
type Addressed = Pick<Device, 'name' | 'addresses'>;

/** Where a host's addresses are. */
export const addressedOf = (host: Host & { readonly [ADDRESSED]?: readonly Addressed[] }): readonly Addressed[] =>
  host[ADDRESSED] ?? host.devices;

/** What a pod has of which only a list tells: its one address, told without making anything else. */
export const ONLY_IP = Symbol('only ip');
const onlyIpOf = (host: Host & { readonly [ONLY_IP]?: Ipv4 }): Ipv4 | undefined => host[ONLY_IP];

const ipsOf = (host: Host): readonly Ipv4[] => {
  const only = onlyIpOf(host);
  return only === undefined ? addressedOf(host).flatMap(({ addresses }) => addresses.map(({ ip }) => ip)) : [only];
};

interface Owners {
  readonly find: (ip: Ipv4) => number; // the place of the first host that has it, or -1
}

/** As flat arrays, which go from one thread to another as they are. */
export interface AddressTable {
  readonly positions: PositionsTable;
  readonly ips: Uint32Array;
  readonly places: Int32Array; // of each of those addresses' hosts
}

class OwnersTable implements Owners {
  readonly #ips: Uint32Array;
  readonly #places: Int32Array;
  readonly #positions: Positions<number>;

  constructor({ positions, ips, places }: Omit<AddressTable, 'positions'> & { readonly positions?: PositionsTable }) {
    this.#ips = ips;
    this.#places = places;
    this.#positions = new Positions<number>(positions ?? ips.length, mixed, (at) => ips[at] ?? 0);
    if (positions === undefined) for (const [at, ip] of ips.entries()) this.#positions.add(ip, at);
  }

  get table(): AddressTable {
    return { positions: this.#positions.table, ips: this.#ips, places: this.#places };
  }

  find(ip: Ipv4): number {
    return this.#places[this.#positions.find(ip)] ?? -1;
  }
}

function ownersIn(hosts: Hosts): OwnersTable {
  const ips: number[] = [];
  const places: number[] = [];
  for (const [place, host] of hosts.entries())
    for (const ip of ipsOf(host)) {
      ips.push(ip);
      places.push(place);
    }
  return new OwnersTable({ ips: Uint32Array.from(ips), places: Int32Array.from(places) });
}

/** Where no address changed its owner, only those that nobody had before have to be known besides. */
function ownersAfter(before: Owners, hosts: Hosts, { before: were, changed, moved = changed }: Origin): Owners | null {
  const added = new Map<Ipv4, number>();
  for (const at of Array.from(moved)) {
    const [had, has] = [were[at], hosts[at]].map((host) => (host === undefined ? [] : ipsOf(host)));
    if (had?.some((ip) => has?.includes(ip) === false)) return null;
    for (const ip of has ?? []) {
      if (had?.includes(ip) === true) continue;
      if (before.find(ip) !== -1) return null;
      if (!added.has(ip)) added.set(ip, at);
    }
  }
  return added.size === 0 ? before : { find: (ip) => added.get(ip) ?? before.find(ip) };
}

export const placesByAddress = new Known<Owners>(ownersIn, ownersAfter);

/** What is known of the hosts, to be told to another thread. */
export interface HostIndex {
  readonly names: PositionsTable;
  readonly addresses: AddressTable;
  readonly told: Int32Array; // places
}

export const indexOf = (hosts: Hosts): HostIndex => ({
  names: placesByName.of(hosts).table,
  addresses: ownersIn(hosts).table,
  told: told.of(hosts),
});

/** Takes what another thread knows of the same hosts. */
export function tellIndex(hosts: Hosts, { names, addresses, told: places }: HostIndex): void {
  told.tell(hosts, places);
  placesByName.tell(hosts, new Positions(names, hashOfText, nameAt(hosts)));
  placesByAddress.tell(hosts, new OwnersTable(addresses));
}

export const toldPlaces = (hosts: Hosts): Int32Array => told.of(hosts);

/** All hosts but the pods of which only a list tells: those are many, and have one cable, to their node. */
const told = new Known<Int32Array>(
  (hosts) => {
    const places: number[] = [];
    for (let at = 0; at < hosts.length; at += 1) if (onlyIpOf(hosts[at] as Host) === undefined) places.push(at);
    return Int32Array.from(places);
  },
  (before, hosts, { before: were, changed }) =>
    changed.every((at) => onlyIpOf(were[at] as Host) === onlyIpOf(hosts[at] as Host)) ? before : null,
);

const toldOnes = new Known<readonly Host[]>(
  (hosts) => Array.from(told.of(hosts), (at) => hosts[at] as Host),
  () => null,
);

export const toldHosts = (hosts: Hosts): readonly Host[] => toldOnes.of(hosts);
