/** The state of a time line as it is played: Node objects, the flanneld of each node, and the cluster's tables. */
import { type Prefix, samePrefix } from '../addr/prefix';
import type { ClusterSpec } from '../flannel/cluster-spec';
import { backendNamed, type Lease } from '../flannel/lease';
import type { Device } from '../net/device';
import { type Route, route } from '../net/route';
import { cardOf } from '../topology/places';
import { type Host, hostNamed, type Topology } from '../topology/topology';
import { changesBetween } from './changes';
import type { LogLine } from './log';
import { hasRules } from './rules';
import type { ControlStep, Happening } from './step';

/** A Node object, as far as flannel reads it. */
export interface NodeObject {
  readonly podCidr: Prefix | null;
  readonly lease: Lease | null; // null: not annotated yet, so nobody is told of it
}

/** A running flanneld: what it remembers, and when it looks again. */
export interface Daemon {
  readonly node: string;
  readonly lease: Lease;
  readonly dev: string;
  readonly ifindex: number;
  remembered: readonly Route[]; // those whose adding failed among them
  readonly refused: Set<string>; // recoveries that failed and were shown once
  readonly keepsRules: boolean; // it wrote rules, so it looks after them
  routesAtMs: number;
  rulesAtMs: number;
}

export class Play {
  nowMs = 0;
  readonly steps: ControlStep[] = [];
  readonly nodes = new Map<string, NodeObject>(); // by the host's name
  readonly daemons = new Map<string, Daemon>();
  readonly subnetFiles = new Set<string>(); // nodes that have /run/flannel/subnet.env
  readonly network: Prefix | null;

  constructor(
    public topology: Topology,
    spec: ClusterSpec,
  ) {
    this.network = spec.network ?? topology.network;
    for (const { name, podCidr, publicIp, backend, managed } of spec.nodes) {
      const host = topology.hosts.find((one) => one.role !== 'pod' && (one.name === name || one.label === name));
      const isLease = podCidr !== null && publicIp !== null && managed !== false;
      const node = host?.name ?? name;
      const lease = isLease ? { node, subnet: podCidr, publicIp, backend: backendNamed(backend) } : null;
      this.nodes.set(node, { podCidr, lease });
    }
    for (const host of topology.hosts) {
      const lease = this.nodes.get(host.name)?.lease;
      const card = lease == null ? null : cardWith(host, lease);
      if (lease == null || card === null || lease.backend !== 'host-gw') continue;
      this.subnetFiles.add(host.name);
      // It has run for a while: it knows every lease there is, and its table is what it is.
      this.daemons.set(host.name, daemonOf(host, lease, card, { nowMs: 0, keepsRules: hasRules(host) }));
      this.remember(host.name);
    }
  }

  hostOf(name: string): Host | null {
    return hostNamed(this.topology, name);
  }

  /** Leases of the other nodes, in the order in which the API lists them: by name. */
  otherLeases(node: string): readonly Lease[] {
    const all = [...this.nodes.values()].flatMap(({ lease }) => lease ?? []);
    return all.filter((lease) => lease.node !== node).sort((a, b) => (a.node < b.node ? -1 : 1));
  }

  replace(host: Host): Topology {
    return { ...this.topology, hosts: this.topology.hosts.map((one) => (one.name === host.name ? host : one)) };
  }

  /** Adds a step; `after` is the cluster with what this step changed. */
  note(host: string, happening: Happening, log: LogLine | null = null, after: Topology = this.topology): void {
    const changes = after === this.topology ? [] : changesBetween(this.topology, after);
    this.topology = after;
    this.steps.push({
      index: this.steps.length,
      atMs: this.nowMs,
      host,
      happening,
      log,
      changes,
      topologyAfter: after,
    });
  }

  private remember(node: string): void {
    const daemon = this.daemons.get(node);
    if (daemon === undefined) return;
    const peers = this.otherLeases(node).filter(({ backend }) => backend === daemon.lease.backend);
    daemon.remembered = peers
      .filter(({ subnet }) => !samePrefix(subnet, daemon.lease.subnet))
      .map((lease) => wanted(daemon, lease));
  }
}

/** Wait between two looks at the routes: routeCheckRetries in flannel's route_network.go, in spite of its name an interval. */
export const ROUTE_CHECK_MS = 10_000;
/** --iptables-resync, by default 5 s. */
export const RULE_CHECK_MS = 5000;

export const daemonOf = (
  { name }: Host,
  lease: Lease,
  { name: dev, ifindex }: Device,
  { nowMs, keepsRules }: { readonly nowMs: number; readonly keepsRules: boolean },
): Daemon => ({
  node: name,
  lease,
  dev,
  ifindex,
  remembered: [],
  refused: new Set(),
  keepsRules,
  routesAtMs: nowMs + ROUTE_CHECK_MS,
  rulesAtMs: nowMs + RULE_CHECK_MS,
});

/** What flannel asks the kernel for: no metric, no source, no onlink. */
export const wanted = ({ dev }: Daemon, { subnet, publicIp }: Lease): Route => route(subnet, { via: publicIp, dev });

const cardWith = (host: Host, { publicIp }: Lease): Device | null =>
  host.devices.find(({ link, addresses }) => link.kind === 'nic' && addresses.some(({ ip }) => ip === publicIp)) ??
  cardOf(host);
