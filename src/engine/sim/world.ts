/**
 * The state of a run at one moment. Replaced, never changed; unchanged tables are shared between moments.
 * Only hosts that have done something are in `hosts`; any other stands as its topology says, so a large
 * cluster costs nothing until a packet reaches it.
 */
import type { Ipv4 } from '../addr/ipv4';
import { invariant } from '../base/result';
import { EMPTY_FDB, type Fdb } from '../net/fdb';
import { type Neighbour, remembered } from '../net/neighbour';
import { type Host, hostNamed, type Topology } from '../topology/topology';
import type { Ipv4Header } from '../wire/ipv4';
import type { Connection } from './conntrack';
import type { Draws } from './draws';
import type { PacketId } from './event';
import type { Process } from './processes/process';
import type { TcpSocket } from './processes/tcp-socket';
import type { ScriptLine } from './script';
import type { Pending } from './task';

/** An IPv4 packet inside a host, with what the host knows about its way so far. */
export interface Packet {
  readonly id: PacketId;
  readonly header: Ipv4Header;
  readonly payload: Uint8Array;
  readonly inDev: string | null; // null = made here
  readonly prerouted?: boolean; // it passed PREROUTING at the bridge (br_netfilter)
}

/** Next hop on a device, as a key of the neighbour table. */
export const neighbourKey = (dev: string, ip: Ipv4): string => `${dev} ${ip}`;

export interface HostState {
  /** The host as configured at this moment: commands and faults replace it. */
  readonly host: Host;
  readonly neighbours: ReadonlyMap<string, NeighbourSlot>;
  readonly fdbs: ReadonlyMap<string, Fdb>; // bridge name to its FDB
  readonly connections: readonly Connection[]; // conntrack, kept only where NAT rules exist
  readonly sockets: ReadonlyMap<number, TcpSocket>; // open TCP connections, by number
  readonly fragments: readonly Packet[]; // waiting for the rest of their datagram
  readonly cutTo: ReadonlyMap<PacketId, number>; // bytes of the largest part that a reassembled packet came in
  readonly pathMtus: ReadonlyMap<Ipv4, number>; // learned from ICMP 3/4, bytes
  readonly icmpBudgets: ReadonlyMap<Ipv4, { readonly tokens: number; readonly lastJiffies: number }>;
  readonly counters: ReadonlyMap<string, number>; // as nstat names them
  readonly draws: { readonly ipId: number; readonly icmpId: number; readonly port: number; readonly echo: number }; // how many of each were drawn
}

/** A neighbour entry with what waits on it. */
export interface NeighbourSlot {
  readonly dev: string;
  readonly ip: Ipv4;
  readonly entry: Neighbour;
  readonly queue: readonly Packet[]; // packets waiting for the MAC
  readonly timer: number; // a pending timer with another number is out of date
}

export interface World {
  readonly topology: Topology; // as at the start of the run
  readonly draws: Draws;
  readonly nowUs: number;
  readonly hosts: ReadonlyMap<string, HostState>;
  readonly segments: ReadonlyMap<string, Fdb>;
  readonly pending: readonly Pending[]; // sorted by time, then by order of insertion
  readonly nextOrder: number;
  readonly nextPacket: PacketId;
  readonly script: readonly ScriptLine[]; // commands still to be started
  readonly processes: ReadonlyMap<number, Process>; // by process number
  readonly nextProcess: number;
  readonly carries: ReadonlyMap<PacketId, PacketId>; // a fragment or tunnel packet to the packet it carries
}

const FRESH = {
  neighbours: new Map(),
  fdbs: new Map(),
  connections: [],
  sockets: new Map(),
  fragments: [],
  cutTo: new Map(),
  pathMtus: new Map(),
  icmpBudgets: new Map(),
  counters: new Map(),
  draws: { ipId: 0, icmpId: 0, port: 0, echo: 0 },
} as const;

const untouched = new WeakMap<Host, HostState>();

/** A host's state before anything happened to it. */
function freshHost(host: Host): HostState {
  const known = untouched.get(host);
  if (known !== undefined) return known;
  const neighbours = new Map<string, NeighbourSlot>(
    host.neighbours.map(({ dev, ip, mac, state }) => [
      neighbourKey(dev, ip),
      { dev, ip, entry: remembered(mac, state), queue: [], timer: 0 },
    ]),
  );
  const state = { host, ...FRESH, neighbours };
  untouched.set(host, state);
  return state;
}

export function worldOf(topology: Topology, draws: Draws): World {
  return {
    topology,
    draws,
    nowUs: 0,
    hosts: new Map(),
    segments: new Map(),
    pending: [],
    nextOrder: 0,
    nextPacket: 0,
    script: [],
    processes: new Map(),
    nextProcess: 1,
    carries: new Map(),
  };
}

/** The state of a host now. The host must exist in the topology. */
export function hostIn(world: World, name: string): HostState {
  const touched = world.hosts.get(name);
  if (touched !== undefined) return touched;
  const host = hostNamed(world.topology, name);
  invariant(host !== null, `no host named ${name} in this topology`);
  return freshHost(host);
}

export const withHost = (world: World, state: HostState): World => ({
  ...world,
  hosts: new Map(world.hosts).set(state.host.name, state),
});

export const fdbIn = (state: HostState, bridge: string): Fdb => state.fdbs.get(bridge) ?? EMPTY_FDB;
export const segmentFdb = (world: World, segment: string): Fdb => world.segments.get(segment) ?? EMPTY_FDB;
