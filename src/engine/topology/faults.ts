/**
 * Faults: one click each, for any cluster. A fault looks up the two ends of the command at hand and gives the edits that
 * break the way between them, or another command where the fault lies in the question. Numbers are those of the failure
 * catalogue this project was designed from; what each shows is held by faults.test.ts.
 */
import { formatIpv4 } from '../addr/ipv4';
import { formatPrefix } from '../addr/prefix';
import { lookup } from '../net/fib';
import {
  absentIn,
  areOnOneSegment,
  type Bank,
  bystanderOf,
  type Crossing,
  crossingOf,
  peerRouteOf,
  type Way,
} from './crossing';
import { applyEdits, type Edit } from './edits';
import { bridgeFor, defaultRoute, routerOf, segmentOf } from './places';
import { linkEnds } from './rewire';
import type { Host, Topology } from './topology';

export type FaultId =
  | 'not-adjacent'
  | 'source-guard'
  | 'route-missing'
  | 'no-route-at-all'
  | 'gateway-detour'
  | 'return-route-missing'
  | 'next-hop-down'
  | 'pod-absent'
  | 'forwarding-off-near'
  | 'forwarding-off-far'
  | 'forward-drop-near'
  | 'forward-drop-far'
  | 'forward-reject'
  | 'rp-filter'
  | 'no-bridge'
  | 'small-mtu'
  | 'snat'
  | 'wrong-next-hop'
  | 'small-ttl';

/** What a fault comes to on one cluster and way. */
export interface Broken {
  readonly edits: readonly Edit[];
  readonly command: string | null; // 'pod1: ping -t 1 …' to be run instead; null: the command at hand
}

export interface Fault {
  readonly id: FaultId;
  readonly number: string; // F1 … F23
  /** Null where it does not apply: both ends on one node, the route already gone, nobody to stand in. */
  readonly on: (topology: Topology, way: Way) => Broken | null;
}

type Maker = (topology: Topology, crossing: Crossing) => Broken | null;

const fault = (id: FaultId, number: string, make: Maker): Fault => ({
  id,
  number,
  on: (topology, way) => {
    const crossing = crossingOf(topology, way);
    return crossing === null ? null : make(topology, crossing);
  },
});

const lines = (host: Host, ...commands: readonly string[]): readonly Edit[] =>
  commands.map((command) => ({ kind: 'line', line: `${host.name}: ${command}` }));
const edits = (...all: readonly Edit[]): Broken => ({ edits: all, command: null });
const asking = ({ near }: Crossing, words: string, made: readonly Edit[] = []): Broken => ({
  edits: made,
  command: `${near.host.name}: ${words}`,
});

export const FAULTS: readonly Fault[] = [
  fault('not-adjacent', 'F1', (topology, crossing) =>
    areOnOneSegment(crossing) && routerOf(topology, crossing.far.node) !== null
      ? edits({ kind: 'split-lan', host: crossing.far.node.name })
      : null,
  ),
  fault('source-guard', 'F2', (topology, { near }) => {
    const segment = topology.segments.find(({ name }) => name === segmentOf(near.card));
    return segment === undefined || segment.sourceGuard
      ? null
      : edits({ kind: 'source-guard', segment: segment.name, on: true });
  }),
  fault('route-missing', 'F3', (_, { near, far }) =>
    defaultRoute(near.node) === null ? null : deletion(near.node, far),
  ),
  fault('no-route-at-all', 'F3b', (_, { near, far }) => {
    const route = deletion(near.node, far)?.edits ?? [];
    const byDefault = defaultRoute(near.node) === null ? [] : lines(near.node, 'ip route del default');
    const all = [...route, ...byDefault];
    return all.length === 0 ? null : edits(...all);
  }),
  fault('gateway-detour', 'F3c', (topology, { near, far }) => {
    const gone = deletion(near.node, far);
    const router = routerOf(topology, near.node)?.host;
    if (gone === null || router === undefined || router === far.node) return null;
    const known = ({ ip }: Bank): boolean => (lookup(router.routes, ip)?.dst.len ?? 0) > 0;
    const taught = [near, far]
      .filter((bank) => !known(bank))
      .flatMap((bank) => lines(router, `ip route add ${towards(bank)}`));
    return defaultRoute(near.node) === null ? null : edits(...gone.edits, ...taught);
  }),
  fault('return-route-missing', 'F4', (_, { near, far }) => deletion(far.node, near)),
  fault('next-hop-down', 'F5', (_, { far }) =>
    far.card.up ? edits(...lines(far.node, `ip link set ${far.card.name} down`)) : null,
  ),
  fault('pod-absent', 'F6', (topology, crossing) => {
    const absent = absentIn(topology, crossing.far.net);
    return absent === null ? null : asking(crossing, `ping -c 1 -W 5 ${formatIpv4(absent)}`);
  }),
  fault('forwarding-off-near', 'F7', (_, { near }) => forwardingOff(near.node)),
  fault('forwarding-off-far', 'F7', (_, { far }) => forwardingOff(far.node)),
  fault('forward-drop-near', 'F8', (_, { near }) => forwardDrop(near.node)),
  fault('forward-drop-far', 'F8', (_, { far }) => forwardDrop(far.node)),
  fault('forward-reject', 'F9', (_, { near }) =>
    edits(...lines(near.node, 'iptables -I FORWARD -j REJECT --reject-with icmp-host-prohibited')),
  ),
  fault('rp-filter', 'F10', (topology, crossing) => {
    const { near, far } = crossing;
    const other = bystanderOf(topology, crossing);
    const peer = other === null || other.host.role !== 'node' ? near.node : other.host;
    const ends = linkEnds(topology, far.node.name, peer.name);
    if (!ends.ok) return null;
    const [own, theirs] = ends.value;
    return edits(
      { kind: 'second-link', a: far.node.name, b: peer.name },
      ...lines(
        far.node,
        `ip route replace ${formatPrefix(near.net)} via ${formatIpv4(theirs.ip)} dev ${own.device.name}`,
        `sysctl -w net.ipv4.conf.all.rp_filter=1`,
        `sysctl -w net.ipv4.conf.${far.card.name}.rp_filter=1`,
      ),
    );
  }),
  fault('no-bridge', 'F16', (_, { far }) => {
    const bridge = far.host === far.node ? null : bridgeFor(far.node, far.ip);
    return bridge?.up === true ? edits(...lines(far.node, `ip link set ${bridge.name} down`)) : null;
  }),
  fault('small-mtu', 'F19', (_, crossing) => {
    const { near, far } = crossing;
    const out = near.host.devices.find(({ addresses }) => addresses.some(({ ip }) => ip === near.ip));
    if (out === undefined || out.mtuBytes <= MTU_LOST * 2) return null;
    const mtu = out.mtuBytes - MTU_LOST;
    const all = [near, far].flatMap(({ node, card }) => lines(node, `ip link set ${card.name} mtu ${mtu}`));
    return asking(crossing, `ping -c 2 -W 2 -M do -s ${out.mtuBytes - PING_HEADERS} ${formatIpv4(far.ip)}`, all);
  }),
  fault('snat', 'F20', (_, { near }) => {
    const bridge = near.host === near.node ? null : bridgeFor(near.node, near.ip);
    const rule = `iptables -t nat -I POSTROUTING -s ${formatPrefix(near.net)} ! -o ${bridge?.name} -j MASQUERADE`;
    return bridge === null ? null : edits(...lines(near.node, rule));
  }),
  fault('wrong-next-hop', 'F22', (topology, crossing) => {
    const { near, far } = crossing;
    const other = bystanderOf(topology, crossing);
    const route = peerRouteOf(near.node, far.ip);
    if (other === null || route === null || route.via === other.ip) return null;
    const wrong = `ip route replace ${formatPrefix(route.dst)} via ${formatIpv4(other.ip)} dev ${near.card.name}`;
    return edits(...lines(near.node, wrong));
  }),
  fault('small-ttl', 'F23', (_, crossing) => asking(crossing, `ping -c 1 -W 2 -t 1 ${formatIpv4(crossing.far.ip)}`)),
];

/** A path whose MTU is this much smaller than the pods'. */
const MTU_LOST = 100;
const PING_HEADERS = 28; // IP and ICMP

function deletion(node: Host, other: Bank): Broken | null {
  const route = peerRouteOf(node, other.ip);
  return route === null ? null : edits(...lines(node, `ip route del ${formatPrefix(route.dst)}`));
}

const towards = ({ net, card, ip }: Bank): string =>
  `${formatPrefix(net)} via ${formatIpv4(card.addresses[0]?.ip ?? ip)}`;

const forwardingOff = (node: Host): Broken | null =>
  node.sysctls.ipForward ? edits(...lines(node, 'sysctl -w net.ipv4.ip_forward=0')) : null;

/** Docker sets this policy; flannel's own ACCEPT rules would undo it, so they go too. */
function forwardDrop(node: Host): Broken | null {
  const chain = node.netfilter.filter.get('FORWARD');
  if (chain?.policy === 'drop' && chain.rules.length === 0) return null;
  const flush = (chain?.rules.length ?? 0) > 0 ? ['iptables -F FORWARD'] : [];
  return edits(...lines(node, ...flush, 'iptables -P FORWARD DROP'));
}

export interface BrokenBy extends Broken {
  readonly topology: Topology; // after the edits
  readonly skipped: readonly FaultId[]; // did not apply, or no longer after those before them
}

/** Several faults at once, each on the cluster that those before it left; of their commands the last one is run. */
export function breakBy(topology: Topology, way: Way, ids: readonly FaultId[]): BrokenBy {
  let now: BrokenBy = { topology, edits: [], command: null, skipped: [] };
  for (const id of ids) {
    const broken = FAULTS.find((one) => one.id === id)?.on(now.topology, way) ?? null;
    const applied = broken === null ? null : applyEdits(now.topology, broken.edits);
    now =
      broken === null || applied === null || !applied.ok
        ? { ...now, skipped: [...now.skipped, id] }
        : {
            topology: applied.value,
            edits: [...now.edits, ...broken.edits],
            command: broken.command ?? now.command,
            skipped: now.skipped,
          };
  }
  return now;
}
