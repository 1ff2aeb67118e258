/** Rows of the audit that are not right, and what hides behind the node's own subnet and a pod's table. */
import { formatIpv4, type Ipv4 } from '../addr/ipv4';
import { formatPrefix } from '../addr/prefix';
import { lookup } from '../net/fib';
import { type Route, route } from '../net/route';
import { formatRoute } from '../net/route-text';
import { addressOf } from '../topology/places';
import type { Host } from '../topology/topology';
import { proof } from '../verdict/proof';
import { lineAt } from '../verdict/repair';
import { setRoute } from '../verdict/repair-route';
import { routeGetLine, routeGetPrints } from '../verdict/route-get';
import { type Cluster, type NodeView, someoneOn } from './cluster';
import { byEdits, byHand, type Draft, draft, restartFlannel } from './draft';
import { type AuditRow, auditOf, peerOf } from './route-audit';
import { pingBetween, pingFromPod, pingTowards } from './trials';

export function routeFindings(cluster: Cluster, node: NodeView): readonly Draft[] {
  if (!node.routesKnown) return node.pods.flatMap((pod) => podRoute(cluster, node, pod));
  // What to write for a node whose lease cannot be right, nobody knows.
  const rows = auditOf(cluster, node).rows.filter(({ lease }) => lease === null || !cluster.doubtful.has(lease.node));
  return [
    ...missing(cluster, node, rows),
    ...rows.flatMap((row) => badRow(cluster, node, row)),
    ...ownSubnet(cluster, node, rows),
    ...node.pods.flatMap((pod) => podRoute(cluster, node, pod)),
  ];
}

/** All missing routes of a node have one cause, so they are one finding. A card that is down took them with it. */
function missing(cluster: Cluster, node: NodeView, all: readonly AuditRow[]): readonly Draft[] {
  const rows = all.filter(({ verdict, lease }) => verdict === 'missing' && lease !== null);
  if (rows.length === 0 || node.card?.up !== true) return [];
  const expected = rows.flatMap((row) => row.expected ?? []);
  const peers = rows.map((row) => peerOf(cluster, row));
  const busy = peers.find((peer) => (peer?.pods.length ?? 0) > 0) ?? peers.find((one) => one && someoneOn(one)) ?? null;
  const target = busy === null ? null : someoneOn(busy);
  const { host } = node;
  return [
    draft(
      host.name,
      { kind: 'route-missing', expected, peers: rows.map(({ lease }) => lease?.node ?? '') },
      {
        check: target === null ? [proof(host.name, 'route-taken', 'ip route')] : [routeGet(host, target.ip)],
        repair: [
          byEdits('add-route', ...expected.map((one) => setRoute(host, one))),
          byHand('restart-flannel', restartFlannel(node.spec.name)),
        ],
        trial: pingBetween(node, busy),
        ...(busy === null ? { severity: 'warning' as const } : {}),
      },
    ),
  ];
}

const routeGet = (host: Host, dst: Ipv4) => {
  const question = { dst, src: null, inDev: null };
  const prints = routeGetPrints(host, question);
  const shows = prints.startsWith('RTNETLINK') ? 'route-refused' : 'route-taken';
  return proof(host.name, shows, routeGetLine(question), prints);
};

const shown = (host: Host, { dst }: Route, actual: Route) =>
  proof(host.name, 'route-taken', `ip route show ${formatPrefix(dst)}`, formatRoute(actual));

function badRow(cluster: Cluster, node: NodeView, row: AuditRow): readonly Draft[] {
  const { expected, actual, lease, verdict } = row;
  const { host } = node;
  if (actual === null) return [];
  const peer = peerOf(cluster, row);
  if (verdict === 'wrong' && expected !== null && lease !== null) {
    const kind = actual.type === 'unicast' ? 'route-wrong' : 'route-refusing';
    return [
      draft(
        host.name,
        { kind, expected, actual, peer: lease.node },
        {
          check: [shown(host, expected, actual)],
          repair: [byEdits('add-route', setRoute(host, expected))],
          trial: pingBetween(node, peer),
        },
      ),
    ];
  }
  if (verdict !== 'stale' && verdict !== 'foreign') return [];
  const gone = byEdits('delete-route', lineAt(host, `ip route del ${deletion(actual)}`));
  const evidence =
    verdict === 'stale'
      ? ({ kind: 'route-stale', actual } as const)
      : ({ kind: 'route-foreign', actual, peer: lease?.node ?? null } as const);
  const trial = verdict === 'stale' ? null : pingInside(node, peer, actual);
  return [draft(host.name, evidence, { check: [shown(host, actual, actual)], repair: [gone], trial })];
}

const deletion = ({ type, dst, via, dev }: Route): string =>
  [
    ...(type === 'unicast' ? [] : [type]),
    formatPrefix(dst),
    ...(via === null ? [] : ['via', formatIpv4(via)]),
    ...(dev === null ? [] : ['dev', dev]),
  ].join(' ');

/** To a pod that the stray route takes away from its node. */
function pingInside(node: NodeView, peer: NodeView | null, { dst }: Route) {
  const inside = peer?.pods.find((pod) => {
    const own = addressOf(pod);
    return own !== null && lookup([route(dst)], own.ip) !== null;
  });
  return peer === null || inside === undefined ? null : pingBetween(node, { ...peer, pods: [inside] });
}

/** The node's own pods must be reached by its bridge, whatever else the table says of their subnet. */
function ownSubnet(cluster: Cluster, node: NodeView, rows: readonly AuditRow[]): readonly Draft[] {
  const { host, bridge } = node;
  const own = rows.find(({ lease, expected }) => lease === null && expected !== null);
  if (bridge === null || own?.expected == null) return [];
  const there = someoneOn(node);
  const actual = there === null ? own.actual : lookup(host.routes, there.ip);
  if (actual?.via === null && actual.dev === bridge.name) return [];
  const { dst } = own.expected;
  const wrong =
    own.verdict === 'missing'
      ? []
      : [lineAt(host, `ip route del ${actual === null ? formatPrefix(dst) : deletion(actual)}`)];
  return [
    draft(
      host.name,
      { kind: 'own-subnet-elsewhere', subnet: dst, actual, bridge: bridge.name },
      {
        check:
          there === null
            ? [proof(host.name, 'route-taken', `ip route show ${formatPrefix(dst)}`)]
            : [routeGet(host, there.ip)],
        repair: [byEdits('add-route', ...wrong, setRoute(host, route(dst, { dev: bridge.name })))],
        trial: pingTowards(cluster, node),
      },
    ),
  ];
}

/** A pod without a way out of its own subnet. */
function podRoute(cluster: Cluster, node: NodeView, pod: Host): readonly Draft[] {
  const [own, elsewhere] = [addressOf(pod), cluster.leases.find(({ node: name }) => name !== node.spec.name)];
  const device = pod.devices.find(({ addresses, up }) => up && addresses.some(({ ip }) => ip === own?.ip));
  if (own === null || elsewhere === undefined || cluster.unseen.has(pod.name) || device === undefined) return [];
  if (lookup(pod.routes, elsewhere.subnet.base) !== null) return [];
  const gateway = node.bridge?.addresses[0]?.ip;
  const line = `ip route add default via ${gateway === undefined ? '' : formatIpv4(gateway)} dev ${device.name}`;
  return [
    draft(
      pod.name,
      { kind: 'pod-no-route', pod: pod.name },
      {
        check: [routeGet(pod, (elsewhere.subnet.base + 1) as Ipv4)],
        repair: [gateway === undefined ? null : byEdits('add-route', lineAt(pod, line))],
        trial: pingFromPod(cluster, node, pod),
      },
    ),
  ];
}
