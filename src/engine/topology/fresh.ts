/** Names, MACs and networks that nobody in the cluster has yet: made up from those that are there, never by chance. */
import { ipv4FromNumber } from '../addr/ipv4';
import { type Mac, macFromBytes, macToBytes } from '../addr/mac';
import { contains, type Prefix, prefixOf } from '../addr/prefix';
import type { Lease } from '../flannel/lease';
import type { Device } from '../net/device';
import { addressedOf, Known, toldHosts } from './host-index';
import { MADE_UP_START } from './listed';
import { leaseTableOf, ownDevicesOf, ownRoutesOf } from './on-demand';
import type { Host, Topology } from './topology';

/** ens33 → ens34, pod2 → pod3, and on until the name is free. */
export function nextName(taken: readonly { readonly name: string }[], like: string): string {
  const [, stem = like, digits = '0'] = /^(.*?)(\d+)$/.exec(like) ?? [];
  for (let n = Number(digits) + 1; ; n += 1)
    if (!taken.some(({ name }) => name === `${stem}${n}`)) return `${stem}${n}`;
}

/**
 * The MAC after that of the card it stands beside, as two ports of one board have; and on until it is free. Where lists
 * tell of pods, it does not begin as theirs do, so that none of theirs has to be made to know that it is free.
 */
export function nextMac(topology: Topology, model: Device | null): Mac {
  const bytes = model === null ? new Uint8Array([2, 0, 0, 0, 0, 0]) : macToBytes(model.mac);
  const view = new DataView(bytes.buffer);
  if (topology.listed !== undefined && view.getUint16(0) === MADE_UP_START) view.setUint16(0, MADE_UP_START + 1);
  for (;;) {
    view.setUint32(2, view.getUint32(2) + 1);
    const made = macFromBytes(bytes, 0);
    if (!hasMac(topology, made)) return made;
  }
}

/** But those of listed pods and of their cables. */
const macs = new Known<ReadonlySet<Mac>>(
  (hosts) => new Set(toldHosts(hosts).flatMap(macsOf)),
  (before, hosts, { before: were, changed }) => {
    const same = (at: number): boolean => {
      const [had, has] = [were[at], hosts[at]].map((host) => (host === undefined ? [] : macsOf(host)));
      return had?.join() === has?.join();
    };
    return changed.length <= FEW && changed.every(same) ? before : null;
  },
);
const FEW = 100;
const macsOf = (host: Host): readonly Mac[] => ownDevicesOf(host).map(({ mac }) => mac);

/** Has any device of the cluster this MAC? */
export function hasMac({ hosts }: Topology, mac: Mac): boolean {
  if (macs.of(hosts).has(mac)) return true;
  const mayBeListed = new DataView(macToBytes(mac).buffer).getUint16(0) === MADE_UP_START;
  return mayBeListed && hosts.some(({ devices }) => devices.some((device) => device.mac === mac));
}

export function freeSegment({ segments }: Topology): string {
  for (let n = 2; ; n += 1) if (!segments.some(({ name }) => name === `lan${n}`)) return `lan${n}`;
}

/** A network as large as this one, some networks further on, that no address and no route of the cluster touches. */
export function freeNetwork(topology: Topology, like: Prefix, further: number): Prefix {
  const taken = networksOf(topology);
  const size = 2 ** (32 - like.len);
  for (let n = further; ; n += 1) {
    const net = prefixOf(ipv4FromNumber(like.base + n * size), like.len);
    if (!taken.some((one) => contains(net, one.base) || contains(one, net.base))) return net;
  }
}

const networks = new WeakMap<Topology['hosts'], readonly Prefix[]>();

function networksOf(topology: Topology): readonly Prefix[] {
  const known = networks.get(topology.hosts) ?? networksIn(topology);
  networks.set(topology.hosts, known);
  return known;
}

/** Every network that an address lies in or a route leads to, each once; no table is made for it. */
function networksIn({ hosts, network, listed }: Topology): readonly Prefix[] {
  const found = new Map<number, Prefix>();
  const add = (prefix: Prefix): void => {
    if (prefix.len > 0) found.set(prefix.base * 64 + prefix.len, prefix);
  };
  const leases = new Set<readonly Lease[]>();
  for (const host of toldHosts(hosts)) {
    for (const { addresses } of addressedOf(host))
      for (const { ip, prefixLen } of addresses) add(prefixOf(ip, prefixLen));
    for (const { dst } of ownRoutesOf(host)) add(dst);
    const table = leaseTableOf(host);
    if (table !== null) leases.add(table.leases);
  }
  for (const list of leases) for (const { subnet } of list) add(subnet);
  for (const pods of listed?.values() ?? []) {
    let last: Prefix | null = null; // they are neighbours of each other
    for (const ip of pods.ips) {
      if (last !== null && contains(last, ip)) continue;
      last = prefixOf(ip, pods.prefixLen);
      add(last);
    }
    if (pods.network !== null) add(pods.network);
  }
  if (network !== null) add(network);
  return [...found.values()];
}
