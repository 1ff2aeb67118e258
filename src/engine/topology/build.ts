/**
 * Hosts from the few values that make them: what flannel, its CNI plugins and the kernel derive is derived here too.
 * Sources: flannel cni-plugin @092e6d26 (delegate to bridge: isGateway, hairpinMode, the pod's /16 route);
 * containernetworking/plugins plugins/main/bridge @3d27709f (cni0 gets the subnet's first address).
 */
import { type Ipv4, ipv4, ipv4FromNumber } from '../addr/ipv4';
import { type Mac, ZERO_MAC } from '../addr/mac';
import { type Prefix, prefixOf } from '../addr/prefix';
import { routesFromLeases } from '../flannel/host-gw';
import type { Lease } from '../flannel/lease';
import type { Device, InterfaceAddress } from '../net/device';
import { EMPTY_RULESET } from '../net/netfilter';
import { type Route, route } from '../net/route';
import { type Host, type HostRole, PLAIN_SYSCTLS } from './topology';

/** A device with the values most have. */
export function device(
  name: string,
  ifindex: number,
  mac: Mac,
  link: Device['link'],
  rest: Partial<Device> = {},
): Device {
  return {
    name,
    ifindex,
    mac,
    mtuBytes: 1500,
    up: true,
    addresses: [],
    master: null,
    hairpin: false,
    txChecksumOffload: false,
    link,
    ...rest,
  };
}

export const loopback: Device = device(
  'lo',
  1,
  ZERO_MAC,
  { kind: 'loopback' },
  {
    mtuBytes: 65536,
    addresses: [{ ip: ipv4('127.0.0.1'), prefixLen: 8 }],
  },
);

/** A host with nothing set that does not have to be. */
export function host(name: string, role: HostRole, rest: Partial<Host> = {}): Host {
  return {
    name,
    role,
    label: null,
    node: null,
    podCidr: null,
    devices: [loopback],
    routes: [],
    neighbours: [],
    tunnelFdb: [],
    sysctls: PLAIN_SYSCTLS,
    netfilter: EMPTY_RULESET,
    listeners: [],
    ...rest,
  };
}

/** The connected route the kernel writes for an address (`proto kernel scope link src …`). */
export const connected = (dev: string, { ip, prefixLen }: InterfaceAddress, metric = 0): Route =>
  route(prefixOf(ip, prefixLen), { dev, protocol: 'kernel', prefSrc: ip, metric });

/** The order in which Linux lists table main: by network, then by length of prefix, then by metric. */
export const inTableOrder = (routes: readonly Route[]): readonly Route[] =>
  [...routes].sort((a, b) => a.dst.base - b.dst.base || a.dst.len - b.dst.len || a.metric - b.metric);

/** The subnet's first address: cni0's, and so the pods' gateway. */
export const gatewayOf = (subnet: Prefix): Ipv4 => ipv4FromNumber(subnet.base + 1);

/** A pod's routes as flannel's CNI config makes them: default and the cluster network by cni0, its own subnet direct. */
export function podRoutes(address: InterfaceAddress, network: Prefix): readonly Route[] {
  const via = gatewayOf(prefixOf(address.ip, address.prefixLen));
  return inTableOrder([
    route(prefixOf(ipv4('0.0.0.0'), 0), { via, dev: 'eth0' }),
    route(network, { via, dev: 'eth0' }),
    connected('eth0', address),
  ]);
}

export interface NodeRoutes {
  readonly own: Lease;
  readonly leases: readonly Lease[];
  readonly ext: { readonly dev: string; readonly address: InterfaceAddress; readonly metric: number };
  readonly gateway: Ipv4 | null;
  readonly bridges: readonly { readonly dev: string; readonly address: InterfaceAddress }[];
}

/** A node's table main: connected networks, the default, and what flanneld writes from the leases. */
export function nodeRoutes({ own, leases, ext, gateway, bridges }: NodeRoutes): readonly Route[] {
  const flannel = routesFromLeases(own, leases, { dev: ext.dev, addresses: [ext.address] });
  const defaultRoute = route(prefixOf(ipv4('0.0.0.0'), 0), {
    via: gateway,
    dev: ext.dev,
    protocol: 'static',
    metric: ext.metric,
  });
  return inTableOrder([
    ...(gateway === null ? [] : [defaultRoute]),
    ...flannel.flatMap((outcome) => outcome.route ?? []),
    ...bridges.map(({ dev, address }) => connected(dev, address)),
    connected(ext.dev, ext.address, ext.metric),
  ]);
}
