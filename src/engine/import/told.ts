/**
 * Drafts completed by what lists and other hosts tell: nodes and pods that no transcript shows, a node's card, its
 * bridge, a pod's eth0. What had to be made up is marked. A device that a full listing does not show is not added.
 */
import { ipv4, ipv4FromNumber } from '../addr/ipv4';
import { contains, formatPrefix, type Prefix, prefixOf } from '../addr/prefix';
import type { ClusterSpec, NodeSpec, PodSpec } from '../flannel/cluster-spec';
import { POD_DEV } from '../topology/listed';
import type { Assumption } from '../topology/topology';
import { blankDevice, blankDraft, type DeviceDraft, type HostDraft } from './host-draft';
import { ListedPods, type PodNetwork } from './listed-pods';
import { addressPlan } from './node-addresses';
import { isBridge } from './pairs';
import type { Reach } from './reach';

export interface Completed {
  readonly drafts: readonly HostDraft[];
  readonly assumed: readonly Assumption[];
  /** Nodes whose card's prefix length nobody gave. */
  readonly guessedPrefix: readonly { readonly host: string; readonly dev: string }[];
  /** Pods that need no draft. */
  readonly listed: ListedPods;
}

const POD_CIDR_LENGTH = 24; // bits; what kube-controller-manager and flannel give unless told otherwise
const BRIDGE = 'cni0';

export function withTold(
  described: readonly HostDraft[],
  told: ClusterSpec,
  reach: ReadonlyMap<string, Reach>,
  labelOf: (name: string) => string | null,
): Completed {
  const assumed: Assumption[] = [];
  const byName = new Map(described.map((draft) => [draft.name, draft]));
  const pods = told.pods.filter(({ ip, hostNetwork }) => ip !== null && !hostNetwork);
  const ofNode = new Map<string, PodSpec[]>();
  for (const pod of pods) {
    const list = ofNode.get(pod.node ?? '');
    if (list === undefined) ofNode.set(pod.node ?? '', [pod]);
    else list.push(pod);
  }
  const networks = new Map(
    told.nodes.map(
      (node) => [node.name, podNetwork(node, byName.get(node.name), ofNode.get(node.name) ?? [])] as const,
    ),
  );
  const plan = addressPlan(told.nodes, described, ({ name }) => {
    const prefix = networks.get(name)?.prefix ?? null;
    return prefix === null ? null : (reach.get(formatPrefix(prefix))?.owner ?? null);
  });
  for (const node of told.nodes) {
    const { prefix, assumed: made } = networks.get(node.name) ?? { prefix: null, assumed: false };
    if (made) assumed.push({ host: node.name, dev: null, field: 'podCidr' });
    const before = byName.get(node.name);
    const draft = before ?? blankDraft(node.name);
    const devices = [...draft.devices];
    const add = (one: DeviceDraft, ...fields: readonly Assumption['field'][]) => {
      devices.push(one);
      for (const field of fields) assumed.push({ host: node.name, dev: one.dev, field });
    };
    const isWhole = draft.devices.some(({ type }) => type === 'loopback'); // a listing of all devices shows lo
    const card = plan.get(node.name);
    if (card !== undefined && !isWhole) {
      const at = devices.findIndex(({ dev }) => dev === card.dev);
      const [known] = at === -1 ? [] : devices.splice(at, 1);
      if (known === undefined) add(blankDevice(card.dev, { addresses: [card.address] }), ...card.assumed);
      else add({ ...known, addresses: [card.address] }, ...card.assumed.filter((field) => field !== 'name'));
    }
    const mayHavePods = pods.length === 0 || ofNode.has(node.name);
    if (
      prefix !== null &&
      !isWhole &&
      mayHavePods &&
      !devices.some((one) => isBridge(one, { ...draft, devices }) && holds(one, prefix))
    ) {
      const known = devices.findIndex(({ dev }) => dev === BRIDGE);
      const [old] = known === -1 ? [] : devices.splice(known, 1);
      const addresses = [{ ip: ipv4FromNumber(prefix.base + 1), prefixLen: prefix.len }];
      if (old === undefined) add(blankDevice(BRIDGE, { type: 'bridge', addresses }), 'name', 'address');
      else
        add(
          { ...old, addresses: old.addresses.length > 0 ? old.addresses : addresses },
          ...(old.addresses.length > 0 ? [] : (['address'] as const)),
        );
    }
    byName.set(node.name, { ...draft, devices, told: { ...draft.told, role: 'node', podCidr: prefix } });
  }
  const listed = new ListedPods(new Map(byName), networks, labelOf, POD_CIDR_LENGTH);
  for (const pod of pods) {
    const draft = byName.get(pod.name);
    if (draft !== undefined || !listed.take(pod)) {
      byName.set(pod.name, podDraft(draft ?? blankDraft(pod.name), pod, networks.get(pod.node ?? ''), assumed));
    }
  }
  const guessedPrefix = [...plan].flatMap(([host, { dev, guessedPrefix: guessed }]) =>
    guessed ? [{ host, dev }] : [],
  );
  return { drafts: [...byName.values()], assumed, guessedPrefix, listed };
}

const holds = ({ addresses }: DeviceDraft, prefix: Prefix): boolean => addresses.some(({ ip }) => contains(prefix, ip));

/** The node's podCIDR: told, or its bridge's network, or the one that holds its pods. */
function podNetwork({ podCidr }: NodeSpec, draft: HostDraft | undefined, pods: readonly PodSpec[]): PodNetwork {
  if (podCidr !== null) return { prefix: podCidr, assumed: false };
  const bridge = draft?.devices.find((one) => one.dev === BRIDGE && one.addresses.length > 0);
  const [own] = bridge?.addresses ?? [];
  if (own !== undefined) return { prefix: prefixOf(own.ip, own.prefixLen), assumed: false };
  const counts = new Map<number, number>();
  for (const { ip } of pods) {
    const base = prefixOf(ip ?? ipv4('0.0.0.0'), POD_CIDR_LENGTH).base;
    counts.set(base, (counts.get(base) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return most === undefined
    ? { prefix: null, assumed: false }
    : { prefix: prefixOf(ipv4FromNumber(most[0]), POD_CIDR_LENGTH), assumed: true };
}

function podDraft(draft: HostDraft, pod: PodSpec, network: PodNetwork | undefined, assumed: Assumption[]): HostDraft {
  const told = { ...draft.told, role: 'pod', node: pod.node } as const;
  const [device, ...others] = draft.devices.filter(({ type, dev }) => type !== 'loopback' && dev !== 'lo');
  if (pod.ip === null || others.length > 0 || (device !== undefined && device.addresses.length > 0))
    return { ...draft, told };
  const addresses = [{ ip: pod.ip, prefixLen: network?.prefix?.len ?? POD_CIDR_LENGTH }];
  const dev = device?.dev ?? POD_DEV;
  if (device === undefined) assumed.push({ host: pod.name, dev, field: 'name' });
  if (network?.prefix == null || network.assumed) assumed.push({ host: pod.name, dev, field: 'address' });
  const made = device === undefined ? blankDevice(dev, { type: 'veth', addresses }) : { ...device, addresses };
  return { ...draft, told, devices: [...draft.devices.filter((one) => one !== device), made] };
}
