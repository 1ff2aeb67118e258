/**
 * Pods of which a list tells the name, the address and the node, and nobody anything else. All the rest of them follows
 * from that, and from little else: it is worked out when somebody looks at the pod. A cluster of 5,000 nodes has 150,000.
 */
import type { Ipv4 } from '../addr/ipv4';
import { type Mac, macFromBytes } from '../addr/mac';
import { type Prefix, prefixOf } from '../addr/prefix';
import { hash32 } from '../base/random';
import type { Device, InterfaceAddress } from '../net/device';
import { EMPTY_RULESET } from '../net/netfilter';
import { type Route, route } from '../net/route';
import { connected, device, inTableOrder, loopback } from './build';
import { ADDRESSED, ONLY_IP } from './host-index';
import { type Assumption, type Host, PLAIN_SYSCTLS } from './topology';

/** The listed pods of one node, in the order of the list. What they share stands once. */
export interface PodList {
  readonly node: string;
  readonly bridge: string | null; // the node's, which their veths are ports of
  readonly gateway: Ipv4 | null; // that bridge's address
  readonly prefixLen: number; // bits, of each pod's address
  readonly network: Prefix | null; // flannel's, to which each pod has a route
  readonly assumesPrefix: boolean; // nobody told the node's podCIDR
  readonly names: readonly string[];
  readonly labels: readonly (string | null)[];
  readonly ips: readonly Ipv4[];
  readonly mtuBytes?: number; // of both ends of each pod's cable; absent: Ethernet's 1500
}

export const POD_DEV = 'eth0'; // as kubelet has CNI plugins call it

/** As the bridge plugin names them: `veth` and eight hex digits. The same whenever the same text is read. */
export const vethName = (pod: string): string => `veth${hash32(0, 'veth', pod).toString(16).padStart(8, '0')}`;

/** The first two bytes of every MAC that is made up here. */
export const MADE_UP_START = 0x0200;

/** Locally administered, and the same whenever the same text is read. */
export function madeUpMac(host: string, dev: string): Mac {
  const bits = hash32(0, 'mac', host, dev);
  return macFromBytes(
    Uint8Array.of(MADE_UP_START >>> 8, MADE_UP_START & 0xff, bits >>> 24, bits >>> 16, bits >>> 8, bits),
    0,
  );
}

/** A pod of a list as a host like any other. A changed copy of it has ordinary devices and routes. */
export class ListedPod implements Host {
  readonly name: string;
  readonly role = 'pod';
  readonly label: string | null;
  readonly node: string;
  readonly podCidr = null;
  declare readonly devices: readonly Device[];
  declare readonly routes: readonly Route[];
  readonly neighbours: Host['neighbours'] = [];
  readonly tunnelFdb: Host['tunnelFdb'] = [];
  readonly sysctls = PLAIN_SYSCTLS;
  readonly netfilter = EMPTY_RULESET;
  readonly listeners: Host['listeners'] = [];
  readonly #list: PodList;
  readonly #at: number;
  #devices: readonly Device[] | null = null;
  #routes: readonly Route[] | null = null;

  constructor(list: PodList, at: number) {
    this.name = list.names[at] ?? '';
    this.label = list.labels[at] ?? null;
    this.node = list.node;
    this.#list = list;
    this.#at = at;
    // The same two functions for every pod, so that all pods have one shape. One by one: that is three times as fast as both at once.
    Object.defineProperty(this, 'devices', ListedPod.#DEVICES);
    Object.defineProperty(this, 'routes', ListedPod.#ROUTES);
  }

  get #ip(): Ipv4 {
    return this.#list.ips[this.#at] as Ipv4;
  }

  /** The same pod, of its list as this makes it. */
  by(change: (list: PodList) => PodList): ListedPod {
    return new ListedPod(change(this.#list), this.#at);
  }

  /** Its only address of its own. */
  get address(): InterfaceAddress {
    return { ip: this.#ip, prefixLen: this.#list.prefixLen };
  }

  static readonly #DEVICES: PropertyDescriptor & ThisType<ListedPod> = {
    enumerable: true,
    get() {
      this.#devices ??= podDevices(this.name, this.#list, this.#ip);
      return this.#devices;
    },
  };

  static readonly #ROUTES: PropertyDescriptor & ThisType<ListedPod> = {
    enumerable: true,
    get() {
      this.#routes ??= podRoutes(this.#list, this.#ip);
      return this.#routes;
    },
  };

  get [ONLY_IP](): Ipv4 {
    return this.#ip;
  }

  get [ADDRESSED](): readonly Pick<Device, 'name' | 'addresses'>[] {
    return [loopback, { name: POD_DEV, addresses: [this.address] }];
  }
}

function podDevices(name: string, { node, prefixLen, mtuBytes }: PodList, ip: Ipv4): readonly Device[] {
  const link = { kind: 'veth', peer: { host: node, dev: vethName(name) } } as const;
  return [
    loopback,
    device(POD_DEV, 2, madeUpMac(name, POD_DEV), link, {
      addresses: [{ ip, prefixLen }],
      ...(mtuBytes === undefined ? {} : { mtuBytes }),
    }),
  ];
}

/** As flannel's CNI plugin has it: its own network direct, the default and the cluster's network by the bridge. */
function podRoutes({ gateway, network, prefixLen }: PodList, ip: Ipv4): readonly Route[] {
  const own = prefixLen < 32 ? [connected(POD_DEV, { ip, prefixLen })] : [];
  if (gateway === null || own.length === 0) return own;
  const by = { via: gateway, dev: POD_DEV };
  return inTableOrder([route(prefixOf(gateway, 0), by), ...(network === null ? [] : [route(network, by)]), ...own]);
}

/** The node's devices with its ends of the listed pods' cables. */
export function withVeths(devices: readonly Device[], { node, bridge, names }: PodList): readonly Device[] {
  const numbers = new Set(devices.map(({ ifindex }) => ifindex));
  let next = 2;
  const veths = names.map((pod) => {
    while (numbers.has(next)) next += 1;
    const name = vethName(pod);
    next += 1;
    return device(name, next - 1, madeUpMac(node, name), veth(pod), { master: bridge });
  });
  return [...devices, ...veths];
}

const veth = (host: string) => ({ kind: 'veth', peer: { host, dev: POD_DEV } }) as const;

/** What nobody told of the pod that stands at that place of the list. */
export function assumedOfPod({ names, assumesPrefix }: PodList, at: number): readonly Assumption[] {
  const host = names[at] ?? '';
  const fields = ['name', ...(assumesPrefix ? (['address'] as const) : []), 'mac', 'mtu', 'ifindex'] as const;
  return [...fields.map((field) => ({ host, dev: POD_DEV, field })), { host, dev: null, field: 'routes' }];
}

/** What nobody told of the node's ends of their cables. */
export const assumedOfVeths = ({ node, names }: PodList): readonly Assumption[] =>
  names.flatMap((pod) => {
    const dev = vethName(pod);
    return VETH_FIELDS.map((field) => ({ host: node, dev, field }));
  });

const vethsOf = new WeakMap<PodList, ReadonlySet<string>>();

/** Does nobody tell this of that device because it is the node's end of a listed pod's cable? */
export function impliesOfVeth(list: PodList, dev: string, field: Assumption['field']): boolean {
  if (!VETH_FIELDS.some((one) => one === field)) return false;
  let veths = vethsOf.get(list);
  if (veths === undefined) {
    veths = new Set(list.names.map(vethName));
    vethsOf.set(list, veths);
  }
  return veths.has(dev);
}

export const countOfPod = ({ assumesPrefix }: PodList): number => (assumesPrefix ? 6 : 5);
export const countOfVeths = ({ names }: PodList): number => names.length * VETH_FIELDS.length;

const VETH_FIELDS = ['veth', 'mac', 'mtu', 'ifindex'] as const;
