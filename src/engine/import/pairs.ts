/**
 * Which device of which node is the other end of a pod's eth0. Both ends print the other's ifindex, but ifindexes repeat
 * from node to node, so the numbers only make candidates; subnet, gateway, learned MACs and namespace numbers decide.
 */
import type { Ipv4 } from '../addr/ipv4';
import { contains, formatPrefix, type Prefix, prefixOf } from '../addr/prefix';
import type { Port } from '../net/device';
import { vethName } from '../topology/listed';
import type { DeviceDraft, HostDraft } from './host-draft';
import { answeredNeighbours } from './host-draft';

/** A pod's device and the node's end of it. `shown`: false where no listing shows the node's end, so its name is made up. */
export interface Pair {
  readonly pod: Port;
  readonly node: Port;
  readonly shown: boolean;
}

interface End {
  readonly host: HostDraft;
  readonly device: DeviceDraft;
}

interface Candidate extends Pair {
  readonly score: number;
}

/** The bridge of a node that has the pod's address in its subnet: where its veth belongs. */
const bridgeFor = (node: HostDraft, pod: DeviceDraft): string | null =>
  node.devices.find(
    (one) =>
      isBridge(one, node) &&
      one.addresses.some(({ ip, prefixLen }) => pod.addresses.some((own) => contains(prefixOf(ip, prefixLen), own.ip))),
  )?.dev ??
  // flannel's CNI plugin puts every pod on cni0, also one whose address lies outside.
  node.devices.find((one) => one.dev === 'cni0')?.dev ??
  null;

/** Drafts with what the two ends of a pair tell of each other: ifindexes, and a veth that only its pod shows. */
export function joined(drafts: readonly HostDraft[], pairs: readonly Pair[]): readonly HostDraft[] {
  const byName = new Map(drafts.map((draft) => [draft.name, draft]));
  const deviceAt = ({ host, dev }: Port) => byName.get(host)?.devices.find((one) => one.dev === dev);
  const podOf = new Map(pairs.map(({ pod, node }) => [keyOf(node), deviceAt(pod)]));
  const nodeOf = new Map(pairs.map(({ pod, node }) => [keyOf(pod), deviceAt(node)]));
  const made = new Map<string, string[]>();
  for (const { node, shown } of pairs) if (!shown) append(made, node.host, node.dev);
  return drafts.map((draft) => {
    const devices = draft.devices.map((one) => {
      const key = keyOf({ host: draft.name, dev: one.dev });
      const pod = podOf.get(key);
      const other = nodeOf.get(key);
      if (pod === undefined && other === undefined) return one;
      const ifindex = one.ifindex ?? pod?.peerIndex ?? other?.peerIndex;
      const master = one.master === undefined && pod !== undefined ? bridgeFor(draft, pod) : one.master;
      return { ...one, ...(ifindex === undefined ? {} : { ifindex }), ...(master === undefined ? {} : { master }) };
    });
    const extra = (made.get(draft.name) ?? []).map((dev): DeviceDraft => {
      const pod = podOf.get(keyOf({ host: draft.name, dev }));
      const ifindex = pod?.peerIndex;
      const mtuBytes = pod?.mtuBytes;
      return {
        dev,
        type: 'veth',
        master: pod === undefined ? null : bridgeFor(draft, pod),
        addresses: [],
        txChecksumOffload: false,
        ...(ifindex === undefined ? {} : { ifindex }),
        ...(mtuBytes === undefined ? {} : { mtuBytes }),
      };
    });
    return { ...draft, devices: extra.length === 0 ? devices : [...devices, ...extra] };
  });
}

/** More nodes than this with the same ifindex and nothing else to tell them apart: no guess is worth making. */
const GUESSES_MAX = 64;

/** Every end is used once; the strongest evidence is taken first. */
export function pairsOf(drafts: readonly HostDraft[]): readonly Pair[] {
  const nodes = drafts.filter(hasBridge);
  const lookups = lookupsOf(nodes);
  const candidates = drafts
    .filter((draft) => !hasBridge(draft))
    .flatMap((host) => host.devices.filter(mayBePodSide).flatMap((device) => candidatesFor({ host, device }, lookups)));
  candidates.sort((a, b) => b.score - a.score);
  const used = new Set<string>();
  const taken = candidates.filter(({ pod, node }) => {
    const keys = [keyOf(pod), keyOf(node)];
    if (keys.some((key) => used.has(key))) return false;
    for (const key of keys) used.add(key);
    return true;
  });
  return [...taken, ...madeUp(drafts, lookups, used)];
}

const keyOf = ({ host, dev }: Port): string => `${host} ${dev}`;

/** Pods whose node is known by gateway or subnet, but whose veth no listing shows. */
function madeUp(drafts: readonly HostDraft[], lookups: Lookups, used: ReadonlySet<string>): readonly Pair[] {
  return drafts.flatMap((host) => {
    if (hasBridge(host)) return [];
    const [device, ...others] = host.devices.filter(({ dev, type }) => dev !== 'lo' && type !== 'loopback');
    if (device === undefined || others.length > 0 || used.has(`${host.name} ${device.dev}`)) return [];
    const [node, ...moreNodes] = likelyNodes({ host, device }, lookups);
    if (node === undefined || moreNodes.length > 0) return [];
    return [
      { pod: { host: host.name, dev: device.dev }, node: { host: node, dev: vethName(host.name) }, shown: false },
    ];
  });
}

export function isBridge(device: DeviceDraft, host: HostDraft): boolean {
  if (device.type === 'veth' || device.type === 'loopback') return false;
  if (device.type === 'bridge' || host.devices.some(({ master }) => master === device.dev)) return true;
  const named = /^(?:cni|cbr|docker|br-|virbr|kube-bridge)/.test(device.dev);
  return named && device.type === undefined && device.peerIndex === undefined;
}

export const hasBridge = (draft: HostDraft): boolean => draft.devices.some((device) => isBridge(device, draft));

const mayBePodSide = ({ type, peerIndex, mac, master }: DeviceDraft): boolean =>
  (type === 'veth' || type === undefined) && (peerIndex ?? mac) !== undefined && (master ?? null) === null;

interface Lookups {
  readonly byIfindex: ReadonlyMap<number, readonly End[]>;
  readonly gateways: ReadonlyMap<Ipv4, string>; // address of a bridge to its node
  readonly subnets: ReadonlyMap<string, readonly string[]>; // a bridge's prefix to the nodes that have it
  readonly lengths: readonly number[]; // of those prefixes
  readonly bridgesOf: ReadonlyMap<string, readonly { readonly prefix: Prefix; readonly dev: string }[]>;
  readonly learned: ReadonlyMap<string, readonly End[]>; // MAC to the ports it was seen behind
  readonly cards: readonly Prefix[]; // the nodes' own networks
}

function lookupsOf(nodes: readonly HostDraft[]): Lookups {
  const byIfindex = new Map<number, End[]>();
  const bridgesOf = new Map<string, { prefix: Prefix; dev: string }[]>();
  const subnets = new Map<string, string[]>();
  const lengths = new Set<number>();
  const cards = new Map<string, Prefix>();
  const learned = new Map<string, End[]>();
  const gateways = new Map<Ipv4, string>();
  for (const host of nodes) {
    for (const device of host.devices) {
      const bridge = isBridge(device, host);
      for (const { ip, prefixLen } of device.addresses) {
        const prefix = prefixOf(ip, prefixLen);
        if (bridge) {
          append(bridgesOf, host.name, { prefix, dev: device.dev });
          append(subnets, formatPrefix(prefix), host.name);
          lengths.add(prefixLen);
          gateways.set(ip, host.name);
        } else if (prefixLen < 32 && device.type !== 'loopback') cards.set(formatPrefix(prefix), prefix);
      }
      if (device.ifindex === undefined || bridge || device.type === 'loopback') continue;
      append(byIfindex, device.ifindex, { host, device });
    }
    for (const { dev, mac } of host.learned) {
      const device = host.devices.find((one) => one.dev === dev);
      if (device !== undefined) append(learned, mac, { host, device });
    }
  }
  return { byIfindex, gateways, subnets, lengths: [...lengths], bridgesOf, learned, cards: [...cards.values()] };
}

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

function candidatesFor(pod: End, lookups: Lookups): readonly Candidate[] {
  const { peerIndex, ifindex, mac } = pod.device;
  const behind = mac === undefined ? [] : (lookups.learned.get(mac) ?? []);
  const matching = [...(lookups.byIfindex.get(peerIndex ?? -1) ?? []), ...behind].filter(
    ({ device }) =>
      device.addresses.length === 0 &&
      (device.peerIndex === undefined || ifindex === undefined || device.peerIndex === ifindex) &&
      (device.ifindex === undefined || peerIndex === undefined || device.ifindex === peerIndex),
  );
  const likely = likelyNodes(pod, lookups);
  const near = matching.filter(({ host }) => likely.has(host.name));
  const tried = near.length > 0 || pod.host.told.node !== null ? near : matching.length <= GUESSES_MAX ? matching : [];
  return tried.flatMap((node) => {
    const score = evidence(pod, node, lookups);
    if (score <= 0) return [];
    return [{ pod: portOf(pod), node: portOf(node), shown: true, score }];
  });
}

const portOf = ({ host, device }: End): Port => ({ host: host.name, dev: device.dev });

/** The node a list of pods names, else nodes whose bridge holds the pod's gateway or covers the pod's address. */
function likelyNodes(pod: End, { gateways, subnets, lengths, bridgesOf }: Lookups): ReadonlySet<string> {
  const { node } = pod.host.told;
  if (node !== null && bridgesOf.has(node)) return new Set([node]);
  const out = new Set<string>();
  for (const { via } of pod.host.routes ?? []) {
    const owner = via === null ? undefined : gateways.get(via);
    if (owner !== undefined) out.add(owner);
  }
  for (const { ip } of pod.device.addresses) {
    for (const len of lengths) for (const host of subnets.get(formatPrefix(prefixOf(ip, len))) ?? []) out.add(host);
  }
  return out;
}

/** How much speaks for the two being one pair; below or at 0 they are not. */
function evidence(pod: End, node: End, { bridgesOf, cards }: Lookups): number {
  const { device } = pod;
  let score = node.device.peerIndex !== undefined && device.ifindex !== undefined ? 2 : 1;
  if (node.device.master !== undefined && node.device.master !== null) score += 1;
  if (device.mtuBytes !== undefined && device.mtuBytes === node.device.mtuBytes) score += 0.25;
  const own = bridgesOf.get(node.host.name) ?? [];
  for (const { ip } of device.addresses) {
    if (own.some(({ prefix, dev }) => contains(prefix, ip) && (node.device.master ?? dev) === dev)) score += 4;
    else if (own.length > 0) score -= 1.5;
    // A gateway of the LAN has an eth0 too, on the nodes' own segment.
    if (cards.some((prefix) => contains(prefix, ip))) score -= 4;
  }
  const gateways = new Set((pod.host.routes ?? []).map(({ via }) => via));
  if (node.host.devices.some((one) => isBridge(one, node.host) && one.addresses.some(({ ip }) => gateways.has(ip))))
    score += 3;
  if (device.mac !== undefined) {
    if (node.host.learned.some(({ dev, mac }) => mac === device.mac && dev === node.device.dev)) score += 6;
    if (answeredNeighbours(node.host).some(({ mac }) => mac === device.mac)) score += 3;
  }
  // The node's number for the namespace: a card that leads to the same one belongs to another kind of link.
  const sameSpace = node.host.devices.filter(
    ({ dev, netnsid }) => dev !== node.device.dev && netnsid === node.device.netnsid,
  );
  if (node.device.netnsid !== undefined && sameSpace.some(({ addresses }) => addresses.length > 0)) score -= 1;
  return score;
}
