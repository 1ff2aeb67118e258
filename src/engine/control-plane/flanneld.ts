/**
 * flanneld on one node: its start, what it does about a lease that comes or goes, and its checks.
 * Source: flannel main.go (order of the start), pkg/backend/route_network.go (routeAdd, handleSubnetEvents,
 * checkSubnetExistInRoutes), pkg/subnet/kube/kube.go (AcquireLease, handleUpdateLeaseEvent) @cdf76059.
 */
import { formatIpv4 } from '../addr/ipv4';
import { isInside, samePrefix } from '../addr/prefix';
import type { Lease } from '../flannel/lease';
import type { Route } from '../net/route';
import { formatRoute } from '../net/route-text';
import { gatewayOf } from '../topology/build';
import { configure } from '../topology/configure';
import { cardOf } from '../topology/places';
import { deviceNamed, type Host } from '../topology/topology';
import { type Errno, LOG } from './log';
import { hasRules, withRules } from './rules';
import { type Daemon, daemonOf, type Play, wanted } from './state';

/** Also a restart: what an earlier flanneld left in the kernel is still there, and nothing is remembered of it. */
export function startFlannel(play: Play, node: string): void {
  play.daemons.delete(node);
  const lease = acquireLease(play, node);
  const host = play.hostOf(node);
  const card = host === null ? null : cardOf(host);
  if (lease === null || host === null || card === null) return;
  const before = play.nodes.get(node)?.lease ?? null;
  const changed = before === null || before.publicIp !== lease.publicIp || before.backend !== lease.backend;
  play.nodes.set(node, { podCidr: lease.subnet, lease });
  play.note(node, { kind: 'annotated', lease, changed });
  if (play.network !== null && !hasRules(host)) {
    const after = play.replace(withRules(host, play.network, lease.subnet));
    play.note(node, { kind: 'rules-written' }, null, after);
  }
  const subnet = { ip: gatewayOf(lease.subnet), prefixLen: lease.subnet.len };
  play.subnetFiles.add(node);
  play.note(
    node,
    { kind: 'subnet-env-written', network: play.network, subnet, mtuBytes: card.mtuBytes },
    LOG.wroteSubnetFile(),
  );
  const daemon = daemonOf(host, lease, card, { nowMs: play.nowMs, keepsRules: play.network !== null });
  play.daemons.set(node, daemon);
  for (const other of play.otherLeases(node)) leaseAdded(play, daemon, other);
  play.note(node, { kind: 'flannel-ready' });
  if (!changed) return;
  for (const peer of play.daemons.values()) if (peer.node !== node) leaseAdded(play, peer, lease);
}

/** The lease it publishes: the podCIDR of its Node object, by the card of the default route. */
function acquireLease(play: Play, node: string): Lease | null {
  const host = play.hostOf(node);
  const card = host === null ? null : cardOf(host);
  const [address] = card?.addresses ?? [];
  if (card === null || address === undefined || !card.up) {
    play.note(node, { kind: 'start-failed', why: 'no-interface' }, LOG.noInterface());
    return null;
  }
  play.note(
    node,
    { kind: 'interface-chosen', dev: card.name, address },
    LOG.usingInterface(card.name, formatIpv4(address.ip)),
  );
  const podCidr = play.nodes.get(node)?.podCidr ?? null;
  if (podCidr === null) {
    play.note(node, { kind: 'start-failed', why: 'no-pod-cidr' }, LOG.noPodCidr(node));
    return null;
  }
  if (play.network !== null && !isInside(podCidr, play.network)) {
    play.note(node, { kind: 'start-failed', why: 'outside-network' }, LOG.outsideNetwork(node, play.network, podCidr));
    return null;
  }
  return { node, subnet: podCidr, publicIp: address.ip, backend: 'host-gw' };
}

/** Routes and rules stay in the kernel: the data path outlives flanneld. */
export function stopFlannel(play: Play, node: string): void {
  play.daemons.delete(node);
  play.note(node, { kind: 'flannel-stopped' });
}

export function leaseAdded(play: Play, daemon: Daemon, lease: Lease): void {
  const { node } = daemon;
  if (samePrefix(lease.subnet, daemon.lease.subnet)) return; // its own lease, or one that claims to be
  if (lease.backend !== daemon.lease.backend) {
    play.note(node, { kind: 'lease-ignored', lease }, LOG.ignoring(daemon.lease.backend, lease));
    return;
  }
  play.note(node, { kind: 'lease-added', lease }, LOG.subnetAdded(lease));
  addRoute(play, daemon, wanted(daemon, lease));
}

function addRoute(play: Play, daemon: Daemon, route: Route): void {
  const { node, ifindex } = daemon;
  if (!daemon.remembered.some((one) => isSame(one, route))) daemon.remembered = [...daemon.remembered, route];
  const [existing] = rowsFor(play.hostOf(node), route);
  if (existing !== undefined && !isSame(existing, route)) {
    const index = indexOf(play.hostOf(node), existing);
    play.note(
      node,
      { kind: 'route-replaced', before: existing, route },
      LOG.replacing(existing, index, route, ifindex),
      without(play, node, existing),
    );
    daemon.remembered = daemon.remembered.filter((one) => !isSame(one, existing));
  }
  const [still] = rowsFor(play.hostOf(node), route);
  if (still !== undefined && isSame(still, route)) {
    play.note(node, { kind: 'route-kept', route }, LOG.alreadyExists(route, ifindex));
    return;
  }
  const added = tryAdd(play, node, route);
  if (added.errno === null) play.note(node, { kind: 'route-added', route }, null, added.topology);
  else
    play.note(node, { kind: 'route-refused', route, errno: added.errno }, LOG.errorAdding(route, ifindex, added.errno));
}

export function leaseRemoved(play: Play, daemon: Daemon, lease: Lease): void {
  const { node } = daemon;
  if (lease.backend !== daemon.lease.backend) {
    play.note(node, { kind: 'lease-ignored', lease }, LOG.ignoring(daemon.lease.backend, lease));
    return;
  }
  const route = wanted(daemon, lease);
  play.note(node, { kind: 'lease-removed', lease }, LOG.subnetRemoved(lease));
  daemon.remembered = daemon.remembered.filter((one) => !isSame(one, route));
  const there = rowsFor(play.hostOf(node), route).find((one) => isSame(one, route));
  if (there === undefined) play.note(node, { kind: 'route-gone-already', route }, LOG.errorDeleting(route));
  else play.note(node, { kind: 'route-removed', route: there }, null, without(play, node, there));
}

/**
 * Every 10 s: remembered routes that no row equals are added. The kernel's refusal is an errno, which Go counts as a
 * net.Error, and those are not logged: it fails without a word, again and again. Shown once here.
 */
export function checkRoutes(play: Play, daemon: Daemon): void {
  const { node } = daemon;
  for (const route of daemon.remembered) {
    const key = formatRoute(route);
    if (rowsFor(play.hostOf(node), route).some((one) => isSame(one, route))) {
      daemon.refused.delete(key);
      continue;
    }
    const added = tryAdd(play, node, route);
    if (added.errno === null) {
      daemon.refused.delete(key);
      play.note(node, { kind: 'route-recovered', route }, LOG.recovered(route), added.topology);
    } else if (!daemon.refused.has(key)) {
      daemon.refused.add(key);
      play.note(node, { kind: 'recovery-refused', route, errno: added.errno });
    }
  }
}

/** Every 5 s: when one rule is missing, all are set up again. */
export function checkRules(play: Play, { node, keepsRules, lease }: Daemon): void {
  const host = play.hostOf(node);
  if (!keepsRules || host === null || play.network === null || hasRules(host)) return;
  const after = play.replace(withRules(host, play.network, lease.subnet));
  play.note(node, { kind: 'rules-recovered' }, LOG.rulesMissing(), after);
}

/** Same destination, next hop and device: routeEqual in route_network.go. Metric and source do not count. */
const isSame = (a: Route, b: Route): boolean => samePrefix(a.dst, b.dst) && a.via === b.via && a.dev === b.dev;

const rowsFor = (host: Host | null, { dst }: Route): readonly Route[] =>
  host?.routes.filter((one) => samePrefix(one.dst, dst)) ?? [];

const indexOf = (host: Host | null, { dev }: Route): number =>
  host === null || dev === null ? 0 : (deviceNamed(host, dev)?.ifindex ?? 0);

function without(play: Play, node: string, route: Route): Play['topology'] {
  const host = play.hostOf(node);
  return host === null ? play.topology : play.replace({ ...host, routes: host.routes.filter((one) => one !== route) });
}

/** What the kernel says to RTM_NEWROUTE with CREATE and EXCL. */
function tryAdd(play: Play, node: string, route: Route) {
  const host = play.hostOf(node);
  const result = host === null ? null : configure(host, { kind: 'route', verb: 'add', route });
  if (result === null || !result.ok) return { topology: play.topology, errno: errnoOf(result?.error ?? '') };
  return { topology: play.replace(result.value), errno: null };
}

/** ip(8) words an errno its own way; Go's are those of the C library, in lower case. */
function errnoOf(text: string): Errno {
  if (text.includes('File exists')) return 'file exists';
  if (text.includes('not up') || text.includes('Network is down')) return 'network is down';
  return text.includes('Cannot find device') ? 'no such device' : 'network is unreachable';
}
