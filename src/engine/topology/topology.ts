/**
 * A cluster as data: hosts (network namespaces) with their devices and tables, and the layer 2 segments that join them.
 * This is what a scenario starts from, what importers produce and what the graph draws. It holds no state of a run.
 */
import type { Ipv4 } from '../addr/ipv4';
import type { Mac } from '../addr/mac';
import type { Prefix } from '../addr/prefix';
import type { Device, Port } from '../net/device';
import type { Ruleset } from '../net/netfilter';
import type { Route } from '../net/route';
import { addressedOf, placesByAddress, placesByName } from './host-index';
import type { PodList } from './listed';
import type { Placing } from './placing';

/** What a host is in the picture. It changes nothing in how its kernel behaves. */
export type HostRole = 'node' | 'pod' | 'router' | 'machine';

/** The sysctls that change forwarding. A device's own value lies under its name in `perDevice`. */
export interface Sysctls {
  readonly ipForward: boolean;
  readonly rpFilterAll: 0 | 1 | 2;
  readonly bridgeNfCallIptables: boolean;
  readonly perDevice: ReadonlyMap<
    string,
    { readonly rpFilter?: 0 | 1 | 2; readonly proxyArp?: boolean; readonly forwarding?: boolean }
  >;
}

/** A neighbour the host knows when the run begins: written by an administrator or by flannel, or still remembered. */
export interface KnownNeighbour {
  readonly dev: string;
  readonly ip: Ipv4;
  readonly mac: Mac;
  readonly state: 'permanent' | 'reachable' | 'stale' | 'delay';
}

/** A vxlan FDB entry: frames to `mac` go to the tunnel end `remote`. */
export interface TunnelFdbEntry {
  readonly dev: string;
  readonly mac: Mac;
  readonly remote: Ipv4;
}

/** A service that answers in this host; ports are closed unless one listens. */
export type Listener =
  | { readonly protocol: 'tcp'; readonly port: number; readonly replyBytes: number }
  | { readonly protocol: 'udp'; readonly port: number; readonly echo: boolean };

export interface Host {
  readonly name: string;
  readonly role: HostRole;
  readonly label: string | null; // what Kubernetes calls it, where that differs: the pod's or node's full name
  readonly node: string | null; // for a pod: the node whose kernel it shares
  readonly podCidr: Prefix | null; // for a node: its lease's subnet
  readonly devices: readonly Device[];
  readonly routes: readonly Route[]; // table main, in the order `ip route` prints it
  readonly neighbours: readonly KnownNeighbour[];
  readonly tunnelFdb: readonly TunnelFdbEntry[];
  readonly sysctls: Sysctls;
  readonly netfilter: Ruleset;
  readonly listeners: readonly Listener[];
}

/** One broadcast domain: a switch, a LAN. */
export interface Segment {
  readonly name: string;
  readonly ports: readonly Port[];
  /** The switch lets a port send from its own addresses only, as clouds and hypervisors do (source check, anti-spoofing). */
  readonly sourceGuard: boolean;
}

/** A value that no source gave. The page marks it; `path` is host, device and field. */
export interface Assumption {
  readonly host: string;
  readonly dev: string | null;
  readonly field: 'mac' | 'ifindex' | 'address' | 'mtu' | 'name' | 'routes' | 'host' | 'veth' | 'podCidr';
}

/** The four places the article captures at, or more: where a .cap file may come from. */
export interface CapturePoint {
  readonly id: string; // 'pod1', 'node1', 'node2', 'pod2', 'node1-cni0' …
  readonly host: string;
  readonly dev: string;
}

export interface Topology {
  readonly name: string;
  readonly network: Prefix | null; // flannel's Network
  readonly hosts: readonly Host[];
  readonly segments: readonly Segment[];
  readonly capturePoints: readonly CapturePoint[]; // the ones shown side by side, in the request's order
  readonly assumed: readonly Assumption[]; // without what `listed` implies: see assumed.ts
  /** Pods that only a list tells of, by their node; of them and of their cables most is assumed. */
  readonly listed?: ReadonlyMap<string, PodList>;
  readonly layout?: readonly Placing[]; // hosts that somebody moved in the picture
}

export const PLAIN_SYSCTLS: Sysctls = {
  ipForward: false,
  rpFilterAll: 0,
  bridgeNfCallIptables: true,
  perDevice: new Map(),
};

/** The host of that name, or null. */
export const hostNamed = ({ hosts }: Topology, name: string): Host | null =>
  hosts[placesByName.of(hosts).find(name)] ?? null;

/** The segment of that name, or null. */
export const segmentNamed = (topology: Topology, name: string): Segment | null =>
  topology.segments.find((segment) => segment.name === name) ?? null;

/** The device of that name on a host, or null. */
export const deviceNamed = (host: Host, name: string): Device | null =>
  host.devices.find((device) => device.name === name) ?? null;

/** What a host has whose tunnel's neighbours are made on demand: the others, named without making any. */
export const REMEMBERED = Symbol('remembered');

/** The neighbours that a host knows but for those written in advance for a tunnel: these are permanent. */
export const rememberedOf = (host: Host & { readonly [REMEMBERED]?: Host['neighbours'] }): Host['neighbours'] =>
  host[REMEMBERED] ?? host.neighbours;

/** The host and device that own an address, or null. Of several the first has it. */
export function ownerOf({ hosts }: Topology, ip: Ipv4): Port | null {
  const owner = hosts[placesByAddress.of(hosts).find(ip)];
  return owner === undefined ? null : portWith(owner, ip);
}

function portWith(host: Host, ip: Ipv4): Port | null {
  const device = addressedOf(host).find(({ addresses }) => addresses.some((one) => one.ip === ip));
  return device === undefined ? null : { host: host.name, dev: device.name };
}
