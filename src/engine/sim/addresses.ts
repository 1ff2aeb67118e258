/** What a host holds as its own, and which of its addresses it speaks from. */
import type { Ipv4 } from '../addr/ipv4';
import { ipv4 } from '../addr/ipv4';
import { broadcastOf, contains, prefixOf } from '../addr/prefix';
import type { Device, InterfaceAddress } from '../net/device';
import { lookup } from '../net/fib';
import { type Route, route } from '../net/route';
import type { Host } from '../topology/topology';

const LOOPBACK = prefixOf(ipv4('127.0.0.0'), 8);
const localTables = new WeakMap<readonly Device[], readonly Route[]>();

/**
 * Table `local`: an entry for each own address and each subnet's broadcast address, as Linux writes them
 * (net/ipv4/fib_frontend.c, fib_add_ifaddr). It is consulted before table main.
 */
export function localTable(host: Host): readonly Route[] {
  let table = localTables.get(host.devices);
  if (table === undefined) {
    table = host.devices.flatMap((device) =>
      device.addresses.flatMap(({ ip, prefixLen }) => {
        const own = route(prefixOf(ip, 32), { type: 'local', dev: device.name, protocol: 'kernel', prefSrc: ip });
        if (prefixLen >= 31) return [own];
        const all = prefixOf(broadcastOf(prefixOf(ip, prefixLen)), 32);
        return [own, route(all, { type: 'broadcast', dev: device.name, protocol: 'kernel', prefSrc: ip })];
      }),
    );
    table = [...table, route(LOOPBACK, { type: 'local', dev: 'lo', protocol: 'kernel' })];
    localTables.set(host.devices, table);
  }
  return table;
}

export const isLocal = (host: Host, ip: Ipv4): boolean => lookup(localTable(host), ip)?.type === 'local';

export interface RouteAnswer {
  readonly table: 'local' | 'main' | null;
  readonly route: Route | null;
}

/** The routing decision: table local first, then main (ip-rule(8): rules 0 and 32766). */
export function routeFor(host: Host, dst: Ipv4): RouteAnswer {
  const local = lookup(localTable(host), dst);
  if (local !== null) return { table: 'local', route: local };
  const main = lookup(host.routes, dst);
  return main === null ? { table: null, route: null } : { table: 'main', route: main };
}

/**
 * The address a device speaks from towards `target` (net/ipv4/devinet.c, inet_select_addr): one whose subnet holds
 * the target, else the device's first, else another device's.
 */
export function addressTowards(host: Host, device: Device, target: Ipv4): Ipv4 | null {
  const covers = ({ ip, prefixLen }: InterfaceAddress): boolean => contains(prefixOf(ip, prefixLen), target);
  const own = device.addresses.find(covers) ?? device.addresses[0];
  if (own !== undefined) return own.ip;
  const others = host.devices.filter((other) => other.link.kind !== 'loopback').flatMap((other) => other.addresses);
  return others[0]?.ip ?? null;
}

/**
 * Who a packet is handed to. A next hop that is an address of the host's own is none: the destination itself is then asked
 * for on the link, as without `via` (a nexthop of scope host; net/ipv4/route.c, rt_set_nexthop).
 */
export const nextHopOf = (host: Host, { via }: Route, dst: Ipv4): Ipv4 =>
  via === null || isLocal(host, via) ? dst : via;

/** The source address of a packet made here and sent by this route. */
export function sourceFor(host: Host, chosen: Route, dst: Ipv4): Ipv4 | null {
  if (chosen.type === 'local') return chosen.prefSrc ?? dst;
  if (chosen.prefSrc !== null) return chosen.prefSrc;
  const device = host.devices.find(({ name }) => name === chosen.dev);
  return device === undefined ? null : addressTowards(host, device, chosen.via ?? dst);
}

export interface SourceCheck {
  readonly mode: 1 | 2;
  readonly route: Route | null; // the way back
  readonly passed: boolean;
}

/**
 * rp_filter, RFC 3704: strict (1) wants the way back by the same device, loose (2) any way back. The larger of `all` and
 * the device's counts; null: nothing is checked. ARP asks as well, before it answers (fib_validate_source).
 */
export function sourceCheck({ sysctls, routes }: Host, dev: string, src: Ipv4): SourceCheck | null {
  const mode = Math.max(sysctls.rpFilterAll, sysctls.perDevice.get(dev)?.rpFilter ?? 0);
  if (mode !== 1 && mode !== 2) return null;
  const back = lookup(routes, src);
  return { mode, route: back, passed: back !== null && back.type === 'unicast' && (mode === 2 || back.dev === dev) };
}
