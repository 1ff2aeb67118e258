/**
 * A node's route table as flannel would write it, set beside the one it has. Expected rows: one route a lease of another
 * node, and the connected route of its own bridge. Every other row inside the pods' network is judged as well.
 * Source: flannel pkg/backend/route_network.go, pkg/backend/hostgw/hostgw.go @cdf76059.
 */
import { ipv4FromNumber } from '../addr/ipv4';
import { formatPrefix, isInside, overlap, type Prefix, samePrefix } from '../addr/prefix';
import { routesFromLeases } from '../flannel/host-gw';
import type { Lease } from '../flannel/lease';
import type { Route } from '../net/route';
import { connected } from '../topology/build';
import { leadsAlike, tunnelRoute } from '../topology/wanted-route';
import type { Cluster, NodeView } from './cluster';
import { looksLikeFlannels } from './external-card';

export type RowVerdict =
  | 'right'
  | 'missing'
  | 'wrong' // another next hop, another device, or a type that refuses
  | 'stale' // of flannel's kind, and no lease has this subnet any more
  | 'foreign' // within the pods' network, and nothing flannel or the bridge would write
  | 'refused' // flannel tries and the kernel does not take it: the next hop is on no link of this node
  | 'unseen'; // nobody showed this node's table

export interface AuditRow {
  readonly expected: Route | null;
  readonly actual: Route | null;
  readonly lease: Lease | null; // the one it is for; null: of no other node
  readonly verdict: RowVerdict;
}

export interface RouteAudit {
  readonly node: string;
  readonly known: boolean; // false: nobody showed this node's table; then no row has an actual route
  readonly rows: readonly AuditRow[]; // in the order of subnets
}

const audits = new WeakMap<NodeView, RouteAudit>();

/** One node at a time: all tables of a large cluster together would be millions of rows. */
export function auditOf(cluster: Cluster, node: NodeView): RouteAudit {
  let audit = audits.get(node);
  if (audit === undefined) {
    const rows = node.routesKnown ? judged(cluster, node) : expectedRows(cluster, node).map(unseen);
    audit = { node: node.host.name, known: node.routesKnown, rows: [...rows].sort(bySubnet) };
    audits.set(node, audit);
  }
  return audit;
}

const unseen = ({ lease, expected, refused }: Expected): AuditRow => ({
  expected,
  actual: null,
  lease,
  verdict: refused ? 'refused' : 'unseen',
});

const bySubnet = (a: AuditRow, b: AuditRow): number => {
  const [one, other] = [subnetOf(a), subnetOf(b)];
  return one.base - other.base || one.len - other.len;
};
const subnetOf = ({ expected, actual, lease }: AuditRow): Prefix =>
  expected?.dst ?? actual?.dst ?? lease?.subnet ?? { base: ipv4FromNumber(0), len: 0 };

interface Expected {
  readonly lease: Lease | null; // null: its own bridge's connected route
  readonly expected: Route | null;
  readonly refused: boolean;
}

function expectedRows(cluster: Cluster, node: NodeView): readonly Expected[] {
  const { card, bridge, host } = node;
  const own = bridge?.addresses[0];
  const connectedRow: readonly Expected[] =
    bridge === null || own === undefined || !bridge.up
      ? []
      : [{ lease: null, expected: connected(bridge.name, own), refused: false }];
  if (node.lease === null || card === null) return connectedRow;
  const mine = node.lease;
  const others = cluster.leases.filter(({ node: name }) => name !== mine.node);
  const tunnel = host.devices.some(({ link }) => link.kind === 'vxlan' || link.kind === 'ipip');
  if (tunnel) return [...connectedRow, ...others.flatMap((lease) => tunnelRow(cluster, node, lease))];
  const outcomes = routesFromLeases(mine, others, { dev: card.name, addresses: card.addresses });
  return [
    ...connectedRow,
    ...outcomes.flatMap(({ lease, route, why }) =>
      why?.kind === 'own-lease' || why?.kind === 'other-backend'
        ? []
        : [{ lease, expected: route, refused: route === null }],
    ),
  ];
}

/** Overlays write onlink routes into their tunnel; what they need to know of the far end is in the topology. */
function tunnelRow(cluster: Cluster, { host }: NodeView, lease: Lease): readonly Expected[] {
  const far = cluster.nodeOfLease.get(lease.node);
  const named = far === undefined ? lease : { ...lease, node: far.host.name };
  const expected = tunnelRoute(cluster.topology, host, named);
  return expected === null ? [] : [{ lease, expected, refused: false }];
}

function judged(cluster: Cluster, node: NodeView): readonly AuditRow[] {
  const wanted = expectedRows(cluster, node);
  const byDst = new Map<string, Route[]>();
  for (const route of node.host.routes) {
    const key = formatPrefix(route.dst);
    const there = byDst.get(key);
    if (there === undefined) byDst.set(key, [route]);
    else there.push(route);
  }
  const used = new Set<Route>();
  const rows = wanted.map(({ lease, expected, refused }): AuditRow => {
    const dst = expected?.dst ?? lease?.subnet;
    const there = dst === undefined ? [] : (byDst.get(formatPrefix(dst)) ?? []);
    // Two rows of one subnet: the lower metric decides, as in the kernel.
    const [actual] = [...there].sort((a, b) => a.metric - b.metric);
    if (actual === undefined) return { lease, expected, actual: null, verdict: refused ? 'refused' : 'missing' };
    used.add(actual);
    if (expected === null) return { lease, expected, actual, verdict: 'foreign' };
    return { lease, expected, actual, verdict: leadsAlike(actual, expected) ? 'right' : 'wrong' };
  });
  return [...rows, ...node.host.routes.flatMap((actual) => (used.has(actual) ? [] : extraRow(cluster, node, actual)))];
}

/** A row nobody expected. Outside the pods' network it is none of flannel's business. */
function extraRow(cluster: Cluster, node: NodeView, actual: Route): readonly AuditRow[] {
  const { dst } = actual;
  if (dst.len === 0) return [];
  const exact = cluster.leaseOfSubnet.get(formatPrefix(dst)) ?? null;
  const around = exact ?? cluster.leases.find(({ subnet }) => overlap(dst, subnet)) ?? null;
  const isWithin = around !== null || (cluster.network !== null && isInside(dst, cluster.network));
  if (!isWithin || covers(cluster, dst)) return [];
  const lease = around !== null && around.node === node.spec.name ? null : around;
  if (lease === null && around === null && looksLikeFlannels(actual))
    return [{ lease: null, expected: null, actual, verdict: 'stale' }];
  return isHarmless(node, actual) ? [] : [{ lease, expected: null, actual, verdict: 'foreign' }];
}

/** The whole of the pods' network, or more: less specific than any lease, so it decides nothing. */
const covers = ({ network }: Cluster, dst: Prefix): boolean => network !== null && isInside(network, dst);

/** Its bridge's connected route while that is down or has another address, a tunnel end's own, a duplicate of a right row. */
function isHarmless({ bridge, host }: NodeView, { via, dev, protocol, dst }: Route): boolean {
  if (via === null && dev === bridge?.name) return true;
  const device = host.devices.find(({ name }) => name === dev);
  if (device?.link.kind === 'vxlan' || device?.link.kind === 'ipip') return true;
  const own = device?.addresses.some(({ ip, prefixLen }) => samePrefix(dst, { base: ip, len: prefixLen })) === true;
  return protocol === 'kernel' && via === null && own;
}

/** The node a row leads to, where the topology shows it. */
export const peerOf = (cluster: Cluster, { lease }: AuditRow): NodeView | null =>
  lease === null ? null : (cluster.nodeOfLease.get(lease.node) ?? null);
