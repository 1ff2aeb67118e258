/**
 * Pods of which only a list tells, on nodes whose bridge is known: nothing about them has to be puzzled out, and there may
 * be 150,000. They need no drafts, and stand apart by their node.
 */
import type { Ipv4 } from '../addr/ipv4';
import { contains, type Prefix, prefixOf } from '../addr/prefix';
import type { PodSpec } from '../flannel/cluster-spec';
import { ListedPod, type PodList } from '../topology/listed';
import type { Host } from '../topology/topology';
import type { HostDraft } from './host-draft';
import { isBridge } from './pairs';

/** The network of a node's pods. */
export interface PodNetwork {
  readonly prefix: Prefix | null;
  readonly assumed: boolean;
}

/** The pods of one node so far, and its bridges. */
interface Gathered extends Omit<PodList, 'network'> {
  readonly names: string[];
  readonly labels: (string | null)[];
  readonly ips: Ipv4[];
  readonly bridges: readonly Bridge[];
}

interface Bridge {
  readonly dev: string;
  readonly prefixes: readonly Prefix[];
  readonly gateway: Ipv4 | null;
}

interface Taken {
  readonly byNode: ReadonlyMap<string, PodList>;
  readonly hosts: readonly Host[]; // in the order of the list
}

export class ListedPods {
  private readonly byNode = new Map<string, Gathered>();
  private readonly order: Gathered[] = []; // of each pod

  /** `labelOf`: what Kubernetes calls a pod. `usualLength`: bits of a podCIDR that nobody told. */
  constructor(
    private readonly nodes: ReadonlyMap<string, HostDraft>,
    private readonly networks: ReadonlyMap<string, PodNetwork>,
    private readonly labelOf: (name: string) => string | null,
    private readonly usualLength: number,
  ) {}

  /** False where the pod needs a draft of its own. */
  take({ name, ip, node }: PodSpec): boolean {
    if (ip === null || node === null) return false;
    let list = this.byNode.get(node);
    if (list === undefined) {
      const draft = this.nodes.get(node);
      const bridges = draft === undefined ? [] : bridgesOf(draft);
      const bridge = bridgeFor(bridges, ip);
      if (bridge === null) return false;
      list = this.listOn(node, bridge, bridges);
      this.byNode.set(node, list);
    } else if (bridgeFor(list.bridges, ip)?.dev !== list.bridge) return false;
    list.names.push(name);
    list.labels.push(this.labelOf(name));
    list.ips.push(ip);
    this.order.push(list);
    return true;
  }

  private listOn(node: string, { dev, gateway }: Bridge, bridges: readonly Bridge[]): Gathered {
    const { prefix, assumed } = this.networks.get(node) ?? { prefix: null, assumed: true };
    return {
      node,
      bridge: dev,
      gateway,
      prefixLen: prefix?.len ?? this.usualLength,
      assumesPrefix: prefix === null || assumed,
      names: [],
      labels: [],
      ips: [],
      bridges,
    };
  }

  /** Which pods hang on which bridge of a node. */
  get bridges(): readonly { readonly node: string; readonly bridge: string | null }[] {
    return [...this.byNode.values()].map(({ node, bridge }) => ({ node, bridge }));
  }

  /** The addresses of all. */
  *addresses(): Generator<Ipv4> {
    for (const { ips } of this.byNode.values()) yield* ips;
  }

  /** All of them, once flannel's network is known. */
  finished(network: Prefix | null): Taken {
    const lists = new Map<Gathered, PodList>();
    for (const gathered of this.byNode.values()) {
      const { bridges: _, ...list } = gathered;
      lists.set(gathered, { ...list, network });
    }
    const next = new Map<PodList, number>();
    const hosts: Host[] = [];
    for (const gathered of this.order) {
      const list = lists.get(gathered);
      if (list === undefined) continue;
      const at = next.get(list) ?? 0;
      hosts.push(new ListedPod(list, at));
      next.set(list, at + 1);
    }
    return { byNode: new Map([...lists.values()].map((list) => [list.node, list])), hosts };
  }
}

/** Without a bridge that has an address, nobody knows what the node is to its pods. */
function bridgesOf(draft: HostDraft): readonly Bridge[] {
  const bridges = draft.devices.filter((one) => isBridge(one, draft));
  if (bridges.every(({ addresses }) => addresses.length === 0)) return [];
  return bridges.map(({ dev, addresses }) => ({
    dev,
    prefixes: addresses.map(({ ip, prefixLen }) => prefixOf(ip, prefixLen)),
    gateway: addresses[0]?.ip ?? null,
  }));
}

/** The one whose network holds the address; flannel's CNI plugin puts every pod on cni0, also one that lies outside. */
const bridgeFor = (bridges: readonly Bridge[], ip: Ipv4): Bridge | null =>
  bridges.find(({ prefixes }) => prefixes.some((prefix) => contains(prefix, ip))) ??
  bridges.find(({ dev }) => dev === 'cni0') ??
  null;
