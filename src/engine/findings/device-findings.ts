/** Devices: up or down, on their bridge or not, with the right address, and large enough. */
import { formatIpv4 } from '../addr/ipv4';
import type { Device } from '../net/device';
import { gatewayOf } from '../topology/build';
import { defaultRoute } from '../topology/places';
import { deviceNamed, type Host, hostNamed } from '../topology/topology';
import { proof } from '../verdict/proof';
import { lineAt } from '../verdict/repair';
import { cardUp, setRoute } from '../verdict/repair-route';
import type { Cluster, NodeView } from './cluster';
import { anywhere, byEdits, byHand, type Draft, draft } from './draft';
import { auditOf } from './route-audit';
import { anotherThan, fullSize, pingFromPod, pingLine, pingToPod, pingTowards } from './trials';

export const deviceFindings = (cluster: Cluster, node: NodeView): readonly Draft[] => [
  ...linksDown(cluster, node),
  ...cables(cluster, node),
  ...bridgeAddress(cluster, node),
  ...mtu(cluster, node),
];

const linkProof = (host: Host, { name, up, mtuBytes }: Device) =>
  proof(host.name, 'link', `ip link show ${name}`, up ? `mtu ${mtuBytes}` : 'state DOWN');

function linksDown(cluster: Cluster, node: NodeView): readonly Draft[] {
  const { host, card, bridge } = node;
  const found: Draft[] = [];
  const trial = pingTowards(cluster, node);
  if (card !== null && !card.up) {
    // flanneld brings its own routes back within 10 s; the default route is nobody's but the administrator's.
    const routes = auditOf(cluster, node).rows.flatMap(({ verdict, expected }) =>
      verdict === 'missing' && expected?.via != null ? [expected] : [],
    );
    const edits = [...cardUp(cluster.topology, host, card.name), ...routes.map((one) => setRoute(host, one))];
    const evidence = { kind: 'link-down', host: host.name, dev: card.name, what: 'card' } as const;
    found.push(
      draft(host.name, evidence, { check: [linkProof(host, card)], repair: [byEdits('link-up', ...edits)], trial }),
    );
  }
  if (bridge !== null && !bridge.up && node.pods.length > 0) {
    const evidence = { kind: 'link-down', host: host.name, dev: bridge.name, what: 'bridge' } as const;
    const up = byEdits('link-up', lineAt(host, `ip link set ${bridge.name} up`));
    found.push(draft(host.name, evidence, { check: [linkProof(host, bridge)], repair: [up], trial }));
  }
  return found;
}

/** Both ends of each pod's veth pair: named as each other's peer, up, and the node's end a port of the bridge. */
function cables(cluster: Cluster, node: NodeView): readonly Draft[] {
  const { host, pods } = node;
  const unpaired = host.devices.flatMap((device): readonly Draft[] => {
    if (device.link.kind !== 'veth') return [];
    const { peer } = device.link;
    const far = hostNamed(cluster.topology, peer.host);
    const end = far === null ? null : deviceNamed(far, peer.dev);
    const back = end?.link.kind === 'veth' ? end.link.peer : null;
    if (back?.host === host.name && back.dev === device.name) return [];
    const check = [proof(host.name, 'link', `ip -d link show ${device.name}`)];
    return [draft(host.name, { kind: 'veth-unpaired', dev: device.name, peer }, { check, repair: [], trial: null })];
  });
  return [...unpaired, ...pods.flatMap((pod) => cable(cluster, node, pod))];
}

function cable(cluster: Cluster, node: NodeView, pod: Host): readonly Draft[] {
  const eth0 = pod.devices.find(({ link, addresses }) => link.kind === 'veth' && addresses.length > 0);
  if (eth0?.link.kind !== 'veth') return [];
  const { host, bridge } = node;
  const end = deviceNamed(host, eth0.link.peer.dev);
  const found: Draft[] = [];
  const trial = pingToPod(cluster, node, pod);
  if (!eth0.up) {
    const gateway = bridge?.addresses[0]?.ip;
    const again =
      gateway === undefined || defaultRoute(pod) !== null
        ? []
        : [lineAt(pod, `ip route add default via ${formatIpv4(gateway)} dev ${eth0.name}`)];
    const up = byEdits('link-up', lineAt(pod, `ip link set ${eth0.name} up`), ...again);
    const evidence = { kind: 'link-down', host: pod.name, dev: eth0.name, what: 'pod' } as const;
    found.push(draft(pod.name, evidence, { check: [linkProof(pod, eth0)], repair: [up], trial }));
  }
  if (end === null || bridge === null) return found;
  if (!end.up) {
    const evidence = { kind: 'link-down', host: host.name, dev: end.name, what: 'cable' } as const;
    const up = byEdits('link-up', lineAt(host, `ip link set ${end.name} up`));
    found.push(draft(host.name, evidence, { check: [linkProof(host, end)], repair: [up], trial }));
  }
  if (end.master !== bridge.name) {
    const evidence = { kind: 'veth-off-bridge', dev: end.name, pod: pod.name, bridge: bridge.name } as const;
    const back = byEdits('on-bridge', lineAt(host, `ip link set ${end.name} master ${bridge.name}`));
    const check = [proof(host.name, 'bridge-ports', 'bridge link show')];
    found.push(draft(host.name, evidence, { check, repair: [back], trial: pingFromPod(cluster, node, pod) }));
  }
  return found;
}

/** The CNI bridge plugin gives the bridge the subnet's first address, and refuses one that has another. */
function bridgeAddress(cluster: Cluster, node: NodeView): readonly Draft[] {
  const { host, bridge, spec, pods } = node;
  const { podCidr } = spec;
  if (bridge === null || podCidr === null) return [];
  const expected = { ip: gatewayOf(podCidr), prefixLen: podCidr.len };
  const [actual = null] = bridge.addresses;
  if (bridge.addresses.some(({ ip, prefixLen }) => ip === expected.ip && prefixLen === expected.prefixLen)) return [];
  if (actual === null && pods.length === 0) return [];
  const prints = actual === null ? null : `inet ${formatIpv4(actual.ip)}/${actual.prefixLen}`;
  return [
    draft(
      host.name,
      { kind: 'bridge-address', bridge: bridge.name, actual, expected },
      {
        check: [proof(host.name, 'link', `ip -4 addr show ${bridge.name}`, prints)],
        repair: [
          byHand(
            'new-bridge',
            anywhere(`kubectl drain ${spec.name} --ignore-daemonsets`),
            { host: host.name, line: `ip link delete ${bridge.name}` },
            { host: host.name, line: 'rm -rf /var/lib/cni/networks/cbr0' },
            anywhere(`kubectl uncordon ${spec.name}`),
          ),
        ],
        trial: pingTowards(cluster, node),
      },
    ),
  ];
}

/** What a pod may send must fit its node's card, or the tunnel; and the cards of a cluster should agree. */
function mtu(cluster: Cluster, node: NodeView): readonly Draft[] {
  const { host, card, pods } = node;
  const tunnel = host.devices.find(({ link }) => link.kind === 'vxlan' || link.kind === 'ipip');
  const way = tunnel ?? card;
  if (way === null) return [];
  const podMtuBytes = mtuOf(pods);
  const check = [proof(host.name, 'link', `ip link show ${way.name}`, `mtu ${way.mtuBytes}`)];
  const peer = anotherThan(cluster, node);
  const both = peer?.card != null && tunnel === undefined ? [node, peer] : [node];
  const raised = (bytes: number) =>
    byEdits(
      'raise-mtu',
      ...both.flatMap(({ host: at, card: device }) =>
        device !== null && device.mtuBytes < bytes ? [lineAt(at, `ip link set ${device.name} mtu ${bytes}`)] : [],
      ),
    );
  const found: Draft[] = [];
  if (way.mtuBytes < podMtuBytes) {
    const evidence = { kind: 'mtu-below-pods', dev: way.name, mtuBytes: way.mtuBytes, podMtuBytes } as const;
    const trial = () => (peer === null ? null : pingLine(node, peer, fullSize(podMtuBytes)));
    found.push(draft(host.name, evidence, { check, repair: [raised(podMtuBytes)], trial }));
  }
  const othersBytes = commonMtu(cluster);
  // Larger than cards that are too small for their own pods: those are the ones to mend.
  const isRight =
    card === null || othersBytes === null || (card.mtuBytes > othersBytes && othersBytes < podMtu(cluster));
  if (card !== null && othersBytes !== null && card.mtuBytes !== othersBytes && !isRight) {
    const evidence = { kind: 'mtu-differs', dev: card.name, mtuBytes: card.mtuBytes, othersBytes } as const;
    const trial = () => (peer === null ? null : pingLine(peer, node, fullSize(Math.max(card.mtuBytes, othersBytes))));
    const line = lineAt(host, `ip link set ${card.name} mtu ${othersBytes}`);
    found.push(draft(host.name, evidence, { check, repair: [byEdits('raise-mtu', line)], trial }));
  }
  return found;
}

const mtuOf = (pods: readonly Host[]): number =>
  pods.reduce(
    (most, { devices }) =>
      devices.reduce((one, { link, mtuBytes }) => (link.kind === 'veth' ? Math.max(one, mtuBytes) : one), most),
    0,
  );

const largest = new WeakMap<Cluster, number>();

/** The largest packet any pod of the cluster may send. */
function podMtu(cluster: Cluster): number {
  let bytes = largest.get(cluster);
  if (bytes === undefined) {
    bytes = cluster.nodes.reduce((most, { pods }) => Math.max(most, mtuOf(pods)), 0);
    largest.set(cluster, bytes);
  }
  return bytes;
}

const common = new WeakMap<Cluster, number | null>();

/** The MTU of most nodes' cards; null where there is no such. */
function commonMtu(cluster: Cluster): number | null {
  let bytes = common.get(cluster);
  if (bytes === undefined) {
    const counts = new Map<number, number>();
    for (const { card } of cluster.nodes)
      if (card !== null) counts.set(card.mtuBytes, (counts.get(card.mtuBytes) ?? 0) + 1);
    const [first, second] = [...counts].sort((a, b) => b[1] - a[1]);
    bytes = first === undefined || first[1] === second?.[1] ? null : first[0];
    common.set(cluster, bytes);
  }
  return bytes;
}
