/** What flannel was told of each node: annotations, podCIDR, public IP, and whether the nodes are neighbours at all. */
import { formatIpv4, type Ipv4 } from '../addr/ipv4';
import { contains, formatPrefix, isInside, type Prefix, prefixOf } from '../addr/prefix';
import { addressOf } from '../topology/places';
import { type Proof, proof } from '../verdict/proof';
import { type Cluster, cardAddress, type NodeView } from './cluster';
import { anywhere, byHand, type Draft, draft, restartFlannel } from './draft';
import { pingAway, pingBetween, pingFromPod, pingTowards } from './trials';

export const leaseFindings = (cluster: Cluster, node: NodeView): readonly Draft[] => [
  ...managed(cluster, node),
  ...podCidr(cluster, node),
  ...publicIp(cluster, node),
  ...podsOutside(cluster, node),
];

const ANNOTATION = 'flannel.alpha.coreos.com';
const annotations = (name: string): Proof =>
  proof(null, 'annotations', `kubectl get node ${name} -o jsonpath='{.metadata.annotations}'`);
const podCidrOf = (name: string, prints: string): Proof =>
  proof(null, 'annotations', `kubectl get node ${name} -o jsonpath='{.spec.podCIDR}'`, prints);

function managed(cluster: Cluster, node: NodeView): readonly Draft[] {
  const { host, spec } = node;
  if (spec.managed !== false) return [];
  const repair = [byHand('restart-flannel', restartFlannel(spec.name))];
  const trial = pingTowards(cluster, node);
  return [draft(host.name, { kind: 'not-managed' }, { check: [annotations(spec.name)], repair, trial })];
}

function podCidr(cluster: Cluster, node: NodeView): readonly Draft[] {
  const { host, spec } = node;
  const own = spec.podCidr;
  if (own === null) {
    if (!cluster.told) return [];
    const flags = `kube-controller-manager --allocate-node-cidrs=true --cluster-cidr=${cluster.network === null ? '…' : formatPrefix(cluster.network)}`;
    const repair = [byHand('assign-pod-cidr', anywhere(flags), restartFlannel(spec.name))];
    const check = [podCidrOf(spec.name, '')];
    return [draft(host.name, { kind: 'pod-cidr-missing' }, { check, repair, trial: pingTowards(cluster, node) })];
  }
  const check = [podCidrOf(spec.name, formatPrefix(own))];
  if (cluster.network !== null && !isInside(own, cluster.network)) {
    const repair = [
      byHand(
        'change-network',
        anywhere('kubectl -n kube-flannel edit configmap kube-flannel-cfg'),
        anywhere('kubectl -n kube-flannel rollout restart daemonset kube-flannel-ds'),
      ),
    ];
    const evidence = { kind: 'pod-cidr-outside', podCidr: own, network: cluster.network } as const;
    return [draft(host.name, evidence, { check, repair, trial: pingTowards(cluster, node) })];
  }
  const other = cluster.leaseOfSubnet.get(formatPrefix(own));
  if (other === undefined || other.node === spec.name) return [];
  const evidence = { kind: 'pod-cidr-shared', podCidr: own, other: other.node } as const;
  return [draft(host.name, evidence, { check, repair: [], trial: pingTowards(cluster, node) })];
}

/** flanneld does not start where the two differ: host-gw knows no NAT. Source: flannel pkg/backend/hostgw/hostgw.go. */
function publicIp(cluster: Cluster, node: NodeView): readonly Draft[] {
  const { host, spec, card } = node;
  const own = card?.addresses[0];
  if (!cluster.told || spec.publicIp === null || card === null || own === undefined) return [];
  if (host.devices.some(({ addresses }) => addresses.some(({ ip }) => ip === spec.publicIp))) return [];
  const evidence = { kind: 'public-ip-elsewhere', publicIp: spec.publicIp, dev: card.name, ip: own.ip } as const;
  const drop = anywhere(`kubectl annotate node ${spec.name} ${ANNOTATION}/public-ip-overwrite-`);
  const repair = [byHand('no-overwrite', drop, restartFlannel(spec.name))];
  return [draft(host.name, evidence, { check: [annotations(spec.name)], repair, trial: pingTowards(cluster, node) })];
}

/** Its node's masquerade rules are written for the podCIDR, and the others have a route for that alone. */
function podsOutside(cluster: Cluster, node: NodeView): readonly Draft[] {
  const { host, spec, pods } = node;
  const own = spec.podCidr;
  if (own === null) return [];
  return pods.flatMap((pod): readonly Draft[] => {
    const ip = addressOf(pod)?.ip;
    if (ip === undefined || contains(own, ip)) return [];
    const evidence = { kind: 'pod-outside-cidr', pod: pod.name, ip, podCidr: own } as const;
    const name = pod.label ?? pod.name;
    return [
      draft(host.name, evidence, {
        check: [proof(null, 'pods', `kubectl get pod ${name} -o wide`, formatIpv4(ip))],
        repair: [byHand('recreate-pod', anywhere(`kubectl delete pod ${name}`))],
        trial: pingFromPod(cluster, node, pod),
      }),
    ];
  });
}

/** Findings about several nodes at once. */
export const clusterFindings = (cluster: Cluster): readonly Draft[] => [
  ...apart(cluster),
  ...backends(cluster),
  ...sharedPublicIps(cluster),
];

/** Nodes in groups by the network of their card: within a group each can be the other's next hop. */
function apart(cluster: Cluster): readonly Draft[] {
  const groups = new Map<string, { readonly net: Prefix; readonly nodes: NodeView[] }>();
  for (const node of cluster.nodes) {
    const own = cardAddress(node);
    const isTunnelled = node.host.devices.some(({ link }) => link.kind === 'vxlan' || link.kind === 'ipip');
    if (own === null || node.lease === null || isTunnelled) continue;
    const net = prefixOf(own.ip, own.prefixLen);
    const key = formatPrefix(net);
    const group = groups.get(key) ?? { net, nodes: [] };
    groups.set(key, group);
    group.nodes.push(node);
  }
  const [most, ...others] = [...groups.values()].sort((a, b) => b.nodes.length - a.nodes.length);
  if (most === undefined) return [];
  return others.flatMap(({ nodes }): readonly Draft[] => {
    const [first] = nodes;
    const [peer] = most.nodes;
    const address = first === undefined ? null : cardAddress(first);
    const theirs = peer?.spec.publicIp ?? null;
    if (first === undefined || peer === undefined || address === null || theirs === null) return [];
    if (contains(prefixOf(address.ip, address.prefixLen), theirs) && contains(most.net, address.ip)) return [];
    const evidence = {
      kind: 'nodes-apart',
      nodes: nodes.map(({ host }) => host.name),
      address,
      others: most.nodes.map(({ host }) => host.name),
      othersNet: most.net,
    } as const;
    const subnet = first.spec.podCidr;
    const tried = `ip route add ${subnet === null ? '' : formatPrefix(subnet)} via ${formatIpv4(address.ip)} dev ${peer.card?.name ?? ''}`;
    const check = [proof(peer.host.name, 'route-not-addable', tried, 'Error: Nexthop has invalid gateway.')];
    const busy = most.nodes.find(({ pods }) => pods.length > 0) ?? peer;
    const there = nodes.find(({ pods }) => pods.length > 0) ?? first;
    return [draft(first.host.name, evidence, { check, repair: [], trial: pingBetween(busy, there) })];
  });
}

/** "Ignoring non-host-gw subnet": a node of another backend gets no route, and writes none. */
function backends(cluster: Cluster): readonly Draft[] {
  const counts = new Map<string, NodeView[]>();
  for (const node of cluster.nodes) {
    const { backend } = node.spec;
    if (backend === null) continue;
    const same = counts.get(backend);
    if (same === undefined) counts.set(backend, [node]);
    else same.push(node);
  }
  const [most, ...others] = [...counts].sort((a, b) => b[1].length - a[1].length);
  if (most === undefined) return [];
  return others.flatMap(([backend, nodes]) =>
    nodes.map((node) =>
      draft(
        node.host.name,
        { kind: 'backend-mixed', backend, others: most[0] },
        {
          check: [annotations(node.spec.name)],
          repair: [
            byHand('one-backend', anywhere('kubectl -n kube-flannel rollout restart daemonset kube-flannel-ds')),
          ],
          trial: pingAway(cluster, node),
        },
      ),
    ),
  );
}

/** All nodes on the same NAT address, as with Vagrant's first card: the routes lead nowhere. */
function sharedPublicIps({ nodes }: Cluster): readonly Draft[] {
  const byIp = new Map<Ipv4, NodeView[]>();
  for (const node of nodes) {
    const { publicIp: ip } = node.spec;
    if (ip === null) continue;
    const same = byIp.get(ip);
    if (same === undefined) byIp.set(ip, [node]);
    else same.push(node);
  }
  return [...byIp].flatMap(([ip, same]): readonly Draft[] => {
    const [first, second, ...more] = same;
    if (first === undefined || second === undefined) return [];
    const evidence = { kind: 'public-ip-shared', ip, others: [second, ...more].map(({ host }) => host.name) } as const;
    const other = first.host.devices.find(
      ({ link, addresses }) => link.kind === 'nic' && addresses.length > 0 && addresses.every((one) => one.ip !== ip),
    );
    const choice = other?.addresses[0];
    const chosen =
      choice === undefined
        ? []
        : [anywhere(`kubectl annotate node ${first.spec.name} ${ANNOTATION}/node-public-ip=${formatIpv4(choice.ip)}`)];
    const repair = [byHand('choose-interface', ...chosen, restartFlannel(first.spec.name))];
    const check = [annotations(first.spec.name), annotations(second.spec.name)];
    return [draft(first.host.name, evidence, { check, repair, trial: pingBetween(first, second) })];
  });
}
