/** What a node and its pods hold, as contents to be placed. */
import type { Device } from '../../engine/net/device';
import { deviceNamed, type Host, type Topology } from '../../engine/topology/topology';
import type { FullNode } from './cast';
import { type Content, peerOf, type Writer } from './content';

export interface PodPlan {
  readonly title: Content;
  readonly stack: Content;
  readonly device: Content | null;
  readonly veth: Content | null;
  readonly bridge: string | null; // the bridge its veth is a port of
}

export interface NodePlan {
  readonly title: ReturnType<Writer['nodeTitle']>;
  readonly pods: readonly PodPlan[];
  readonly bridges: readonly { readonly dev: string; readonly content: Content }[];
  readonly stack: Content;
  readonly nics: readonly Content[];
  readonly others: readonly Content[];
}

/** `short` spends fewer lines. */
export function planNode(
  topology: Topology,
  write: Writer,
  { host, pods, morePods }: FullNode,
  short: boolean,
): NodePlan {
  const plans = pods.map((pod) => planPod(topology, write, host, pod));
  const masters = new Set(plans.map((plan) => plan.bridge).filter((bridge) => bridge !== null));
  const isOwn = (device: Device) =>
    masters.has(device.name) || (masters.size === 0 && device.link.kind === 'bridge' && device.name.startsWith('cni'));
  const bridges = host.devices.filter(isOwn);
  const nics = host.devices.filter((device) => device.link.kind === 'nic');
  const others = host.devices.filter(
    (device) => !isOwn(device) && ['bridge', 'vxlan', 'ipip'].includes(device.link.kind),
  );
  return {
    title: write.nodeTitle(host, morePods),
    pods: [...plans].sort((a, b) => ascending(a.bridge ?? '', b.bridge ?? '')),
    bridges: bridges.map((device) => ({ dev: device.name, content: write.bridge(host, device, short) })),
    stack: write.nodeStack(host),
    nics: nics.map((device) => write.nic(host, device)),
    others: others.slice(0, 2).map((device) => write.other(host, device, short)),
  };
}

/** By code: a language's own order takes a browser some milliseconds to load. */
const ascending = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

function planPod(topology: Topology, write: Writer, node: Host, pod: Host): PodPlan {
  const device =
    pod.devices.find((one) => one.link.kind === 'veth') ?? pod.devices.find((one) => one.link.kind !== 'loopback');
  const outer = device === undefined ? null : peerOf(topology, device);
  const veth = outer !== null && deviceNamed(node, outer.name) === outer ? outer : null;
  return {
    title: write.podTitle(pod),
    stack: write.podStack(pod),
    device: device === undefined ? null : write.podDevice(pod, device),
    veth: veth === null ? null : write.veth(node, veth),
    bridge: veth?.master ?? null,
  };
}
